#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "analyzers/model/unit.h"
#include "analyzers/model/unread_place.h"

namespace patchgate {

/// One file on one side of the patch: its tokens, and what every unit that was read saw in it (one entry a
/// configuration).
struct SideFile {
  std::string path;  ///< empty: the file does not exist on this side
  std::vector<Token> tokens;
  std::vector<std::shared_ptr<const FileFacts>> facts;
  std::string unread;  ///< why the file could not be parsed on this side; empty = it was
  UnreadCause unread_cause = UnreadCause::failed;
};

/// One stretch of text of a symbol, and strong hashes over the tokens in it: equal ones mean equal tokens.
struct Stretch {
  ByteRange range;
  std::uint32_t first_line = 0, last_line = 0;
  bool definition = false;
  Hash128 signature;  ///< tokens before the body (before `=` of a variable or enumerator)
  Hash128 body;       ///< tokens of the body; all zero where there is none
  std::uint32_t tokens = 0;
};

/// A symbol of one file with its text. The tokens of a type leave out its methods and nested types (they are symbols of
/// their own) and keep its fields; those of everything else leave out macros that are defined inside.
struct SideSymbol {
  UnitSymbol symbol;
  std::string path;                ///< the file of this text
  std::vector<Stretch> stretches;  ///< in order of place; definitions and declarations

  const Stretch* definition() const {
    for (const auto& stretch : stretches)
      if (stretch.definition) return &stretch;
    return nullptr;
  }
};

/// The symbols that stand in a file, by (first place, usr): the union over all configurations.
std::vector<SideSymbol> symbols_of(const SideFile& file);

}  // namespace patchgate
