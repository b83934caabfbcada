#include "analyzers/graph/index_file.h"

#include <array>

#include "analyzers/graph/note_table.h"
#include "analyzers/model/unit_codec.h"

namespace patchgate {

namespace fs = std::filesystem;

namespace {

constexpr int kApplication = 0x70676978;  // "pgix"
constexpr int kSchema = 3;
constexpr int kVersion = kSchema << 16U | static_cast<int>(kUnitFormat);
constexpr int kBusyMilliseconds = 20'000;

constexpr const char* kAdvice = "name another file with --index, or go without one with --no-cache";

// SQLite keeps these texts as they are written; an index whose texts differ in any letter is not ours, and no trigger
// or view of somebody else ever runs.
constexpr std::array<const char*, 7> kTables{
    "CREATE TABLE units(id INTEGER PRIMARY KEY AUTOINCREMENT, file TEXT NOT NULL, flags BLOB NOT NULL, head BLOB NOT "
    "NULL, head_hash INTEGER NOT NULL, seal INTEGER NOT NULL, used INTEGER NOT NULL)",
    "CREATE INDEX units_by_key ON units(file, flags)",
    "CREATE TABLE chunks(id INTEGER PRIMARY KEY, hash BLOB NOT NULL, checksum INTEGER NOT NULL, bytes BLOB NOT NULL)",
    "CREATE INDEX chunks_by_hash ON chunks(hash)",
    "CREATE TABLE unit_chunks(unit INTEGER NOT NULL, place INTEGER NOT NULL, path TEXT NOT NULL, chunk INTEGER NOT "
    "NULL, "
    "PRIMARY KEY(unit, place)) WITHOUT ROWID",
    "CREATE TABLE derived(key BLOB PRIMARY KEY NOT NULL, bytes BLOB NOT NULL, age INTEGER NOT NULL)",
    NoteTable::kSchema};

std::int64_t pragma(sqlite3* database, const char* sql, int* code) {
  Statement statement(database, sql);
  *code = statement.step();
  return *code == SQLITE_ROW ? statement.integer(0) : 0;
}

struct Look {
  int code = SQLITE_OK;  // of SQLite
  bool empty = false;
  std::string foreign;  // why it is not ours; empty = it is
};

Look look_at(sqlite3* database) {
  Look look;
  int code = SQLITE_OK;
  const auto application = pragma(database, "PRAGMA application_id", &code);
  if (code != SQLITE_ROW) return {code, false, {}};
  const auto version = pragma(database, "PRAGMA user_version", &code);
  if (code != SQLITE_ROW) return {code, false, {}};

  Statement schema(database,
                   "SELECT sql FROM sqlite_master WHERE type IN ('trigger', 'view') OR name NOT LIKE "
                   "'sqlite\\_%' ESCAPE '\\' ORDER BY rowid");
  std::size_t entries = 0;
  bool same = true;
  while ((code = schema.step()) == SQLITE_ROW) {
    same = same && entries < kTables.size() && schema.bytes(0) == kTables[entries];
    ++entries;
  }
  if (code != SQLITE_DONE) return {code, false, {}};
  look.empty = entries == 0 && application == 0 && version == 0;
  if (look.empty) return look;
  if (application != kApplication) {
    look.foreign = "belongs to another program";
  } else if (version != kVersion) {
    look.foreign = "was made by another version of patchgate";
  } else if (!same || entries != kTables.size()) {
    look.foreign = "has tables that are not ours";
  }
  return look;
}

int create(sqlite3* database) {
  Transaction transaction(database);
  if (transaction.begun() != SQLITE_OK) return transaction.begun();
  // Somebody else may have made it while we waited for the lock.
  if (const Look look = look_at(database); !look.empty) return look.code;
  for (const char* sql : kTables) {
    if (const int code = run_sql(database, sql); code != SQLITE_OK) return code;
  }
  const std::string stamps =
      "PRAGMA application_id=" + std::to_string(kApplication) + "; PRAGMA user_version=" + std::to_string(kVersion);
  if (const int code = run_sql(database, stamps.c_str()); code != SQLITE_OK) return code;
  return transaction.commit();
}

tl::unexpected<Error> cannot_open(const fs::path& file, const std::string& why) {
  return fail(Error::Kind::io, "cannot use the index " + file.string() + ": " + why, kAdvice);
}

/// One attempt. `wrong` says why the content has to go; then the answer is empty.
Result<Database> attempt(const fs::path& file, std::string& wrong) {
  sqlite3* raw = nullptr;
  const std::string name = file.empty() ? ":memory:" : file.string();
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE;
  int code = sqlite3_open_v2(name.c_str(), &raw, flags, nullptr);
  Database database(raw);
  const auto failed = [&]() -> Result<Database> {
    if (means_damage(code)) {
      wrong = "is damaged";
      return Database();
    }
    return cannot_open(file, sqlite3_errstr(code));
  };
  if (code != SQLITE_OK) return failed();
  if (sqlite3_db_readonly(raw, "main") == 1) return cannot_open(file, "it cannot be written");
  sqlite3_busy_timeout(raw, kBusyMilliseconds);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  run_sql(raw, "PRAGMA cell_size_check=ON");

  Look look = look_at(raw);
  code = look.code;
  if (code != SQLITE_OK) return failed();
  if (!look.foreign.empty()) {
    wrong = look.foreign;
    return Database();
  }
  // Best effort: where the file system has no shared memory, SQLite's older journal is as safe, only slower. Normal
  // synchronisation in WAL mode survives a kill at any moment; a power cut may cost the newest units.
  run_sql(raw, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
  if (look.empty) {
    code = create(raw);
    if (code == SQLITE_OK) look = look_at(raw), code = look.code;
    if (code != SQLITE_OK) return failed();
  }
  return database;
}

}  // namespace

bool move_aside(const fs::path& file) {
  std::error_code error;
  fs::rename(file, fs::path(file.string() + ".damaged"), error);
  if (error) return false;
  // A journal left behind would be played into the new file.
  for (const char* journal : {"-wal", "-shm", "-journal"}) fs::remove(file.string() + journal, error);
  return true;
}

Result<Database> open_index(const fs::path& file, std::string* note) {
  if (!file.empty()) {
    std::error_code error;
    if (file.has_parent_path()) {
      fs::create_directories(file.parent_path(), error);
      if (error) return cannot_open(file, "its folder cannot be made: " + error.message());
    }
    // Not through a link: whoever made the checkout may have put it there.
    const auto status = fs::symlink_status(file, error);
    if (fs::exists(status) && !fs::is_regular_file(status)) return cannot_open(file, "it is not a file");
  }
  std::string wrong;
  PATCHGATE_TRY(auto database, attempt(file, wrong));
  if (wrong.empty()) return database;
  if (!move_aside(file)) return cannot_open(file, "it " + wrong + " and cannot be moved aside");
  if (note != nullptr)
    *note = "the index " + wrong + ": moved aside to " + file.filename().string() + ".damaged, made anew";
  wrong.clear();
  PATCHGATE_TRY(auto again, attempt(file, wrong));
  if (!wrong.empty()) return cannot_open(file, "it " + wrong);
  return again;
}

}  // namespace patchgate
