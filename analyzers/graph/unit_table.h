#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/graph/chunk_table.h"
#include "analyzers/graph/sqlite.h"
#include "analyzers/graph/store.h"

namespace patchgate {

/// The table of units: each names its chunks, the head first. Notes the last error code of SQLite in `code`.
class UnitTable {
 public:
  static constexpr const char* kSchema =
      "CREATE TABLE units(id INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL, flags BLOB NOT NULL, content BLOB "
      "NOT NULL, chunks BLOB NOT NULL, head_seal INTEGER NOT NULL, seal INTEGER NOT NULL, used INTEGER NOT NULL)";
  static constexpr const char* kIndex = "CREATE INDEX units_by_key ON units(file, flags)";

  struct Row {
    std::int64_t id = 0;
    UnitKey key;
    Hash128 content;                   ///< see StoredUnit::content
    std::vector<std::int64_t> chunks;  ///< the head, then what was seen in each file, in their order
    std::uint64_t head_seal = 0;       ///< the key and the head's checksum
    std::uint64_t seal = 0;            ///< all that the row says about its chunks
    std::int64_t used = 0;             ///< the newest id when it was last of use; 0 = its own
  };

  UnitTable() = default;
  explicit UnitTable(sqlite3* database);

  /// Those of one key, the newest first.
  std::vector<Row> find(const UnitKey& key);
  std::optional<Row> row(std::int64_t id);
  /// All, by key, the longest unused first.
  std::vector<Row> rows();
  /// Its id; nothing on an error. A row's id of 0 is chosen.
  std::optional<std::int64_t> add(const Row& row);
  bool erase(std::int64_t id);
  bool mark_used(std::int64_t id);
  /// Of each key the `keep` newest.
  bool trim(std::uint32_t keep);

  int code = SQLITE_OK;

 private:
  bool good(int result);
  std::vector<Row> all(Statement& statement);

  sqlite3* database_ = nullptr;
  Statement find_, row_, rows_, insert_, erase_, mark_used_;
};

std::uint64_t seal_head(const UnitKey& key, std::uint64_t checksum);
/// `chunks` in the order of the row's, the head first.
std::uint64_t seal_unit(const UnitKey& key, const Hash128& content, const std::vector<ChunkTable::Row>& chunks);

/// The chunks that a row names, the head first; none when something of it is missing or exchanged.
std::optional<std::vector<ChunkTable::Row>> chunks_of(ChunkTable& chunks, const UnitTable::Row& unit);

/// Names everything that the store holds about a unit: its key, and the strong hashes of its chunks in their order.
Hash128 content_of(const UnitKey& key, const std::vector<Hash128>& chunks);

}  // namespace patchgate
