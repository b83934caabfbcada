#include "analyzers/graph/widening.h"

#include <algorithm>
#include <array>

namespace patchgate {

namespace {

/// How unsure an edge is: 0 is proven, then the rules from the surest on.
constexpr std::size_t kDoubts = 1 + kEdgeRules;

std::size_t doubt(const Link& link) {
  return link.confidence == Confidence::exact ? 0 : 1 + static_cast<std::size_t>(link.rule);
}

using Counts = std::array<std::uint32_t, kDoubts>;

Counts direct(const Graph& graph, NodeId symbol) {
  Counts counts{};
  const auto users = graph.users(symbol);
  for (auto link = users.begin(); link != users.end();) {
    const NodeId user = link->node;
    std::size_t least = kDoubts;
    for (; link != users.end() && link->node == user; ++link) least = std::min(least, doubt(*link));
    if (user != symbol && graph.node(user).in_project()) ++counts[least];
  }
  return counts;
}

/// As a shortest way where the length of a way is its least sure edge: all of one doubt are done before the next.
Counts transitive(const Graph& graph, NodeId symbol) {
  Counts counts{};
  std::vector<std::uint8_t> least(graph.nodes().size(), kDoubts);
  std::array<std::vector<NodeId>, kDoubts> open;
  least[symbol] = 0;
  open[0].push_back(symbol);
  for (std::size_t now = 0; now < kDoubts; ++now) {
    while (!open[now].empty()) {
      const NodeId used = open[now].back();
      open[now].pop_back();
      if (least[used] != now) continue;  // a surer way was found since
      if (used != symbol && graph.node(used).in_project()) ++counts[now];
      for (const Link& link : graph.users(used)) {
        const auto by = std::max(now, doubt(link));
        if (least[link.node] <= by) continue;
        least[link.node] = static_cast<std::uint8_t>(by);
        open[by].push_back(link.node);
      }
    }
  }
  return counts;
}

}  // namespace

std::vector<WidenedBy> widening(const Graph& graph, NodeId symbol) {
  const auto near = direct(graph, symbol);
  const auto all = transitive(graph, symbol);
  std::vector<WidenedBy> reasons;
  for (std::size_t i = 1; i < kDoubts; ++i) {
    if (near[i] != 0 || all[i] != 0) reasons.push_back({static_cast<EdgeRule>(i - 1), near[i], all[i]});
  }
  return reasons;
}

}  // namespace patchgate
