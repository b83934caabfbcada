#pragma once

#include <cstdint>
#include <vector>

#include "analyzers/graph/graph.h"

namespace patchgate {

/// What one rule adds to the upper end of a fan-in, beyond what is proven and what all surer rules add.
struct WidthCause {
  EdgeRule rule = EdgeRule::syntax;  ///< of the edges that are not exact; syntax: in templates that nobody instantiates
  std::uint32_t direct = 0;          ///< symbols of the project
  std::uint32_t transitive = 0;
  /// An edge through which some of these are reached.
  struct Gate {
    NodeId user = kNoNode;
    NodeId used = kNoNode;
    std::uint32_t line = 0;     ///< in the file of the user
    std::uint32_t symbols = 0;  ///< reached through it, `user` included; each symbol counts for one gate, the nearest
  };
  std::vector<Gate> gates;  ///< those with the most symbols first, ties by place; at most three
};

/// The causes of the width of fan_in(), the surest rule first: syntax, outside, override, slot, type, name. Their sums
/// are upper minus lower. Empty where the intervals are no wider than a number.
std::vector<WidthCause> why_wide(const Graph& graph, NodeId symbol);

}  // namespace patchgate
