#pragma once

#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/model/touched.h"

namespace patchgate {

/// Why the interval of fan_in(graph, symbol) is as wide as it is: the rules that add to its upper end, the surest
/// first. `direct` and `transitive` each add up to upper - lower. A symbol that reaches this one in several ways counts
/// for the way whose least sure edge is the surest. Empty where nothing is only possible. Takes one walk over all that
/// may reach it.
std::vector<WidenedBy> widening(const Graph& graph, NodeId symbol);

}  // namespace patchgate
