#include "analyzers/graph/pack_index.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "analyzers/graph/chunk_table.h"
#include "analyzers/graph/index_file.h"
#include "analyzers/graph/sqlite.h"
#include "analyzers/graph/unit_table.h"

namespace patchgate {

namespace fs = std::filesystem;

namespace {

// The header of a database file (https://www.sqlite.org/fileformat2.html#the_database_header). SQLite counts its
// changes there; how often an index was written to is no part of its form. The next write (class Transaction) counts on
// from the stamp, by which one sees that there was one.
constexpr std::size_t kHeaderSize = 100;
constexpr std::array<std::uint8_t, 4> kStamp{'p', 'a', 'c', 'k'};
using Header = std::array<std::uint8_t, kHeaderSize>;

void put_stamp(Header& header) {
  header[18] = header[19] = 2;  // written and read in WAL mode, as everybody opens it
  for (const std::size_t place : {24, 92}) std::copy(kStamp.begin(), kStamp.end(), header.begin() + place);
  std::copy_n("\0\0\0\1", 4, header.begin() + 40);  // the count of changes of the schema
}

bool has_stamp(const fs::path& file) {
  std::error_code error;
  if (const auto journal = fs::file_size(file.string() + "-wal", error); !error && journal != 0) return false;
  std::ifstream in(file, std::ios::binary);
  Header header{};
  in.read(reinterpret_cast<char*>(header.data()), kHeaderSize);
  if (!in) return false;
  Header stamped = header;
  put_stamp(stamped);
  return header == stamped;
}

/// Copies an index in its canonical order.
class CanonicalCopy {
 public:
  CanonicalCopy(sqlite3* from, sqlite3* to) : to_(to), old_chunks_(from), old_units_(from), chunks_(to), units_(to) {
    derived_ = Statement(from, "SELECT key, bytes FROM derived ORDER BY key");
    insert_derived_ = Statement(to, "INSERT INTO derived(key, bytes, age) VALUES(?1, ?2, 1)");
    notes_ = Statement(from, "SELECT key, text, seal FROM notes ORDER BY id");
    insert_note_ = Statement(to, "INSERT INTO notes(key, text, seal) VALUES(?1, ?2, ?3)");
  }

  /// SQLITE_OK or an error code.
  int write() {
    auto units = old_units_.rows();
    for (bool whole = false; !whole && failed() == SQLITE_OK;) {
      if (const int code = run_sql(to_, "BEGIN"); code != SQLITE_OK) return code;
      choose_chunks(units);
      whole = write_chunks();
      if (whole) write_units(units);
      if (whole) write_derived();
      if (whole) write_notes();
      if (const int code = run_sql(to_, whole ? "COMMIT" : "ROLLBACK"); code != SQLITE_OK) return code;
    }
    return failed();
  }

 private:
  int failed() const {
    for (const int code : {old_chunks_.code, old_units_.code, chunks_.code, units_.code, code_})
      if (code != SQLITE_OK) return code;
    return SQLITE_OK;
  }

  /// Leaves out the units of which something is missing.
  void choose_chunks(std::vector<UnitTable::Row>& units) {
    wanted_.clear();
    std::erase_if(units, [&](const UnitTable::Row& unit) {
      auto found = chunks_of(old_chunks_, unit);
      if (found)
        found = std::any_of(found->begin(), found->end(), [&](const auto& row) { return lost_.contains(row.id); })
                    ? std::nullopt
                    : found;
      if (!found) return true;
      for (auto& row : *found) wanted_.try_emplace({row.path, 1, row.hash, row.id}, std::move(row));
      return false;
    });
    put_largest_head_first();
  }

  /// The others are written as the difference from it: the lists of what units include are much alike, the longest has
  /// most of them. For what was seen in files, any one does as well as the longest.
  void put_largest_head_first() {
    auto largest = wanted_.end();
    std::size_t most = 0;
    for (auto at = wanted_.begin(); at != wanted_.end() && at->second.path.empty(); ++at) {
      const auto bytes = old_chunks_.load(at->second);
      if (bytes && bytes->size() > most) most = bytes->size(), largest = at;
    }
    if (largest == wanted_.end()) return;
    auto node = wanted_.extract(largest);
    std::get<1>(node.key()) = 0;
    wanted_.insert(std::move(node));
  }

