#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "analyzers/graph/fan_in.h"
#include "analyzers/graph/graph.h"
#include "analyzers/graph/store.h"
#include "analyzers/model/hash.h"
#include "gate/pipeline/chunk_feed.h"
#include "gate/pipeline/indexer.h"

namespace patchgate {

/// A graph and the ranks of its symbols.
struct RankedGraph {
  Graph graph;
  std::optional<FanInRanks> ranks;  ///< always there once it was made
};

/// The ids of those that are in the store, sorted.
std::vector<std::int64_t> ids_of(const std::vector<IndexedUnit>& units);

/// Their contents, sorted.
std::vector<Hash128> contents_of(const std::vector<IndexedUnit>& units);

/// Whether a graph is stored: one of a part of the project would push out those of the whole, and one that is asked a
/// few times is not worth being made small.
enum class Keep : std::uint8_t { no, quickly, small };

/// A graph with its ranks: from the index where it was merged before, else merged now. Its key names exactly the
/// contents of the units that it is made of.
Result<RankedGraph> merged(Store& store, const std::vector<Hash128>& units, const std::function<Result<Graph>()>& merge,
                           const Hash128& salt, Keep keep);

/// What the units of the base saw. `keep`: is stored.
ChunkFeed feed_of_base(Store& store, const std::vector<IndexedUnit>& units, bool keep);

/// What these units saw, merged; never kept.
Result<Graph> merge_units(Store& store, const std::vector<const IndexedUnit*>& units);

/// That of base_graph() if it is in the index.
std::optional<RankedGraph> stored_base_graph(Store& store, const std::vector<IndexedUnit>& units);

/// `feed`: feed_of_base() of the same units; asked only where the graph must be merged.
Result<RankedGraph> base_graph(Store& store, const std::vector<IndexedUnit>& units, ChunkFeed& feed, Keep keep);
Result<RankedGraph> base_graph(Store& store, const std::vector<IndexedUnit>& units);

}  // namespace patchgate
