#pragma once

#include <cstdint>
#include <string>

#include "analyzers/graph/graph.h"

namespace patchgate {

/// `FILE:LINE`, made visible.
std::string place_text(const std::string& file, std::uint32_t line);
/// "exact"; else the confidence and the rule behind it: "possible by override".
std::string how_sure(const Link& link);

// Sections of explain_text(), each with its heading; empty where there is nothing to say.

/// For each rule how many more it adds to what is proven, and the edges that most of them come through.
std::string width_section(const Graph& graph, NodeId symbol);
/// How many there are at each distance, and the first of them.
std::string users_section(const Graph& graph, NodeId symbol);
/// Those of its users from whom the program, or somebody outside of it, starts.
std::string entries_section(const Graph& graph, NodeId symbol);
std::string uses_section(const Graph& graph, NodeId symbol);

}  // namespace patchgate
