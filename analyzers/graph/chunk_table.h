#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "analyzers/graph/chunk_place.h"
#include "analyzers/graph/compress.h"
#include "analyzers/graph/sqlite.h"
#include "analyzers/model/hash.h"

namespace patchgate {

/// The table of chunks: bytes under a path, each kept once, compressed, and those of one path as the difference from
/// one of them. What a unit saw in a file is a chunk of that path; a unit's head is one of the path "". Notes the last
/// error code of SQLite in `code`.
class ChunkTable {
 public:
  static constexpr const char* kSchema =
      "CREATE TABLE chunks(id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, hash BLOB NOT NULL, checksum "
      "INTEGER NOT NULL, base INTEGER NOT NULL, bytes BLOB NOT NULL)";
  static constexpr const char* kIndex = "CREATE INDEX chunks_by_hash ON chunks(hash)";

  using Row = ChunkPlace;

  ChunkTable() = default;
  explicit ChunkTable(sqlite3* database);

  /// The id of the chunk with exactly these bytes, added if need be: what has their hash may be damaged.
  std::optional<std::int64_t> put(const std::string& path, std::string_view bytes, const Hash128& hash);
  /// The same, added in any case.
  bool add(const Row& row, std::string_view bytes, std::string_view base, Compressor::Level level);

  std::optional<Row> row(std::int64_t id);
  std::vector<Row> rows();
  /// Nothing when they are damaged, or their base is.
  std::optional<std::string> load(const Row& row);

  bool erase(std::int64_t id);
  /// Keeps these and what they need.
  bool erase_all_but(std::set<std::int64_t> kept);

  int code = SQLITE_OK;

 private:
  bool good(int result);
  const std::string* base_bytes(std::int64_t id, const std::string& path);
  std::optional<std::string> decoded(const Row& row, std::string_view base);
  std::int64_t base_for(const std::string& path);
  void find_bases();

  sqlite3* database_ = nullptr;
  Statement find_, insert_, row_, rows_, bytes_, erase_;
  Compressor compressor_;
  std::optional<std::map<std::string, std::int64_t>> bases_;  // by path
  std::unordered_set<std::int64_t> whole_;                    // whose bytes were seen by this process
  std::int64_t loaded_base_ = 0;
  std::string loaded_base_bytes_;
};

}  // namespace patchgate
