#include "gate/pipeline/chunk_feed.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace patchgate {
namespace {

/// Of so many units the chunks are listed in one piece.
constexpr std::size_t kUnitsAPiece = 8;

/// A base then is read once for all that are kept as differences from it.
bool by_base(const ChunkPlace& a, const ChunkPlace& b) {
  const auto key = [](const ChunkPlace& place) {
    return std::tuple(std::string_view(place.path), place.base == 0 ? place.id : place.base, place.hash, place.id);
  };
  return key(a) < key(b);
}

}  // namespace

bool ChunkFeed::find_stored() {
  looked_ = true;
  auto bytes = key_ ? store_.derived(*key_) : std::nullopt;
  if (!bytes) return false;
  auto facts = decode_raw_facts(std::move(*bytes));
  if (facts) facts_ = std::move(*facts);
  return facts_.has_value();
}

bool ChunkFeed::step() {
  if (!looked_) return !find_stored();
  if (facts_ || damaged_) return false;
  for (std::size_t i = 0; i < kUnitsAPiece && listed_ < units_.size(); ++i, ++listed_) {
    auto places = store_.places(units_[listed_]);
    damaged_ = damaged_ || !places;
    if (damaged_) return false;
    for (auto& place : *places) {
      if (seen_.insert(place.id).second) places_.push_back(std::move(place));
    }
  }
  if (listed_ < units_.size()) return true;
  if (added_ == 0) std::sort(places_.begin(), places_.end(), by_base);
  if (added_ < places_.size()) {
    const auto facts = store_.chunk(places_[added_++]);
    damaged_ = facts == nullptr;
    if (facts) collector_.add(*facts);
  }
  return !damaged_ && added_ < places_.size();
}

Result<RawFacts> ChunkFeed::collected() {
  if (!damaged_) return std::move(collector_).take();
  // Who reads them all says what is wrong, and forgets what is.
  PATCHGATE_TRY(const auto chunks, store_.chunks(units_));
  FactsCollector again;
  for (const auto& chunk : chunks) again.add(*chunk.facts);
  return std::move(again).take();
}

Result<const RawFacts*> ChunkFeed::all() {
  while (step()) {
  }
  if (facts_) return &*facts_;
  PATCHGATE_TRY(facts_, collected());
  // A cache that cannot be written costs time, nothing else.
  if (key_) static_cast<void>(store_.put_derived(*key_, encode_raw_facts(*facts_)));
  return &*facts_;
}

}  // namespace patchgate
