#include "gate/drawings/labels.h"

#include <fmt/format.h>

#include "gate/reports/escape.h"

namespace patchgate {
namespace {

constexpr std::size_t kLongestName = 60;

bool is_plain(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view(" ._-:/,").find(c) != std::string_view::npos ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

}  // namespace

std::vector<std::string> label_of(const Graph& graph, const Neighbourhood::Box& box, Direction direction) {
  const auto& node = graph.node(box.node);
  std::vector<std::string> lines{clipped(visible(node.name), kLongestName)};
  if (!node.file.empty()) lines.push_back(clipped(visible(node.file), kLongestName) + ":" + std::to_string(node.line));
  if (box.left_out != 0) {
    lines.push_back(fmt::format("{} more {}{} not drawn", box.left_out,
                                direction == Direction::to_users ? "user" : "use",
                                box.left_out == 1 ? " is" : "s are"));
  }
  return lines;
}

std::string left_out_text(const Neighbourhood& drawn) {
  return drawn.left_out == 0 ? "" : "… and " + std::to_string(drawn.left_out) + " more";
}

std::string dot_text(std::string_view visible_text) {
  std::string text;
  for (const char c : visible_text) {
    if (c == '"' || c == '\\') text += '\\';
    // Graphviz knows HTML's entities in labels.
    text += c == '&' ? "&amp;" : std::string(1, c);
  }
  return text;
}

std::string mermaid_text(std::string_view visible_text) {
  std::string text;
  for (const char c : visible_text) text += is_plain(c) ? std::string(1, c) : fmt::format("#{};", static_cast<int>(c));
  return text;
}

}  // namespace patchgate
