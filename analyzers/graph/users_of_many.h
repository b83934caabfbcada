#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "analyzers/graph/condense.h"
#include "analyzers/graph/graph.h"

namespace patchgate {

/// Questions about several nodes at once walk the graph about as often as one about a single node (as in Then et al.,
/// "The more the merrier", VLDB 2014): bit i of a set stands for starts[i].
using StartSet = std::uint16_t;
inline constexpr std::size_t kStartsAtOnce = 16;

/// For each node: which of the starts it reaches as a user over such edges; a start reaches itself. At most
/// kStartsAtOnce starts.
std::vector<StartSet> users_of_many(const Graph& graph, std::span<const NodeId> starts, EdgeSet edges);

/// A node at which the walk of nearest_users ended.
struct NearestUser {
  NodeId node = kNoNode;
  std::uint32_t start = 0;                 ///< index into starts
  std::uint32_t distance = 0;              ///< edges of a shortest way
  Confidence weakest = Confidence::exact;  ///< on the surest of these ways
  friend bool operator==(const NearestUser&, const NearestUser&) = default;
};

/// The nodes that `ends` marks (by node) and that reach a start as users over such edges, for each start; a way ends at
/// the first of them, and a start is none of its own. Sorted by start, distance, node. Any number of starts.
std::vector<NearestUser> nearest_users(const Graph& graph, std::span<const NodeId> starts, EdgeSet edges,
                                       const std::vector<bool>& ends);

}  // namespace patchgate
