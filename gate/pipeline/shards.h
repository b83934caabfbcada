#pragma once

#include <cstdint>
#include <vector>

#include "analyzers/clang/client/compile_database.h"

namespace patchgate {

/// The shard of each command, 0 to `shards` - 1. Depends on the compile commands alone, not on their order, nor on
/// where the repository lies. Units of one folder with the same flags, which may share their start, stay together as
/// far as all shards get about the same number of units: a difference of one unit, where there are units that are
/// alone.
std::vector<std::uint32_t> deal(const std::vector<CompileCommand>& commands, std::uint32_t shards);

}  // namespace patchgate
