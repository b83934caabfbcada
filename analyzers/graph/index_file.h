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

/// Opens an index that is only read: one that somebody else made. No lock is taken and nothing is written, not even
/// beside it. Error (io) where it is none of ours.
Result<Database> open_index_to_read(const std::filesystem::path& file);

/// Makes the tables in an empty database: SQLITE_OK or an error code.
int create_index_tables(sqlite3* database);

/// Before anything is read: what a hostile file could make SQLite do is off.
void be_careful(sqlite3* database);

/// Moves the file to `FILE.damaged`, replacing an older one; its journals go with the contents that they belong to.
bool move_aside(const std::filesystem::path& file);

}  // namespace patchgate
