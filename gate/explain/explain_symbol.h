#pragma once

#include <string>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/model/touched.h"

namespace patchgate {

/// One symbol of a graph, and what the analyzers say of it as if a patch touched it.
struct Explained {
  const Graph& graph;
  NodeId symbol = kNoNode;
  const TouchedSymbol& found;
  const std::vector<std::string>& blind_spots;
};

/// A summary of some lines, then the details: why the fan-in is wide, who uses the symbol by distance, who reaches it,
/// tests, sinks, what it uses, blind spots. Each list is bounded and says what it leaves out.
std::string explain_text(const Explained& explained);

}  // namespace patchgate
