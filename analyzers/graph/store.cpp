#include "analyzers/graph/store.h"

#include <algorithm>
#include <map>
#include <set>

#include "analyzers/graph/index_file.h"
#include "analyzers/graph/note_table.h"
#include "analyzers/graph/sqlite.h"
#include "analyzers/model/hash.h"

namespace patchgate {

namespace {

constexpr int kDerivedKept = 4;

/// What a stored unit is sealed with: the head by its key, then the list of chunks, in order.
std::uint64_t seal_head(const UnitKey& key, std::string_view head) {
  return hash64(hash64(hash64(key.main_file), hash64(key.flags.high, key.flags.low)), hash64(head));
}
std::uint64_t seal_chunk(std::uint64_t seal, std::string_view path, const Hash128& hash, std::uint64_t checksum) {
  return hash64(hash64(hash64(seal, hash64(path)), hash64(hash.high, hash.low)), checksum);
}

}  // namespace

struct Store::State {
  std::filesystem::path file;
  Database database;
  bool damaged = false;
  // Declared after the database, so that they end before it does.
  Statement find_units, insert_unit, same_units, find_chunk, insert_chunk, insert_link, links, load_chunk, drop_unit,
      drop_links, drop_chunk, mark_used, newest, find_derived, insert_derived, trim_derived;
  NoteTable notes;

  State(std::filesystem::path path, Database opened) : file(std::move(path)), database(std::move(opened)) {
    const auto prepare = [&](const char* sql) { return Statement(database.get(), sql); };
    find_units = prepare("SELECT id, head, head_hash FROM units WHERE file=?1 AND flags=?2 ORDER BY id DESC");
    insert_unit = prepare("INSERT INTO units(file, flags, head, head_hash, seal, used) VALUES(?1, ?2, ?3, ?4, ?5, 0)");
    same_units = prepare("SELECT id FROM units WHERE file=?1 AND flags=?2 AND head=?3");
    find_chunk = prepare("SELECT id, bytes FROM chunks WHERE hash=?1 AND checksum=?2");
    insert_chunk = prepare("INSERT INTO chunks(hash, checksum, bytes) VALUES(?1, ?2, ?3)");
    insert_link = prepare("INSERT INTO unit_chunks(unit, place, path, chunk) VALUES(?1, ?2, ?3, ?4)");
    links = prepare(
        "SELECT l.path, l.chunk, c.hash, c.checksum, u.head_hash, u.seal FROM units u LEFT JOIN unit_chunks l ON "
        "l.unit = u.id LEFT JOIN chunks c ON c.id = l.chunk WHERE u.id=?1 ORDER BY l.place");
    load_chunk = prepare("SELECT bytes FROM chunks WHERE id=?1");
    drop_unit = prepare("DELETE FROM units WHERE id=?1");
    drop_links = prepare("DELETE FROM unit_chunks WHERE unit=?1");
    drop_chunk = prepare("DELETE FROM chunks WHERE id=?1");
    mark_used = prepare("UPDATE units SET used=?2 WHERE id=?1");
    newest = prepare("SELECT max(id) FROM units");
    find_derived = prepare("SELECT bytes FROM derived WHERE key=?1");
    insert_derived = prepare(
        "INSERT OR REPLACE INTO derived(key, bytes, age) VALUES(?1, ?2, (SELECT ifnull(max(age), 0) + 1 FROM "
        "derived))");
    trim_derived = prepare("DELETE FROM derived WHERE key NOT IN (SELECT key FROM derived ORDER BY age DESC LIMIT ?1)");
    notes = NoteTable(database.get());
  }

  // A file found to be damaged while it was in use passed the look at its opening; it must not greet the next run.
  ~State() {
    if (!damaged || file.empty()) return;
    for (Statement* statement :
         {&find_units, &insert_unit, &same_units, &find_chunk, &insert_chunk, &insert_link, &links, &load_chunk,
          &drop_unit, &drop_links, &drop_chunk, &mark_used, &newest, &find_derived, &insert_derived, &trim_derived}) {
      *statement = Statement();
    }
    notes = NoteTable();
    database.reset();
    move_aside(file);
  }

  /// Notes damage; true when `code` is no error.
  bool good(int code) {
    damaged = damaged || means_damage(code);
    return code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE;
  }
  tl::unexpected<Error> failed(const char* what) {
    return fail(Error::Kind::io, std::string("cannot ") + what + " the index: " + sqlite3_errmsg(database.get()),
                "name another file with --index, or go without one with --no-cache");
  }

