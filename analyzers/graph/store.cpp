#include "analyzers/graph/store_state.h"

namespace patchgate {

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

}  // namespace patchgate
