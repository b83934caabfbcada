#include <fmt/format.h>

#include "analyzers/model/patch.h"
#include "gate/drawings/drawings.h"
#include "gate/drawings/labels.h"

namespace patchgate {
namespace {

const char* class_of(const Graph& graph, const Neighbourhood::Box& box) {
  const auto& node = graph.node(box.node);
  if (box.distance == 0) return ":::asked";
  if (!node.in_project()) return ":::outside";
  return classify(node.file) == FileClass::test ? ":::test" : "";
}

std::string arrow_of(const Link& link) {
  const std::string line = link.confidence == Confidence::exact ? "-->" : "-.->";
  if (link.kind == EdgeKind::call && link.confidence != Confidence::name) return line;
  const std::string kind = name_of(link.kind);
  return line + "|" + (link.confidence == Confidence::name ? kind + " by name" : kind) + "|";
}

}  // namespace

std::string mermaid_drawing(const Graph& graph, const Neighbourhood& drawn, Direction direction) {
  std::string text = "flowchart LR\n";
  for (std::size_t i = 0; i < drawn.boxes.size(); ++i) {
    const auto& box = drawn.boxes[i];
    std::string label;
    for (const auto& line : label_of(graph, box, direction)) {
      label += (label.empty() ? "" : "<br/>") + mermaid_text(line);
    }
    const bool round = !is_callable(graph.node(box.node).kind);
    text += fmt::format("  n{}{}\"{}\"{}{}\n", i, round ? "([" : "[", label, round ? "])" : "]", class_of(graph, box));
  }
  for (const auto& arrow : drawn.arrows) {
    text += fmt::format("  n{} {} n{}\n", arrow.from, arrow_of(arrow.link), arrow.to);
  }
  if (drawn.left_out != 0) text += "  more[\"" + mermaid_text(left_out_text(drawn)) + "\"]:::outside\n";
  return text +
         "  classDef asked fill:#ffd27f,stroke-width:2px\n"
         "  classDef outside fill:#e4e4e4,color:#555555\n"
         "  classDef test fill:#e8f5e9\n";
}

}  // namespace patchgate
