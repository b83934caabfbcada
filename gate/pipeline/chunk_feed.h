#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "analyzers/graph/raw_facts.h"
#include "analyzers/graph/store.h"
#include "analyzers/model/hash.h"

namespace patchgate {

/// What stored units saw, in one piece: as it lies in the index, where it was collected before, else collected now, one
/// chunk at a time, so that never more than one of them is in memory: piece by piece while something else is waited
/// for, the rest when it is needed.
class ChunkFeed {
 public:
  /// `store` must outlive it. Nothing is looked for, and nothing stored: for a part of the project.
  ChunkFeed(Store& store, std::vector<std::int64_t> units) : store_(store), units_(std::move(units)) {}
  /// Under this key (raw_facts_key).
  ChunkFeed(Store& store, std::vector<std::int64_t> units, const Hash128& key)
      : store_(store), units_(std::move(units)), key_(key) {}
  /// One piece, less than a few milliseconds; false when nothing is left to do.
  bool step();
  /// All of it; it stays as long as this does. Error (io) as Store::chunks.
  Result<const RawFacts*> all();

 private:
  bool find_stored();
  Result<RawFacts> collected();

  Store& store_;
  std::vector<std::int64_t> units_;
  std::optional<Hash128> key_;
  bool looked_ = false;
  std::optional<RawFacts> facts_;
  std::size_t listed_ = 0;
  std::set<std::int64_t> seen_;
  std::vector<ChunkPlace> places_;
  std::size_t added_ = 0;
  bool damaged_ = false;
  FactsCollector collector_;
};

}  // namespace patchgate
