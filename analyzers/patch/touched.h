#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "analyzers/model/patch.h"
#include "analyzers/model/touched.h"
#include "analyzers/patch/hunks.h"
#include "analyzers/patch/side_symbols.h"

namespace patchgate {

/// One changed C or C++ file with both of its sides.
struct FileSides {
  const FileChange* change = nullptr;
  SideFile base;
  SideFile head;
};

struct TouchedReading {
  std::vector<TouchedSymbol> symbols;  ///< by (file, line, name)
  std::vector<HunkReading> hunks;      ///< of all files, in their order
};

/// Which symbols the patch touches: those whose own tokens differ between the sides.
///
/// The sides are paired by identity (usr, in the same or the renamed file; then anywhere), then by (kind, qualified
/// name), then by equal tokens. Equal tokens = not touched, wherever they stand now (moved). A declaration that comes
/// or goes beside an unchanged definition touches nothing; a declaration that changed is a change of signature. A
/// forward declaration of a type is no text of it.
TouchedReading find_touched(const std::vector<FileSides>& files);

}  // namespace patchgate