  /// The id of the chunk with exactly these bytes: what has their hash may be damaged.
  std::optional<std::int64_t> chunk_of(std::string_view bytes, const Hash128& hash, std::uint64_t checksum) {
    find_chunk.begin().bind_hash(1, hash).bind_bits(2, checksum);
    int code = SQLITE_OK;
    std::optional<std::int64_t> id;
    while (!id && (code = find_chunk.step()) == SQLITE_ROW) {
      if (find_chunk.bytes(1) == bytes) id = find_chunk.integer(0);
    }
    find_chunk.reset();
    if (id || !good(code)) return id;
    insert_chunk.begin().bind_hash(1, hash).bind_bits(2, checksum);
    if (!good(insert_chunk.bind_blob(3, bytes).run())) return std::nullopt;
    return sqlite3_last_insert_rowid(database.get());
  }

  bool drop(std::int64_t unit) {
    return good(drop_unit.begin().bind(1, unit).run()) && good(drop_links.begin().bind(1, unit).run());
  }

  struct Place {
    std::string path;
    std::int64_t chunk = 0;
    Hash128 hash;
    std::uint64_t checksum = 0;
  };
  /// The chunks of a unit; none when something of it is missing or exchanged.
  std::optional<std::vector<Place>> places(std::int64_t unit) {
    std::vector<Place> found;
    std::uint64_t seal = 0, expected = 0;
    bool whole = false;
    links.begin().bind(1, unit);
    int code = SQLITE_OK;
    while ((code = links.step()) == SQLITE_ROW) {
      if (!whole) seal = links.bits(4);
      expected = links.bits(5);
      whole = true;
      if (links.is_null(1)) continue;  // a unit without files
      Place place{std::string(links.bytes(0)), links.integer(1), links.hash(2), links.bits(3)};
      seal = seal_chunk(seal, place.path, place.hash, place.checksum);
      found.push_back(std::move(place));
    }
    links.reset();
    if (!good(code) || !whole || seal != expected) return std::nullopt;
    return found;
  }

  std::shared_ptr<const FileFacts> load(const Place& place) {
    std::shared_ptr<const FileFacts> facts;
    load_chunk.begin().bind(1, place.chunk);
    const int code = load_chunk.step();
    if (good(code) && code == SQLITE_ROW && hash64(load_chunk.bytes(0)) == place.checksum) {
      auto decoded = decode_file_facts(load_chunk.bytes(0));
      if (decoded && decoded->path == place.path) facts = std::make_shared<const FileFacts>(std::move(*decoded));
    }
    load_chunk.reset();
    if (!facts) good(drop_chunk.begin().bind(1, place.chunk).run());
    return facts;
  }
};

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::filesystem::path& file, std::string* note) {
  PATCHGATE_TRY(auto database, open_index(file, note));
  return Store(std::make_unique<State>(file, std::move(database)));
}

std::optional<StoredUnit> Store::find(const UnitKey& key, const std::function<bool(const UnitFacts&)>& still_valid) {
  State& s = *state_;
  std::optional<StoredUnit> found;
  std::vector<std::int64_t> bad;
  bool is_newest = true;
  s.find_units.begin().bind(1, key.main_file).bind_hash(2, key.flags);
  int code = SQLITE_OK;
  while (!found && (code = s.find_units.step()) == SQLITE_ROW) {
    const std::int64_t id = s.find_units.integer(0);
    const auto head = s.find_units.bytes(1);
    auto unit = seal_head(key, head) == s.find_units.bits(2)
                    ? decode_unit_facts(head)
                    : Result<UnitFacts>(fail(Error::Kind::io, "a seal is broken"));
    if (!unit || unit->main_file != key.main_file || !unit->files.empty()) {
      bad.push_back(id);
    } else if (still_valid(*unit)) {
      found = StoredUnit{id, std::move(*unit)};
    } else {
      is_newest = false;
    }
  }
  s.good(code);
  s.find_units.reset();
  for (const auto id : bad) s.drop(id);
  // The newest of its key is never trimmed; so the usual hit writes nothing.
  if (found && !is_newest && s.newest.begin().step() == SQLITE_ROW) {
    const std::int64_t now = s.newest.integer(0);
    s.newest.reset();
    s.good(s.mark_used.begin().bind(1, found->id).bind(2, now).run());
  }
  return found;
}

