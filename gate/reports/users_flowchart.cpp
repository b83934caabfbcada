#include "gate/reports/users_flowchart.h"

#include <algorithm>
#include <map>
#include <vector>

#include "gate/reports/escape.h"
#include "gate/reports/phrases.h"

// The syntax: https://mermaid.js.org/syntax/flowchart.html; GitLab hides a block behind a button from 2,000 characters
// on.

namespace patchgate {
namespace {

constexpr std::size_t kMostBytes = 1800;
constexpr std::size_t kMostNodes = 40;
constexpr std::size_t kLongestName = 48;
constexpr std::string_view kBegin = "```mermaid\nflowchart LR\n";
constexpr std::string_view kEnd =
    "  classDef touched fill:#e4effc,stroke:#0b57b0,stroke-width:3px,color:#1b1f26\n"
    "  classDef test fill:#e5f4ea,stroke:#1a6734,color:#1b1f26\n```\n";

/// Between double quotes: what may be more than itself there is written as its number.
std::string label(std::string_view text) {
  std::string result;
  for (const char c : clipped(visible(text), kLongestName)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    const bool plain = letter || (static_cast<unsigned char>(c) & 0x80U) != 0 ||
                       std::string_view(" ._-:/,").find(c) != std::string_view::npos;
    result += plain ? std::string(1, c) : "#" + std::to_string(static_cast<int>(c)) + ";";
  }
  return result;
}

/// The symbol's box and its arrows from and to those that are drawn already.
std::string lines_of(const Surroundings& around, std::uint32_t symbol,
                     const std::map<std::uint32_t, std::size_t>& drawn, std::size_t number) {
  using Role = DrawnSymbol::Role;
  const auto& one = around.symbols[symbol];
  const auto id = [](std::size_t at) { return "n" + std::to_string(at); };
  std::string text = "  " + id(number) + "[\"" + label(one.name) + "\"]";
  if (one.role == Role::touched) text += ":::touched";
  if (one.role == Role::test) text += ":::test";
  text += "\n";
  for (const auto& use : around.uses) {
    const bool from = use.from == symbol && drawn.contains(use.to), to = use.to == symbol && drawn.contains(use.from);
    if (!from && !to) continue;
    text += "  " + id(from ? number : drawn.at(use.from)) + (use.confidence == Confidence::exact ? " --> " : " -.-> ") +
            id(to ? number : drawn.at(use.to)) + "\n";
  }
  return text;
}

}  // namespace

std::string users_flowchart(const Report& report) {
  using Role = DrawnSymbol::Role;
  const auto& around = report.pictures.surroundings;
  std::vector<std::uint32_t> order;
  std::uint64_t left_out = 0;
  for (std::uint32_t i = 0; i < around.symbols.size(); ++i) {
    const auto& symbol = around.symbols[i];
    if (symbol.role == Role::touched) left_out += symbol.left_out;
    if (symbol.role != Role::used && symbol.role != Role::outside) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) {
    const auto distance = [&](auto at) { return around.symbols[at].distance; };
    return distance(a) < distance(b);
  });
  std::string text(kBegin);
  std::map<std::uint32_t, std::size_t> drawn;
  bool has_user = false;
  for (const auto symbol : order) {
    const auto lines = lines_of(around, symbol, drawn, drawn.size() + 1);
    if (drawn.size() == kMostNodes || text.size() + lines.size() + kEnd.size() > kMostBytes - kLongestName) {
      if (around.symbols[symbol].distance == 1) ++left_out;
      continue;
    }
    text += lines;
    drawn.emplace(symbol, drawn.size() + 1);
    has_user = has_user || around.symbols[symbol].role != Role::touched;
  }
  if (!has_user) return {};
  if (left_out != 0) text += "  more[\"" + label("and " + counted(left_out, "more direct user")) + "\"]\n";
  return text + std::string(kEnd);
}

}  // namespace patchgate
