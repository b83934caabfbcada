#include "analyzers/graph/store_state.h"

// What is forgotten, and what lies beside the units.

namespace patchgate {

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
