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

ChunkFeed::ChunkFeed(Store& store, std::vector<std::int64_t> units, std::set<std::string> without)
    : store_(store), units_(std::move(units)), without_(std::move(without)) {}

bool ChunkFeed::step() {
  if (damaged_) return false;
  for (std::size_t i = 0; i < kUnitsAPiece && listed_ < units_.size(); ++i, ++listed_) {
    auto places = store_.places(units_[listed_]);
    damaged_ = damaged_ || !places;
    if (damaged_) return false;
    for (auto& place : *places) {
      if (!without_.contains(place.path) && seen_.insert(place.id).second) places_.push_back(std::move(place));
    }
  }
  if (listed_ < units_.size()) return true;
  if (added_ == 0) std::sort(places_.begin(), places_.end(), by_base);
  if (added_ < places_.size()) {
    const auto facts = store_.chunk(places_[added_++]);
    damaged_ = facts == nullptr;
    if (facts) builder_.add(*facts);
  }
  return !damaged_ && added_ < places_.size();
}

Result<GraphBuilder> ChunkFeed::take() && {
  while (step()) {
  }
  if (!damaged_) return std::move(builder_);
  // Who reads them all says what is wrong, and forgets what is.
  PATCHGATE_TRY(const auto chunks, store_.chunks(units_));
  GraphBuilder again;
  for (const auto& chunk : chunks) {
    if (!without_.contains(chunk.path)) again.add(*chunk.facts);
  }
  return again;
}

}  // namespace patchgate
