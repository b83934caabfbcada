#pragma once

#include <string>
#include <utility>
#include <vector>

#include <llvm/ADT/IntrusiveRefCntPtr.h>
#include <llvm/Support/VirtualFileSystem.h>

#include "analyzers/clang/worker/parse_unit.h"
#include "analyzers/model/body_shape.h"

namespace patchgate {

/// Definitions by the path of their file, relative to the repository, and their range in it.
using WantedBodies = std::vector<std::pair<std::string, ByteRange>>;

/// Parses the unit with all other bodies skipped, as far as the language lets it, and says what the functions do that
/// are defined in one of these ranges: the outermost ones, lambdas and local classes are part of them.
UnitShapes shape_unit(const ParseRequest& request, llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files,
                      const WantedBodies& wanted);

}  // namespace patchgate
