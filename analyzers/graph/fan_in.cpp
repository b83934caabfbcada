#include "analyzers/graph/fan_in.h"

#include <algorithm>

#include "analyzers/graph/transitive.h"

namespace patchgate {

namespace {

/// Distinct project symbols among `links`, which are sorted by node.
std::uint32_t direct(const Graph& graph, NodeId symbol, bool exact_only) {
  std::uint32_t count = 0;
  NodeId last = symbol;
  for (const Link& link : graph.users(symbol)) {
    if (link.node == symbol || link.node == last || (exact_only && link.confidence != Confidence::exact)) continue;
    last = link.node;
    if (graph.node(link.node).in_project()) ++count;
  }
  return count;
}

std::uint32_t transitive(const Graph& graph, NodeId symbol, bool exact_only) {
  std::vector<bool> seen(graph.nodes().size());
  std::vector<NodeId> open{symbol};
  seen[symbol] = true;
  std::uint32_t count = 0;
  while (!open.empty()) {
    const NodeId used = open.back();
    open.pop_back();
    for (const Link& link : graph.users(used)) {
      if (seen[link.node] || (exact_only && link.confidence != Confidence::exact)) continue;
      seen[link.node] = true;
      open.push_back(link.node);
      if (graph.node(link.node).in_project()) ++count;
    }
  }
  return count;
}

constexpr auto kIndex = [](SymbolKind kind) { return static_cast<std::size_t>(kind); };

std::vector<std::uint32_t> lower_of(const Graph& graph) {
  return graph.nodes().size() <= FanInRanks::kExactNodes ? exact_transitive_users(graph, EdgeSet::exact)
                                                         : estimated_transitive_users(graph, EdgeSet::exact);
}

}  // namespace

FanIn fan_in(const Graph& graph, NodeId symbol) {
  return {direct(graph, symbol, true), direct(graph, symbol, false), transitive(graph, symbol, true),
          transitive(graph, symbol, false)};
}

std::uint32_t direct_lower(const Graph& graph, NodeId symbol) { return direct(graph, symbol, true); }

FanInRanks::FanInRanks(const Graph& graph) : FanInRanks(graph, lower_of(graph)) {}

FanInRanks::FanInRanks(const Graph& graph, std::vector<std::uint32_t> lower)
    : lower_(std::move(lower)), sorted_(kSymbolKinds) {
  lower_.resize(graph.nodes().size());
  for (NodeId id = 0; id < lower_.size(); ++id) {
    if (graph.node(id).in_project()) sorted_[kIndex(graph.node(id).kind)].push_back(lower_[id]);
  }
  for (auto& values : sorted_) std::sort(values.begin(), values.end());
}

std::optional<double> FanInRanks::percentile(SymbolKind kind, std::uint32_t fan_in) const {
  const auto& values = sorted_[kIndex(kind)];
  if (values.empty()) return std::nullopt;
  const auto below = std::lower_bound(values.begin(), values.end(), fan_in) - values.begin();
  return 100.0 * static_cast<double>(below) / static_cast<double>(values.size());
}

std::uint32_t FanInRanks::rank(SymbolKind kind, std::uint32_t fan_in) const {
  const auto& values = sorted_[kIndex(kind)];
  return 1 + static_cast<std::uint32_t>(values.end() - std::upper_bound(values.begin(), values.end(), fan_in));
}

std::uint32_t FanInRanks::count(SymbolKind kind) const {
  return static_cast<std::uint32_t>(sorted_[kIndex(kind)].size());
}

}  // namespace patchgate
