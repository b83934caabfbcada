#pragma once

#include <string>

#include "analyzers/graph/graph.h"
#include "analyzers/graph/reach.h"
#include "analyzers/model/result.h"
#include "gate/drawings/neighbourhood.h"

namespace patchgate {

// One look in all formats: who was asked for is filled, what the project does not define is grey, test code is light;
// arrows go from the user to what it uses, solid where proven, dashed where possible, dotted where only the name fits.

/// The language of Graphviz (https://graphviz.org/doc/info/lang.html).
std::string dot_drawing(const Graph& graph, const Neighbourhood& drawn, Direction direction);

/// A flowchart for Mermaid (https://mermaid.js.org/syntax/flowchart.html), as forges draw it in Markdown.
std::string mermaid_drawing(const Graph& graph, const Neighbourhood& drawn, Direction direction);

/// What the program `dot` of Graphviz makes of a text in its language: an SVG. Error (toolchain) where it is not
/// installed or fails, or needs more than a minute of processor time.
Result<std::string> svg_by_dot(const std::string& dot);

}  // namespace patchgate
