#include <fmt/format.h>

#include "analyzers/model/patch.h"
#include "gate/drawings/drawings.h"
#include "gate/drawings/labels.h"

namespace patchgate {
namespace {

std::string looks_of(const Graph& graph, const Neighbourhood::Box& box) {
  const auto& node = graph.node(box.node);
  std::string looks = is_callable(node.kind) ? "" : ", shape=ellipse";
  if (box.distance == 0) return looks + ", fillcolor=\"#ffd27f\", penwidth=2";
  if (!node.in_project()) return looks + ", fillcolor=\"#e4e4e4\", fontcolor=\"#555555\"";
  return looks + (classify(node.file) == FileClass::test ? ", fillcolor=\"#e8f5e9\"" : "");
}

std::string looks_of(const Link& link) {
  const char* style = link.confidence == Confidence::exact ? "solid" : "dashed";
  if (link.confidence == Confidence::name) style = "dotted";
  const bool plain = link.kind == EdgeKind::call;
  return fmt::format("style={}{}", style, plain ? "" : fmt::format(", label=\"{}\"", name_of(link.kind)));
}

}  // namespace

std::string dot_drawing(const Graph& graph, const Neighbourhood& drawn, Direction direction) {
  std::string text =
      "digraph patchgate {\n"
      "  rankdir=LR;\n"
      "  node [shape=box, style=\"filled,rounded\", fillcolor=\"#eef3fb\", fontname=\"sans-serif\", fontsize=11];\n"
      "  edge [color=\"#555555\", fontname=\"sans-serif\", fontsize=9];\n";
  for (std::size_t i = 0; i < drawn.boxes.size(); ++i) {
    std::string label;
    for (const auto& line : label_of(graph, drawn.boxes[i], direction)) {
      label += (label.empty() ? "" : "\\n") + dot_text(line);
    }
    text += fmt::format("  n{} [label=\"{}\"{}];\n", i, label, looks_of(graph, drawn.boxes[i]));
  }
  for (const auto& arrow : drawn.arrows) {
    text += fmt::format("  n{} -> n{} [{}];\n", arrow.from, arrow.to, looks_of(arrow.link));
  }
  if (drawn.left_out != 0) {
    text += fmt::format("  more [label=\"{}\", shape=plaintext, style=\"\"];\n", dot_text(left_out_text(drawn)));
  }
  return text + "}\n";
}

}  // namespace patchgate