  /// False where one of them is damaged; it is among the lost then.
  bool write_chunks() {
    new_ids_.clear();
    std::string base_path, base_bytes;
    std::int64_t base = 0, next = 0;
    const ChunkTable::Row* last = nullptr;
    for (const auto& [_, old] : wanted_) {
      // Twice the same: the one that was found damaged while it was in use, and the one in its place.
      if (last != nullptr && last->path == old.path && last->hash == old.hash) {
        new_ids_[old.id] = next;
        continue;
      }
      auto bytes = old_chunks_.load(old);
      if (!bytes || strong_hash(*bytes) != old.hash) return lost_.insert(old.id), false;
      if (base == 0 || base_path != old.path) base = 0;
      const ChunkTable::Row row{++next, old.path, old.hash, old.checksum, base};
      if (!chunks_.add(row, *bytes, base == 0 ? std::string_view() : base_bytes, Compressor::Level::small)) return true;
      if (base == 0) {
        base = next;
        base_path = old.path;
        base_bytes = std::move(*bytes);
      }
      new_ids_[old.id] = next;
      last = &old;
    }
    return true;
  }

  void write_units(const std::vector<UnitTable::Row>& units) {
    std::int64_t next = 0;
    for (auto unit : units) {
      unit.id = ++next;
      unit.used = 0;
      for (auto& chunk : unit.chunks) chunk = new_ids_[chunk];
      if (!units_.add(unit)) return;
    }
  }

  /// All as old as each other: in which order runs beside each other found them is no part of the form.
  void write_derived() {
    int code = SQLITE_OK;
    while ((code = derived_.step()) == SQLITE_ROW) {
      std::string frame(derived_.bytes(1));
      if (!frame.starts_with(Compressor::kMark)) {
        const auto bytes = compressor_.unpack(frame, {});
        if (!bytes) continue;
        frame = compressor_.pack(*bytes, {}, Compressor::Level::small);
      }
      insert_derived_.begin().bind_hash(1, derived_.hash(0)).bind_blob(2, frame);
      if ((code_ = insert_derived_.run()) != SQLITE_OK) return;
    }
    derived_.reset();
    code_ = code == SQLITE_DONE ? SQLITE_OK : code;
  }

  void write_notes() {
    if (code_ != SQLITE_OK) return;
    int code = SQLITE_OK;
    while ((code = notes_.step()) == SQLITE_ROW) {
      insert_note_.begin().bind_hash(1, notes_.hash(0)).bind_blob(2, notes_.bytes(1)).bind_bits(3, notes_.bits(2));
      if ((code_ = insert_note_.run()) != SQLITE_OK) return;
    }
    notes_.reset();
    code_ = code == SQLITE_DONE ? SQLITE_OK : code;
  }