Result<std::int64_t> Store::add(const UnitKey& key, const EncodedUnit& unit) {
  State& s = *state_;
  UnitFacts head_only = unit.unit;
  head_only.files.clear();
  const std::string head = encode(head_only);
  std::uint64_t seal = seal_head(key, head);
  const std::uint64_t head_hash = seal;

  Transaction transaction(s.database.get());
  if (!s.good(transaction.begun())) return s.failed("write to");
  // The same unit again, of a run beside this one: the newer takes its place.
  std::vector<std::int64_t> same;
  s.same_units.begin().bind(1, key.main_file).bind_hash(2, key.flags).bind_blob(3, head);
  while (s.same_units.step() == SQLITE_ROW) same.push_back(s.same_units.integer(0));
  s.same_units.reset();
  for (const auto id : same) {
    if (!s.drop(id)) return s.failed("write to");
  }

  std::vector<std::int64_t> chunks;
  for (const auto& [path, bytes] : unit.files) {
    const Hash128 hash = strong_hash(bytes);
    const std::uint64_t checksum = hash64(bytes);
    const auto chunk = s.chunk_of(bytes, hash, checksum);
    if (!chunk) return s.failed("write to");
    chunks.push_back(*chunk);
    seal = seal_chunk(seal, path, hash, checksum);
  }
  s.insert_unit.begin().bind(1, key.main_file).bind_hash(2, key.flags).bind_blob(3, head);
  if (!s.good(s.insert_unit.bind_bits(4, head_hash).bind_bits(5, seal).run())) return s.failed("write to");
  const std::int64_t id = sqlite3_last_insert_rowid(s.database.get());
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    s.insert_link.begin().bind(1, id).bind(2, static_cast<std::int64_t>(i));
    if (!s.good(s.insert_link.bind(3, unit.files[i].first).bind(4, chunks[i]).run())) return s.failed("write to");
  }
  if (!s.good(transaction.commit())) return s.failed("write to");
  return id;
}

Result<std::vector<Store::Chunk>> Store::chunks(std::int64_t unit) { return chunks(std::vector<std::int64_t>{unit}); }

Result<std::vector<Store::Chunk>> Store::chunks(const std::vector<std::int64_t>& units) {
  State& s = *state_;
  std::map<std::int64_t, std::pair<State::Place, std::vector<std::int64_t>>> wanted;  // by chunk, with its units
  std::set<std::int64_t> broken;
  for (const auto unit : units) {
    const auto places = s.places(unit);
    if (!places) broken.insert(unit);
    for (const auto& place : places.value_or(std::vector<State::Place>{})) {
      auto& [first, users] = wanted[place.chunk];
      if (users.empty()) first = place;
      users.push_back(unit);
    }
  }
  std::vector<Chunk> found;
  for (const auto& [id, entry] : wanted) {
    const auto& [place, users] = entry;
    if (auto facts = s.load(place)) {
      found.push_back({place.path, place.hash, std::move(facts)});
    } else {
      broken.insert(users.begin(), users.end());
    }
  }
  if (!broken.empty()) {
    for (const auto unit : broken) forget(unit);
    return fail(Error::Kind::io, "the index has lost the facts of " + std::to_string(broken.size()) +
                                     (broken.size() == 1 ? " unit" : " units"));
  }
  std::sort(found.begin(), found.end(),
            [](const Chunk& a, const Chunk& b) { return std::tie(a.path, a.hash) < std::tie(b.path, b.hash); });
  return found;
}

void Store::forget(std::int64_t unit) { state_->drop(unit); }

void Store::trim(std::uint32_t keep) {
  State& s = *state_;
  Transaction transaction(s.database.get());
  if (!s.good(transaction.begun())) return;
  Statement old(
      s.database.get(),
      "DELETE FROM units WHERE (SELECT count(*) FROM units v WHERE v.file = units.file AND v.flags = units.flags "
      "AND v.id > max(units.id, units.used)) >= ?1");
  Statement links(s.database.get(), "DELETE FROM unit_chunks WHERE unit NOT IN (SELECT id FROM units)");
  Statement chunks(s.database.get(), "DELETE FROM chunks WHERE id NOT IN (SELECT chunk FROM unit_chunks)");
  if (s.good(old.bind(1, keep).run()) && s.good(links.run()) && s.good(chunks.run())) s.good(transaction.commit());
}

std::optional<std::string> Store::derived(const Hash128& key) {
  State& s = *state_;
  const int code = s.find_derived.begin().bind_hash(1, key).step();
  std::optional<std::string> bytes;
  if (s.good(code) && code == SQLITE_ROW) bytes = std::string(s.find_derived.bytes(0));
  s.find_derived.reset();
  return bytes;
}

Result<void> Store::put_derived(const Hash128& key, std::string_view bytes) {
  State& s = *state_;
  Transaction transaction(s.database.get());
  if (!s.good(transaction.begun()) || !s.good(s.insert_derived.begin().bind_hash(1, key).bind_blob(2, bytes).run()) ||
      !s.good(s.trim_derived.begin().bind(1, kDerivedKept).run()) || !s.good(transaction.commit())) {
    return s.failed("write to");
  }
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
