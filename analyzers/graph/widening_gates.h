#pragma once

#include <cstdint>
#include <vector>

#include "analyzers/graph/graph.h"

namespace patchgate {

/// An edge through which some of the users are reached that widening() counts for its rule.
struct WideningGate {
  EdgeRule rule = EdgeRule::syntax;
  NodeId user = kNoNode;
  NodeId used = kNoNode;
  std::uint32_t line = 0;  ///< in the file of the user
  std::uint32_t symbols =
      0;  ///< of the project, `user` included; each counts for one gate, the one nearest to the symbol
};

/// The gates of each rule of widening(graph, symbol), the surest rule first; of one rule those with the most symbols
/// first, ties by place, at most `most` of them. Without that limit the symbols of a rule's gates add up to its
/// `transitive`.
std::vector<WideningGate> widening_gates(const Graph& graph, NodeId symbol, std::size_t most);

}  // namespace patchgate
