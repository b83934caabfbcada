#pragma once

#include <filesystem>
#include <string>

#include "analyzers/graph/sqlite.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// Opens the database of an index, in WAL mode, made if need be, its schema exactly ours. What is not ours (garbage,
/// truncated, another program's, another version's) is moved to `FILE.damaged` and made anew, and `note` says so. An
/// empty path = in memory.
Result<Database> open_index(const std::filesystem::path& file, std::string* note);

/// Moves the file to `FILE.damaged`, replacing an older one; its journals go with the contents that they belong to.
bool move_aside(const std::filesystem::path& file);

}  // namespace patchgate
