#include "analyzers/graph/derived_table.h"

namespace patchgate {

DerivedTable::DerivedTable(sqlite3* database)
    : database_(database),
      find_(database, "SELECT rowid FROM derived WHERE key=?1"),
      insert_(database,
              "INSERT OR REPLACE INTO derived(key, bytes, age) VALUES(?1, ?2, (SELECT ifnull(max(age), 0) + 1 FROM "
              "derived))"),
      renew_(database, "UPDATE derived SET age = (SELECT max(age) + 1 FROM derived) WHERE key=?1"),
      trim_(database,
            "DELETE FROM derived WHERE key NOT IN (SELECT key FROM derived ORDER BY age DESC, key LIMIT ?1)") {}

std::optional<std::string> DerivedTable::find(const Hash128& key, int& code) {
  code = find_.begin().bind_hash(1, key).step();
  std::optional<std::string> bytes;
  if (code == SQLITE_ROW) bytes = read(find_.integer(0), code);
  find_.reset();
  if (bytes) found_.insert(key);
  return bytes;
}

/// Straight to where it stays: a column of a statement would be one more copy of what may be very large.
std::optional<std::string> DerivedTable::read(std::int64_t row, int& code) {
  sqlite3_blob* opened = nullptr;
  code = sqlite3_blob_open(database_, "main", "derived", "bytes", row, 0, &opened);
  std::string bytes;
  if (code == SQLITE_OK) {
    bytes.resize(static_cast<std::size_t>(sqlite3_blob_bytes(opened)));
    code = sqlite3_blob_read(opened, bytes.data(), static_cast<int>(bytes.size()), 0);
  }
  sqlite3_blob_close(opened);
  if (code != SQLITE_OK) return std::nullopt;
  if (bytes.starts_with(Compressor::kMark)) return bytes;
  return compressor_.unpack(bytes, {});
}

int DerivedTable::put(const Hash128& key, std::string_view bytes) {
  std::string frame;
  if (!bytes.starts_with(Compressor::kMark)) bytes = frame = compressor_.pack(bytes, {}, Compressor::Level::fast);
  Transaction transaction(database_);
  if (transaction.begun() != SQLITE_OK) return transaction.begun();
  if (const int code = insert_.begin().bind_hash(1, key).bind_blob(2, bytes).run(); code != SQLITE_OK) return code;
  for (const auto& used : found_)
    if (const int code = renew_.begin().bind_hash(1, used).run(); code != SQLITE_OK) return code;
  if (const int code = trim_.begin().bind(1, kMost).run(); code != SQLITE_OK) return code;
  return transaction.commit();
}

}  // namespace patchgate
