#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/drawings/neighbourhood.h"

namespace patchgate {

/// Lines of text for one box, made visible and not escaped for any format yet: the name, where it is, and how many of
/// its neighbours are not drawn.
std::vector<std::string> label_of(const Graph& graph, const Neighbourhood::Box& box, Direction direction);

/// "… and 120 more"; empty where nothing was left out.
std::string left_out_text(const Neighbourhood& drawn);

/// For between double quotes in a graph of Graphviz: a quote, a backslash and what its labels would expand.
std::string dot_text(std::string_view visible_text);

/// For between double quotes in a flowchart of Mermaid: no markup, no entity, no link and no directive; all that is not
/// a letter, a digit, a blank or one of `._-:/,→…` becomes `#NUMBER;`, as Mermaid wants it.
std::string mermaid_text(std::string_view visible_text);

}  // namespace patchgate
