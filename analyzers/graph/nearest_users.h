#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "analyzers/graph/condense.h"
#include "analyzers/graph/graph.h"
#include "analyzers/graph/users_of_many.h"

namespace patchgate {

/// A node at which the walk of nearest_users ended.
struct NearestUser {
  NodeId node = kNoNode;
  std::uint32_t start = 0;                 ///< index into starts
  std::uint32_t distance = 0;              ///< edges of a shortest way
  Confidence weakest = Confidence::exact;  ///< on the surest of these ways
  friend bool operator==(const NearestUser&, const NearestUser&) = default;
};

/// What lets the search for a start end before all is found.
struct NearestLimit {
  /// Which of the starts are asked for.
  StartSet starts = 0;
  /// Once so many different ones were found over edges that are at least possible, with all others at that distance.
  std::size_t enough = 0;
  /// By node: which of those that count it is; several nodes may be the same one. kNoNode: it ends a way, but does not
  /// count.
  std::span<const std::uint32_t> same;
  /// users_of_many of the same starts and ends: who is found, so that nobody looks for more.
  std::span<const StartSets> reach;
};

/// The nodes that `ends` marks (by node) and that reach a start as users over such edges, for each start; a way ends at
/// the first of them, and a start is none of its own. Sorted by start, distance, node. Any number of starts; at most
/// kStartsAtOnce with a limit.
std::vector<NearestUser> nearest_users(const Graph& graph, std::span<const NodeId> starts, EdgeSet edges,
                                       const std::vector<bool>& ends, const NearestLimit* limit = nullptr);

}  // namespace patchgate
