#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "analyzers/graph/compress.h"
#include "analyzers/graph/sqlite.h"
#include "analyzers/model/hash.h"

namespace patchgate {

/// The table of Store::derived: the newest kMost of what was computed from stored units. Codes are SQLite's.
class DerivedTable {
 public:
  /// A few patches beside each other, and what they have in common.
  static constexpr int kMost = 7;

  DerivedTable() = default;
  explicit DerivedTable(sqlite3* database);

  /// Nothing where there is none, or where it does not unpack.
  std::optional<std::string> find(const Hash128& key, int& code);
  /// In one transaction. What find() gave before counts as new again. SQLITE_OK or an error code.
  int put(const Hash128& key, std::string_view bytes);

 private:
  std::optional<std::string> read(std::int64_t row, int& code);

  sqlite3* database_ = nullptr;
  Compressor compressor_;
  std::set<Hash128> found_;
  Statement find_, insert_, renew_, trim_;
};

}  // namespace patchgate
