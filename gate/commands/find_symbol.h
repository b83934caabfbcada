#pragma once

#include <string>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// The symbols that a person means: a qualified name or its end, or FILE:LINE. Error (usage) with near names where
/// there is none.
Result<std::vector<NodeId>> find_symbol(const Graph& graph, const std::string& what);

}  // namespace patchgate
