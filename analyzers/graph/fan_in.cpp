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
    if (graph.in_project(link.node)) ++count;
  }
  return count;
}

/// Distinct project symbols that reach each of up to kStartsAtOnce symbols, themselves not counted.
std::vector<std::uint32_t> transitive(const Graph& graph, std::span<const NodeId> symbols,
                                      std::span<const StartSet> users) {
  std::vector<std::uint32_t> by_set(1U << symbols.size()), counts(symbols.size());
  for (NodeId id = 0; id < users.size(); ++id) {
    if (users[id] != 0 && graph.in_project(id)) ++by_set[users[id]];
  }
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    for (std::size_t set = 1; set < by_set.size(); ++set) counts[i] += (set >> i & 1U) != 0 ? by_set[set] : 0U;
    if (graph.in_project(symbols[i])) --counts[i];
  }
  return counts;
}

constexpr auto kIndex = [](SymbolKind kind) { return static_cast<std::size_t>(kind); };

std::vector<std::uint32_t> lower_of(const Graph& graph) {
  return graph.nodes().size() <= FanInRanks::kExactNodes ? exact_transitive_users(graph, EdgeSet::exact)
                                                         : estimated_transitive_users(graph, EdgeSet::exact);
}

}  // namespace

FanIn fan_in(const Graph& graph, NodeId symbol) { return fan_in(graph, std::span(&symbol, 1)).front(); }

std::vector<FanIn> fan_in(const Graph& graph, std::span<const NodeId> symbols) {
  std::vector<FanIn> found;
  for (std::size_t first = 0; first < symbols.size(); first += kStartsAtOnce) {
    const auto some = symbols.subspan(first, std::min(kStartsAtOnce, symbols.size() - first));
    const auto of_some = fan_in(graph, some, users_of_many(graph, some, EdgeSet::exact));
    found.insert(found.end(), of_some.begin(), of_some.end());
  }
  return found;
}

std::vector<FanIn> fan_in(const Graph& graph, std::span<const NodeId> symbols, std::span<const StartSet> exact_users) {
  const auto lower = transitive(graph, symbols, exact_users);
  const auto upper = transitive(graph, symbols, users_of_many(graph, symbols, EdgeSet::all));
  std::vector<FanIn> found;
  for (std::size_t i = 0; i < symbols.size(); ++i)
    found.push_back({direct(graph, symbols[i], true), direct(graph, symbols[i], false), lower[i], upper[i]});
  return found;
}

std::uint32_t direct_lower(const Graph& graph, NodeId symbol) { return direct(graph, symbol, true); }

FanInRanks::FanInRanks(const Graph& graph) : FanInRanks(graph, lower_of(graph)) {}

FanInRanks::FanInRanks(const Graph& graph, std::vector<std::uint32_t> lower)
    : lower_(std::move(lower)), sorted_(kSymbolKinds) {
  lower_.resize(graph.nodes().size());
  for (NodeId id = 0; id < lower_.size(); ++id) {
    if (graph.in_project(id)) sorted_[kIndex(graph.node(id).kind)].push_back(lower_[id]);
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
