#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzers/graph/sqlite.h"
#include "analyzers/model/hash.h"

namespace patchgate {

/// The table of Store::note: small texts by key, each sealed against damage, the newest kMost of them.
class NoteTable {
 public:
  static constexpr std::int64_t kMost = 20'000;
  static constexpr const char* kSchema =
      "CREATE TABLE notes(id INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE, text BLOB NOT NULL, seal "
      "INTEGER NOT NULL)";

  NoteTable() = default;
  explicit NoteTable(sqlite3* database);

  /// Nothing where there is none, or none that is whole. `code` is SQLite's.
  std::optional<std::string> find(const Hash128& key, int& code);
  /// All in one transaction: SQLITE_OK or an error code.
  int put(const std::vector<std::pair<Hash128, std::string>>& notes);

 private:
  sqlite3* database_ = nullptr;
  Statement find_, insert_, trim_;
};

}  // namespace patchgate
