#pragma once

#include <string>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// The symbols that a person means: a qualified name or its end, FILE:LINE, or NAME@FILE:LINE. Error (usage) with near
/// names where there is none.
Result<std::vector<NodeId>> find_symbol(const Graph& graph, const std::string& what);

/// What find_symbol() finds this symbol by, and as few others as can be: its name where that is enough, else
/// NAME@FILE:LINE.
std::string name_to_paste(const Graph& graph, NodeId symbol);

/// Of what `what` may mean, the symbols to explain. Those that the project defines come before what it only declares.
/// Error (usage) where several are left that can be told apart: a list of names to paste, the most used first, at most
/// 20 of them.
Result<std::vector<NodeId>> choose(const Graph& graph, const std::string& what, const std::vector<NodeId>& found);

}  // namespace patchgate
