#pragma once

#include <string_view>
#include <vector>

#include "analyzers/graph/edge_list.h"
#include "analyzers/graph/graph.h"
#include "analyzers/graph/possible_targets.h"

namespace patchgate {

/// For each call like `dlsym(handle, "fee")`: an edge by name from the caller to each function of the project that is
/// called so and can be seen from outside of its file.
void add_named_lookups(std::vector<FullEdge>& edges, const std::vector<Literal>& literals,
                       const std::vector<Node>& nodes);

/// Adds the calls for which no target was found, drops what instances have settled, and sorts.
std::vector<BlindSpot> settled_blind_spots(std::vector<BlindSpot> spots, const std::vector<PointerCall>& without_target,
                                           const std::vector<Node>& nodes);

}  // namespace patchgate
