#include "analyzers/graph/store.h"

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
#include "analyzers/graph/unit_table.h"
#include "analyzers/model/hash.h"

namespace patchgate {

namespace {

std::vector<Hash128> hashes_of(const std::vector<ChunkTable::Row>& chunks) {
  std::vector<Hash128> hashes;
  for (const auto& chunk : chunks) hashes.push_back(chunk.hash);
  return hashes;
}

/// Device and inode; zeros where there is no such file.
using FileIdentity = std::pair<std::uint64_t, std::uint64_t>;

FileIdentity identity_of(const std::filesystem::path& file) {
  struct stat status = {};
  if (::stat(file.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino};
}

}  // namespace

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

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

const std::filesystem::path& Store::file() const { return state_->file; }

Result<Store> Store::open(const std::filesystem::path& file, std::string* note) {
  PATCHGATE_TRY(auto database, open_index(file, note));
  return Store(std::make_unique<State>(file, std::move(database)));
}

Result<Store> Store::open_part(const std::filesystem::path& file) {
  PATCHGATE_TRY(auto database, open_index_to_read(file));
  return Store(std::make_unique<State>(std::filesystem::path(), std::move(database)));
}

std::shared_ptr<void> Store::read_for_a_while() {
  // One statement that has not come to its end keeps the lock for all others.
  auto open = std::make_shared<Statement>(state_->database.get(), "SELECT id FROM units");
  state_->good(open->step());
  return open;
}

std::optional<StoredUnit> Store::find(const UnitKey& key, const std::function<bool(const UnitFacts&)>& still_valid) {
  State& s = *state_;
  bool is_newest = true;
  for (const auto& row : s.units.find(key)) {
    auto head = s.head_of(row);
    if (!head) {
      s.change([&] { s.units.erase(row.id); });
      continue;
    }
    if (still_valid(*head)) {
      // The newest of its key is never trimmed; so the usual hit writes nothing.
      if (!is_newest) s.change([&] { s.units.mark_used(row.id); });
      return StoredUnit{row.id, row.content, std::move(*head)};
    }
    is_newest = false;
  }
  return std::nullopt;
}

std::unordered_map<Hash128, Store::Known> Store::known_units() {
  std::unordered_map<Hash128, Known> known;
  std::map<std::pair<std::string, Hash128>, Hash128> newest;  // the content of the newest of each key so far
  Statement rows(state_->database.get(), "SELECT id, file, flags, content FROM units ORDER BY id");
  int code = SQLITE_OK;
  while ((code = rows.step()) == SQLITE_ROW) {
    const auto content = rows.hash(3);
    auto& last = newest[{std::string(rows.bytes(1)), rows.hash(2)}];
    if (const auto before = known.find(last); before != known.end()) before->second.newest = false;
    last = content;
    known[content] = {rows.integer(0), true};
  }
  state_->good(code);
  return known;
}

void Store::mark_used(std::int64_t unit) {
  state_->change([&] { state_->units.mark_used(unit); });
}

Result<StoredUnit> Store::add(const UnitKey& key, const EncodedUnit& unit) {
  State& s = *state_;
  Transaction transaction(s.database.get());
  if (!s.good(transaction.begun())) return s.failed("write to");
  const auto row = s.put_chunks(key, unit);
  if (!row) return s.failed("write to");
  StoredUnit stored{0, row->content, unit.unit};
  stored.unit.files.clear();
  // The same unit again, of a run beside this one or because it failed: what is the same stays, else the newer takes
  // its place.
  bool newest = true;
  for (const auto& old : s.units.find(key)) {
    if (old.content == row->content && old.chunks == row->chunks && old.head_seal == row->head_seal &&
        old.seal == row->seal) {
      if (!newest && !s.units.mark_used(old.id)) return s.failed("write to");
      stored.id = old.id;
    } else if (!old.chunks.empty() && old.chunks.front() == row->chunks.front()) {
      if (!s.units.erase(old.id)) return s.failed("write to");
      continue;
    }
    newest = false;
  }
  if (stored.id == 0) {
    const auto id = s.units.add(*row);
    if (!id) return s.failed("write to");
    stored.id = *id;
  }
  if (!s.good(transaction.commit())) return s.failed("write to");
  return stored;
}

bool Store::is_whole(std::int64_t unit) {
  State& s = *state_;
  const auto row = s.units.row(unit);
  const auto places = row ? chunks_of(s.chunks, *row) : std::nullopt;
  return places && s.head_of(*row) && row->content == content_of(row->key, hashes_of(*places)) &&
         std::all_of(places->begin(), places->end(), [&](const auto& place) { return s.is_whole(place); });
}

Result<StoredUnit> Store::adopt(Store& other, std::int64_t unit) {
  State& s = *state_;
  const auto lost = [] { return fail(Error::Kind::io, "a unit is damaged"); };
  auto row = other.state_->units.row(unit);
  if (!row || !other.is_whole(unit)) return lost();
  const auto places = chunks_of(other.state_->chunks, *row);
  auto head = other.state_->head_of(*row);
  if (!places || !head) return lost();
  Transaction transaction(s.database.get());
  if (!s.good(transaction.begun())) return s.failed("write to");
  row->chunks.clear();
  for (const auto& place : *places) {
    auto& id = s.adopted[{place.path, place.hash}];
    if (id == 0) {
      const auto bytes = other.state_->chunks.load(place);
      if (!bytes || strong_hash(*bytes) != place.hash) return lost();
      const auto put = s.chunks.put(place.path, *bytes, place.hash);
      if (!put) return s.failed("write to");
      id = *put;
    }
    row->chunks.push_back(id);
  }
  row->id = row->used = 0;
  const auto id = s.units.add(*row);
  if (!id || !s.good(transaction.commit())) return s.failed("write to");
  return StoredUnit{*id, row->content, std::move(*head)};
}

std::size_t Store::unit_count() {
  Statement count(state_->database.get(), "SELECT count(*) FROM units");
  return state_->good(count.step()) ? static_cast<std::size_t>(count.integer(0)) : 0;
}

Result<std::vector<Store::Chunk>> Store::chunks(std::int64_t unit) { return chunks(std::vector<std::int64_t>{unit}); }

Result<std::vector<Store::Chunk>> Store::chunks(const std::vector<std::int64_t>& units) {
  State& s = *state_;
  // By base, which then is read once for all.
  struct Wanted {
    ChunkTable::Row row;
    std::vector<std::int64_t> units;
  };
  std::map<std::pair<std::int64_t, std::int64_t>, Wanted> wanted;
  std::set<std::int64_t> broken;
  for (const auto unit : units) {
    const auto row = s.units.row(unit);
    const auto places = row ? chunks_of(s.chunks, *row) : std::nullopt;
    if (!places) broken.insert(unit);
    for (std::size_t i = 1; places && i < places->size(); ++i) {
      const auto& place = (*places)[i];
      auto& chunk = wanted[{place.base == 0 ? place.id : place.base, place.id}];
      if (chunk.units.empty()) chunk.row = place;
      chunk.units.push_back(unit);
    }
  }
  std::vector<Chunk> found;
  std::vector<ChunkTable::Row> lost;
  for (const auto& [_, chunk] : wanted) {
    if (auto facts = s.load(chunk.row)) {
      found.push_back({chunk.row.path, chunk.row.hash, std::move(facts)});
    } else {
      lost.push_back(chunk.row);
      broken.insert(chunk.units.begin(), chunk.units.end());
    }
  }
  if (!broken.empty()) {
    s.lost_units = true;
    if (!lost.empty()) s.forget_chunks(lost);
    for (const auto unit : broken) forget(unit);
    return fail(Error::Kind::io, "the index has lost the facts of " + std::to_string(broken.size()) +
                                     (broken.size() == 1 ? " unit" : " units"));
  }
  std::sort(found.begin(), found.end(),
            [](const Chunk& a, const Chunk& b) { return std::tie(a.path, a.hash) < std::tie(b.path, b.hash); });
  return found;
}

bool Store::is_damaged() const { return state_->is_damaged(); }

bool Store::has_lost_units() { return std::exchange(state_->lost_units, false); }

void Store::forget(std::int64_t unit) {
  state_->change([&] { state_->units.erase(unit); });
}

std::optional<std::vector<ChunkPlace>> Store::places(std::int64_t unit) {
  State& s = *state_;
  const auto row = s.units.row(unit);
  auto rows = row ? chunks_of(s.chunks, *row) : std::nullopt;
  if (!rows) return std::nullopt;
  rows->erase(rows->begin());  // the head
  return rows;
}

std::shared_ptr<const FileFacts> Store::chunk(const ChunkPlace& place) { return state_->load(place); }

void Store::trim(std::uint32_t keep) {
  State& s = *state_;
  Transaction transaction(s.database.get());
  if (!s.good(transaction.begun()) || !s.units.trim(keep) || sqlite3_changes(s.database.get()) == 0) return;
  std::set<std::int64_t> kept;
  for (const auto& unit : s.units.rows()) kept.insert(unit.chunks.begin(), unit.chunks.end());
  if (s.units.code == SQLITE_OK && s.chunks.erase_all_but(std::move(kept))) s.good(transaction.commit());
}

Result<void> Store::clear() {
  State& s = *state_;
  Transaction transaction(s.database.get());
  if (!s.good(transaction.begun()) ||
      !s.good(run_sql(s.database.get(), "DELETE FROM units; DELETE FROM derived; DELETE FROM notes")) ||
      !s.chunks.erase_all_but({}) || !s.good(transaction.commit())) {
    return s.failed("write to");
  }
  return {};
}

std::optional<std::string> Store::derived(const Hash128& key) {
  int code = SQLITE_OK;
  auto bytes = state_->derived.find(key, code);
  state_->good(code);
  return bytes;
}

Result<void> Store::forget_derived() {
  const int code = Statement(state_->database.get(), "DELETE FROM derived").run();
  if (!state_->good(code)) return state_->failed("write to");
  return {};
}

Result<void> Store::put_derived(const Hash128& key, std::string_view bytes) {
  if (!state_->good(state_->derived.put(key, bytes))) return state_->failed("write to");
  return {};
}

std::optional<std::string> Store::note(const Hash128& key) {
  int code = SQLITE_OK;
  auto text = state_->notes.find(key, code);
  state_->good(code);
  return text;
}

Result<void> Store::put_notes(const std::vector<std::pair<Hash128, std::string>>& notes) {
  if (!state_->good(state_->notes.put(notes))) return state_->failed("write to");
  return {};
}

}  // namespace patchgate
