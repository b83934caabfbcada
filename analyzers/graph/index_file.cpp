#include "analyzers/graph/index_file.h"

#include <array>

#include "analyzers/graph/chunk_table.h"
#include "analyzers/graph/note_table.h"
#include "analyzers/graph/unit_table.h"
#include "analyzers/model/unit_codec.h"

namespace patchgate {

namespace fs = std::filesystem;

namespace {

constexpr int kApplication = 0x70676978;  // "pgix"
constexpr int kSchema = 4;
constexpr int kVersion = kSchema << 16U | static_cast<int>(kUnitFormat);
constexpr int kBusyMilliseconds = 20'000;

constexpr const char* kAdvice = "name another file with --index, or go without one with --no-cache";

// SQLite keeps these texts as they are written; an index whose texts differ in any letter is not ours, and no trigger
// or view of somebody else ever runs.
constexpr std::array<const char*, 6> kTables{
    UnitTable::kSchema,
    UnitTable::kIndex,
    ChunkTable::kSchema,
    ChunkTable::kIndex,
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
  if (const int code = create_index_tables(database); code != SQLITE_OK) return code;
  return transaction.commit();
}

tl::unexpected<Error> cannot_open(const fs::path& file, const std::string& why) {
  return fail(Error::Kind::io, "cannot use the index " + file.string() + ": " + why, kAdvice);
}

/// Immutable: SQLite then takes no lock, and reads no journal that lies beside it.
std::string as_uri(const fs::path& file) {
  std::string uri = "file:";
  for (const char c : fs::absolute(file).string()) {
    if (c == '%' || c == '?' || c == '#') {
      constexpr const char* kDigits = "0123456789ABCDEF";
      uri += {'%', kDigits[static_cast<unsigned char>(c) >> 4U], kDigits[static_cast<unsigned char>(c) & 15U]};
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
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
  be_careful(raw);

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

void be_careful(sqlite3* database) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  run_sql(database, "PRAGMA cell_size_check=ON");
}

int create_index_tables(sqlite3* database) {
  for (const char* sql : kTables) {
    if (const int code = run_sql(database, sql); code != SQLITE_OK) return code;
  }
  const std::string stamps =
      "PRAGMA application_id=" + std::to_string(kApplication) + "; PRAGMA user_version=" + std::to_string(kVersion);
  return run_sql(database, stamps.c_str());
}

Result<Database> open_index_to_read(const fs::path& file) {
  const auto refused = [&](const std::string& why) {
    return fail(Error::Kind::io, "cannot use " + file.string() + ": it " + why);
  };
  std::error_code error;
  const auto status = fs::symlink_status(file, error);
  if (!fs::exists(status)) return refused("is not there");
  if (!fs::is_regular_file(status)) return refused("is not a file");
  sqlite3* raw = nullptr;
  const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI;
  const int code = sqlite3_open_v2(as_uri(file).c_str(), &raw, flags, nullptr);
  Database database(raw);
  if (code != SQLITE_OK) return refused(std::string("cannot be opened: ") + sqlite3_errstr(code));
  be_careful(raw);
  const Look look = look_at(raw);
  if (means_damage(look.code)) return refused("is damaged");
  if (look.code != SQLITE_OK) return refused(std::string("cannot be read: ") + sqlite3_errstr(look.code));
  if (look.empty) return refused("is empty");
  if (!look.foreign.empty()) return refused(look.foreign);
  return database;
}

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
