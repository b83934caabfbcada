#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <sys/stat.h>

#include "analyzers/graph/chunk_table.h"
#include "analyzers/graph/derived_table.h"
#include "analyzers/graph/index_file.h"
#include "analyzers/graph/note_table.h"
#include "analyzers/graph/sqlite.h"
#include "analyzers/graph/store.h"
#include "analyzers/graph/unit_table.h"
#include "analyzers/model/hash.h"

namespace patchgate {

// What Store is made of; for its own files alone.

inline std::vector<Hash128> hashes_of(const std::vector<ChunkTable::Row>& chunks) {
  std::vector<Hash128> hashes;
  for (const auto& chunk : chunks) hashes.push_back(chunk.hash);
  return hashes;
}

/// Device and inode; zeros where there is no such file.
using FileIdentity = std::pair<std::uint64_t, std::uint64_t>;

inline FileIdentity identity_of(const std::filesystem::path& file) {
  struct stat status = {};
  if (::stat(file.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino};
}

struct Store::State {
  std::filesystem::path file;
  FileIdentity identity;  // as it was opened
  Database database;
  bool damaged = false;
  bool lost_units = false;
  std::set<std::int64_t> whole_chunks;                              // see is_whole
  std::map<std::pair<std::string, Hash128>, std::int64_t> adopted;  // of other stores: their ids here
  // Declared after the database, so that they end before it does.
  ChunkTable chunks;
  UnitTable units;
  DerivedTable derived;
  NoteTable notes;

  State(std::filesystem::path path, Database opened)
      : file(std::move(path)),
        identity(identity_of(file)),
        database(std::move(opened)),
        chunks(database.get()),
        units(database.get()),
        derived(database.get()),
        notes(database.get()) {}

  // A file found to be damaged while it was in use passed the look at its opening; it must not greet the next run.
  ~State() {
    if (!is_damaged() || file.empty()) return;
    chunks = ChunkTable();
    units = UnitTable();
    derived = DerivedTable();
    notes = NoteTable();
    database.reset();
    // Another run may have put a new one in its place.
    if (identity_of(file) == identity) move_aside(file);
  }

  bool is_damaged() const { return damaged || means_damage(chunks.code) || means_damage(units.code); }
  /// Notes damage; true when `code` is no error.
  bool good(int code) {
    damaged = damaged || means_damage(code);
    return code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE;
  }
  tl::unexpected<Error> failed(const char* what) {
    return fail(Error::Kind::io, std::string("cannot ") + what + " the index: " + sqlite3_errmsg(database.get()),
                "name another file with --index, or go without one with --no-cache");
  }

  std::optional<UnitFacts> head_of(const UnitTable::Row& unit) {
    if (unit.chunks.empty()) return std::nullopt;
    const auto row = chunks.row(unit.chunks.front());
    if (!row || seal_head(unit.key, row->checksum) != unit.head_seal) return std::nullopt;
    const auto bytes = chunks.load(*row);
    if (!bytes) return std::nullopt;
    auto head = decode_unit_facts(*bytes);
    if (!head || head->main_file != unit.key.main_file || !head->files.empty()) return std::nullopt;
    return std::move(*head);
  }

  std::shared_ptr<const FileFacts> load(const ChunkTable::Row& row) {
    if (const auto bytes = chunks.load(row)) {
      auto decoded = decode_file_facts(*bytes);
      if (decoded && decoded->path == row.path) return std::make_shared<const FileFacts>(std::move(*decoded));
    }
    return nullptr;
  }

  /// Chunks that cannot be read, and all units that name one of them, asked for or not: they are parsed again at once,
  /// not one after the other. What is kept as a difference from such a chunk is lost with it.
  void forget_chunks(const std::vector<ChunkTable::Row>& lost) {
    std::set<std::int64_t> gone, bases;
    for (const auto& row : lost) gone.insert(row.id), bases.insert(row.base == 0 ? row.id : row.base);
    std::erase_if(bases, [&](std::int64_t id) {
      const auto row = chunks.row(id);
      return row && chunks.load(*row);
    });
    gone.insert(bases.begin(), bases.end());
    for (const auto& row : chunks.rows())
      if (bases.contains(row.base)) gone.insert(row.id);
    change([&] {
      for (const auto& unit : units.rows()) {
        const auto is_gone = [&](std::int64_t id) { return gone.contains(id); };
        if (std::any_of(unit.chunks.begin(), unit.chunks.end(), is_gone)) units.erase(unit.id);
      }
      for (const auto id : gone) chunks.erase(id);
    });
  }

  /// Once for each chunk, however many units have it.
  bool is_whole(const ChunkTable::Row& row) {
    if (whole_chunks.contains(row.id)) return true;
    const auto bytes = chunks.load(row);
    if (!bytes || strong_hash(*bytes) != row.hash) return false;
    if (!row.path.empty()) {
      const auto facts = decode_file_facts(*bytes);
      if (!facts || facts->path != row.path) return false;
    }
    whole_chunks.insert(row.id);
    return true;
  }

  /// A change that the cache can do without.
  void change(const std::function<void()>& make) {
    Transaction transaction(database.get());
    if (!good(transaction.begun())) return;
    make();
    good(transaction.commit());
  }

  /// The unit as it is to be stored; its chunks are.
  std::optional<UnitTable::Row> put_chunks(const UnitKey& key, const EncodedUnit& unit) {
    UnitTable::Row row;
    row.key = key;
    std::vector<ChunkTable::Row> list;
    const auto put = [&](const std::string& path, std::string_view bytes) {
      list.push_back({0, path, strong_hash(bytes), hash64(bytes), 0});
      const auto id = chunks.put(path, bytes, list.back().hash);
      if (id) row.chunks.push_back(*id);
      return id.has_value();
    };
    UnitFacts head = unit.unit;
    head.files.clear();
    if (!put("", encode(head))) return std::nullopt;
    for (const auto& [path, bytes] : unit.files)
      if (!put(path, bytes)) return std::nullopt;
    row.content = content_of(key, hashes_of(list));
    row.head_seal = seal_head(key, list.front().checksum);
    row.seal = seal_unit(key, row.content, list);
    return row;
  }
};

}  // namespace patchgate
