#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "analyzers/graph/graph.h"

namespace patchgate {

enum class Direction { to_users, to_uses };

/// One node found by a breadth-first walk: how far, and from where.
struct Reached {
  NodeId node = kNoNode;
  std::uint32_t distance = 0;              ///< edges from the nearest start; a start is 0
  NodeId via = kNoNode;                    ///< next node on a shortest way back to a start; kNoNode for a start
  Confidence weakest = Confidence::exact;  ///< on that way
};

/// All nodes that can be reached from `starts`, in breadth-first order (ties by node id); exact edges win over possible
/// ones of the same length. `follow` (may be empty) says which links to take.
std::vector<Reached> reach(const Graph& graph, std::span<const NodeId> starts, Direction direction,
                           const std::function<bool(NodeId from, const Link&)>& follow = {});

}  // namespace patchgate
