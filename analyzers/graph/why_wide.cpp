#include "analyzers/graph/why_wide.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace patchgate {

namespace {

constexpr std::size_t kGatesShown = 3;
constexpr std::size_t kLayers = kEdgeRules + 1;  // what is proven, then each rule

std::size_t layer_of(const Link& link) {
  return link.confidence == Confidence::exact ? 0 : static_cast<std::size_t>(link.rule) + 1;
}

std::array<std::uint32_t, kLayers> direct_by_layer(const Graph& graph, NodeId symbol) {
  std::array<std::uint32_t, kLayers> counts{};
  const auto users = graph.users(symbol);
  for (std::size_t begin = 0, end = 0; begin < users.size(); begin = end) {
    auto best = kLayers;
    for (; end < users.size() && users[end].node == users[begin].node; ++end) {
      best = std::min(best, layer_of(users[end]));
    }
    const NodeId user = users[begin].node;
    if (user != symbol && graph.node(user).in_project()) ++counts[best];
  }
  return counts;
}

}  // namespace

// Layer by layer: all that exact edges reach, then what the surest of the other rules adds to that, and so on. When a
// layer begins, the edges of those before it lead nowhere new.
std::vector<WidthCause> why_wide(const Graph& graph, NodeId symbol) {
  constexpr std::uint32_t kNoGate = 0xffffffffU;
  const auto direct = direct_by_layer(graph, symbol);
  std::vector<std::uint32_t> gate_of(graph.nodes().size(), kNoGate);
  std::vector<bool> seen(graph.nodes().size());
  std::vector<NodeId> found{symbol};
  seen[symbol] = true;
  std::vector<WidthCause> causes;
  for (std::size_t layer = 0; layer < kLayers; ++layer) {
    WidthCause cause;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const NodeId used = found[i];
      for (const Link& link : graph.users(used)) {
        if (layer_of(link) > layer || seen[link.node]) continue;
        seen[link.node] = true;
        found.push_back(link.node);
        gate_of[link.node] = gate_of[used];
        if (layer > 0 && gate_of[used] == kNoGate) {
          gate_of[link.node] = static_cast<std::uint32_t>(cause.gates.size());
          cause.gates.push_back({link.node, used, link.line, 0});
        }
        if (layer == 0 || !graph.node(link.node).in_project()) continue;
        ++cause.transitive;
        ++cause.gates[gate_of[link.node]].symbols;
      }
    }
    for (const NodeId node : found) gate_of[node] = kNoGate;
    if (layer == 0 || (cause.transitive == 0 && direct[layer] == 0)) continue;
    cause.rule = static_cast<EdgeRule>(layer - 1);
    cause.direct = direct[layer];
    std::sort(cause.gates.begin(), cause.gates.end(), [](const WidthCause::Gate& a, const WidthCause::Gate& b) {
      return std::tie(b.symbols, a.user, a.used) < std::tie(a.symbols, b.user, b.used);
    });
    if (cause.gates.size() > kGatesShown) cause.gates.resize(kGatesShown);
    causes.push_back(std::move(cause));
  }
  return causes;
}

}  // namespace patchgate
