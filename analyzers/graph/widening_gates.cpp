#include "analyzers/graph/widening_gates.h"

#include <algorithm>
#include <tuple>

namespace patchgate {

namespace {

constexpr std::size_t kLayers = kEdgeRules + 1;  // what is proven, then each rule

std::size_t layer_of(const Link& link) {
  return link.confidence == Confidence::exact ? 0 : static_cast<std::size_t>(link.rule) + 1;
}

}  // namespace

// Layer by layer: all that exact edges reach, then what the surest of the other rules adds to that, and so on. When a
// layer begins, the edges of those before it lead nowhere new.
std::vector<WideningGate> widening_gates(const Graph& graph, NodeId symbol, std::size_t most) {
  constexpr std::uint32_t kNoGate = 0xffffffffU;
  std::vector<std::uint32_t> gate_of(graph.nodes().size(), kNoGate);
  std::vector<bool> seen(graph.nodes().size());
  std::vector<NodeId> found{symbol};
  seen[symbol] = true;
  std::vector<WideningGate> all;
  for (std::size_t layer = 0; layer < kLayers; ++layer) {
    std::vector<WideningGate> gates;
    for (std::size_t i = 0; i < found.size(); ++i) {
      const NodeId used = found[i];
      for (const Link& link : graph.users(used)) {
        if (layer_of(link) > layer || seen[link.node]) continue;
        seen[link.node] = true;
        found.push_back(link.node);
        if (layer == 0) continue;
        if (gate_of[used] == kNoGate) {
          gate_of[link.node] = static_cast<std::uint32_t>(gates.size());
          gates.push_back({link.rule, link.node, used, link.line, 0});
        } else {
          gate_of[link.node] = gate_of[used];
        }
        if (graph.node(link.node).in_project()) ++gates[gate_of[link.node]].symbols;
      }
    }
    for (const NodeId node : found) gate_of[node] = kNoGate;
    std::erase_if(gates, [](const WideningGate& gate) { return gate.symbols == 0; });
    std::sort(gates.begin(), gates.end(), [](const WideningGate& a, const WideningGate& b) {
      return std::tie(b.symbols, a.user, a.used) < std::tie(a.symbols, b.user, b.used);
    });
    if (gates.size() > most) gates.resize(most);
    all.insert(all.end(), gates.begin(), gates.end());
  }
  return all;
}

}  // namespace patchgate
