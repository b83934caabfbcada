#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "analyzers/model/hash.h"

namespace patchgate {

/// One prepared statement. Bind from 1, read columns from 0.
class Statement {
 public:
  Statement() = default;
  Statement(sqlite3* database, const char* sql);

  /// Back to the start, nothing bound.
  Statement& begin();
  Statement& bind(int place, std::int64_t value);
  /// The same 64 bits.
  Statement& bind_bits(int place, std::uint64_t value) { return bind(place, static_cast<std::int64_t>(value)); }
  /// The text must live until the next step.
  Statement& bind(int place, std::string_view text);
  Statement& bind_blob(int place, std::string_view bytes);
  /// As a blob of 16 bytes.
  Statement& bind_hash(int place, const Hash128& hash);

  /// SQLITE_ROW, SQLITE_DONE or an error code.
  int step();
  /// Runs to its end: SQLITE_OK or an error code.
  int run();
  void reset() { sqlite3_reset(statement_.get()); }

  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }
  std::uint64_t bits(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  /// All zero where there is no blob of 16 bytes.
  Hash128 hash(int column) const;
  bool is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }
  /// Valid until the next step.
  std::string_view bytes(int column) const;

 private:
  struct Close {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Close> statement_;
  int error_ = SQLITE_MISUSE;
};

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

/// Runs statements that answer nothing.
int run_sql(sqlite3* database, const char* sql);

/// The file itself is wrong, not the circumstances.
inline bool means_damage(int code) { return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB; }

/// Rolls back at the end of its life unless it was committed. All writing of an index goes through it: each commit that
/// changed a row changes the first page of the file, too, so that one who looks at its header sees that there was one.
class Transaction {
 public:
  explicit Transaction(sqlite3* database)
      : database_(database), begun_(run_sql(database, "BEGIN IMMEDIATE")), before_(sqlite3_total_changes(database)) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (begun_ == SQLITE_OK && !committed_) run_sql(database_, "ROLLBACK");
  }
  /// SQLITE_OK, or why it did not begin.
  int begun() const { return begun_; }
  int commit();

 private:
  sqlite3* database_;
  int begun_;
  int before_;
  bool committed_ = false;
};

}  // namespace patchgate