  sqlite3* to_;
  ChunkTable old_chunks_;
  UnitTable old_units_;
  ChunkTable chunks_;
  UnitTable units_;
  Statement derived_, insert_derived_, notes_, insert_note_;
  Compressor compressor_;
  std::map<std::tuple<std::string, int, Hash128, std::int64_t>, ChunkTable::Row> wanted_;  // in the order of the copy
  std::map<std::int64_t, std::int64_t> new_ids_;
  std::set<std::int64_t> lost_;
  int code_ = SQLITE_OK;
};

Database open_database(const fs::path& file, int flags, int& code) {
  sqlite3* raw = nullptr;
  code = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, nullptr);
  return Database(raw);
}

/// So that nobody else has it open, nor opens it before this connection ends. SQLITE_BUSY where somebody has.
int take_alone(sqlite3* database) {
  run_sql(database, "PRAGMA locking_mode=EXCLUSIVE");
  Statement mode(database, "PRAGMA journal_mode=DELETE");
  const int code = mode.step();
  if (code != SQLITE_ROW) return code;
  if (mode.bytes(0) != "delete") return SQLITE_BUSY;
  mode.reset();
  return run_sql(database, "BEGIN EXCLUSIVE; COMMIT");
}

int write_copy(sqlite3* from, const fs::path& file, Database& copy) {
  int code = SQLITE_OK;
  copy = open_database(file, SQLITE_OPEN_CREATE, code);
  if (code != SQLITE_OK) return code;
  // Nobody needs it when something goes wrong.
  code = run_sql(copy.get(), "PRAGMA page_size=1024; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
  if (code == SQLITE_OK) code = create_index_tables(copy.get());
  return code == SQLITE_OK ? CanonicalCopy(from, copy.get()).write() : code;
}

/// All pages of `copy`, in one transaction of `to`.
int replace_contents(sqlite3* to, sqlite3* copy) {
  auto* backup = sqlite3_backup_init(to, "main", copy, "main");
  if (backup == nullptr) return sqlite3_extended_errcode(to);
  sqlite3_backup_step(backup, -1);
  return sqlite3_backup_finish(backup);
}

/// SQLite's own handle: to open and close the file here would end the locks that it holds.
sqlite3_file* file_of(sqlite3* database, int& code) {
  sqlite3_file* file = nullptr;
  code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return code == SQLITE_OK ? file : nullptr;
}

Header header_of(sqlite3* database, int& code) {
  Header header{};
  if (auto* file = file_of(database, code)) code = file->pMethods->xRead(file, header.data(), kHeaderSize, 0);
  return header;
}

int stamp(sqlite3* database, Header header) {
  int code = SQLITE_OK;
  auto* file = file_of(database, code);
  if (file == nullptr) return code;
  put_stamp(header);
  code = file->pMethods->xWrite(file, header.data(), kHeaderSize, 0);
  return code == SQLITE_OK ? file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) : code;
}

/// Takes the file away at the end, whatever happens.
struct Scrap {
  fs::path file;
  void remove() const {
    std::error_code error;
    fs::remove(file, error);
  }
  ~Scrap() { remove(); }
};

/// `packed`: the header of the contents in their canonical form, but for the stamp. Nothing lies beside the file any
/// more: a kill after the stamp would leave it there for good, for nobody packs what has one.
Packing put_stamp_on(const fs::path& file, const Header& packed, int& code) {
  const Database index = open_database(file, 0, code);
  if (code == SQLITE_OK) code = take_alone(index.get());
  if ((code & 0xff) == SQLITE_BUSY) return code = SQLITE_OK, Packing::in_use;
  if (code != SQLITE_OK) return Packing::in_use;
  // Somebody may have written to it meanwhile.
  const bool same = header_of(index.get(), code) == packed;
  if (same && code == SQLITE_OK) code = stamp(index.get(), packed);
  return same ? Packing::done : Packing::in_use;
}

}  // namespace

Result<Packing> pack_index(const fs::path& file) {
  if (has_stamp(file)) return Packing::done;
  const auto failed = [&](int code) {
    return fail(Error::Kind::io, "cannot pack the index " + file.string() + ": " + sqlite3_errstr(code));
  };
  int code = SQLITE_OK;
  Database index = open_database(file, 0, code);
  if (code != SQLITE_OK) return failed(code);
  be_careful(index.get());
  code = take_alone(index.get());
  if ((code & 0xff) == SQLITE_BUSY) return Packing::in_use;
  if (code != SQLITE_OK) return failed(code);
  // One that was left by a kill is no use; a link that somebody put there is not followed.
  const Scrap copy_file{fs::path(file.string() + ".packing")};
  copy_file.remove();
  Database copy;
  code = write_copy(index.get(), copy_file.file, copy);
  if (code == SQLITE_OK) code = replace_contents(index.get(), copy.get());
  const auto packed = code == SQLITE_OK ? header_of(index.get(), code) : Header();
  if (means_damage(code)) {
    index.reset();
    if (move_aside(file)) return Packing::damaged;
  }
  if (code != SQLITE_OK) return failed(code);
  copy.reset();
  copy_file.remove();
  index.reset();  // and its journal with it
  const auto done = put_stamp_on(file, packed, code);
  return code == SQLITE_OK ? Result<Packing>(done) : failed(code);
}

}  // namespace patchgate
