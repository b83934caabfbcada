#pragma once

#include <cstdint>
#include <vector>

#include "analyzers/graph/graph.h"

namespace patchgate {

/// Someone from whom a symbol can be reached, by the shortest proven way; by the shortest of all where none is proven.
struct DistantUser {
  NodeId node = kNoNode;
  std::uint32_t distance = 0;  ///< edges; a direct user is 1
  bool proven = true;          ///< by exact edges alone
  NodeId via = kNoNode;        ///< the next symbol on that way, the symbol itself for a direct one
  Link link;                   ///< the edge from `node` to `via`, with `via` as its node: the surest of several
};

/// Each symbol of the project that uses `symbol`, directly or not, once; nearest first, then proven before possible,
/// then by name, file and line. Those that are proven are as many as the lower transitive fan-in, all of them as the
/// upper one.
std::vector<DistantUser> users_by_distance(const Graph& graph, NodeId symbol);

}  // namespace patchgate
