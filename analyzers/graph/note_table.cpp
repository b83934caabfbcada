#include "analyzers/graph/note_table.h"

namespace patchgate {

namespace {

std::uint64_t seal_of(const Hash128& key, std::string_view text) {
  return hash64(hash64(key.high, key.low), hash64(text));
}

}  // namespace

NoteTable::NoteTable(sqlite3* database)
    : database_(database),
      find_(database, "SELECT text, seal FROM notes WHERE key=?1"),
      insert_(database, "INSERT OR REPLACE INTO notes(key, text, seal) VALUES(?1, ?2, ?3)"),
      trim_(database, "DELETE FROM notes WHERE id <= (SELECT max(id) FROM notes) - ?1") {}

std::optional<std::string> NoteTable::find(const Hash128& key, int& code) {
  code = find_.begin().bind_hash(1, key).step();
  std::optional<std::string> text;
  if (code == SQLITE_ROW && find_.bits(1) == seal_of(key, find_.bytes(0))) text = std::string(find_.bytes(0));
  find_.reset();
  return text;
}

int NoteTable::put(const std::vector<std::pair<Hash128, std::string>>& notes) {
  Transaction transaction(database_);
  if (transaction.begun() != SQLITE_OK) return transaction.begun();
  for (const auto& [key, text] : notes) {
    insert_.begin().bind_hash(1, key).bind_blob(2, text).bind_bits(3, seal_of(key, text));
    if (const int code = insert_.run(); code != SQLITE_OK) return code;
  }
  if (const int code = trim_.begin().bind(1, kMost).run(); code != SQLITE_OK) return code;
  return transaction.commit();
}

}  // namespace patchgate
