#include "analyzers/graph/sqlite.h"

#include "analyzers/model/bytes.h"

namespace patchgate {

Statement::Statement(sqlite3* database, const char* sql) {
  sqlite3_stmt* statement = nullptr;
  error_ = sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  statement_.reset(statement);
}

Statement& Statement::begin() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  return *this;
}

Statement& Statement::bind(int place, std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), place, value);
  return *this;
}

Statement& Statement::bind(int place, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), place, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_STATIC,
                      SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_blob(int place, std::string_view bytes) {
  sqlite3_bind_blob64(statement_.get(), place, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(),
                      SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind_hash(int place, const Hash128& hash) {
  ByteWriter out;
  out.fixed128(hash);
  const std::string bytes = out.take();
  sqlite3_bind_blob64(statement_.get(), place, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
  return *this;
}

Hash128 Statement::hash(int column) const {
  DecodeBudget budget;
  ByteReader in(bytes(column), budget);
  const Hash128 hash = in.fixed128();
  return in.ok() && in.left() == 0 ? hash : Hash128{};
}

int Statement::step() { return statement_ ? sqlite3_step(statement_.get()) : error_; }

int Statement::run() {
  int code = step();
  while (code == SQLITE_ROW) code = step();
  reset();
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

std::string_view Statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return data == nullptr ? std::string_view{}
                         : std::string_view(static_cast<const char*>(data), static_cast<std::size_t>(size));
}

int Transaction::commit() {
  int code = SQLITE_OK;
  if (sqlite3_total_changes(database_) != before_) {
    // In WAL mode SQLite counts its changes in the header only where the first page is written anyway.
    Statement version(database_, "PRAGMA user_version");
    if (version.step() == SQLITE_ROW) {
      const auto same = "PRAGMA user_version=" + std::to_string(version.integer(0));
      version.reset();
      code = run_sql(database_, same.c_str());
    }
  }
  if (code == SQLITE_OK) code = run_sql(database_, "COMMIT");
  committed_ = code == SQLITE_OK;
  return code;
}

int run_sql(sqlite3* database, const char* sql) { return sqlite3_exec(database, sql, nullptr, nullptr, nullptr); }

}  // namespace patchgate
