#include "analyzers/graph/fan_in.h"

#include <algorithm>
#include <array>

#include "analyzers/graph/transitive.h"

namespace patchgate {

namespace {

/// Distinct project symbols that use it.
std::uint32_t direct(const Graph& graph, NodeId symbol, bool exact_only) {
  std::uint32_t count = 0;
  for (const UserLink user : graph.user_lists().of(symbol)) {
    if (user.node() == symbol || (exact_only && !user.is_exact())) continue;
    if (graph.in_project(user.node())) ++count;
  }
  return count;
}

/// Distinct project symbols that reach each of up to kStartsAtOnce symbols, themselves not counted.
void count_users(const Graph& graph, std::span<const NodeId> symbols, std::span<const StartSets> users,
                 std::span<FanIn> found) {
  std::vector<std::uint32_t> exact(1U << symbols.size()), all(exact.size());  // how many have just this set
  for (NodeId id = 0; id < users.size(); ++id) {
    if (!users[id].any() || !graph.in_project(id)) continue;
    ++exact[users[id].exact()];
    ++all[users[id].all()];
  }
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    for (std::size_t set = 1; set < exact.size(); ++set) {
      if ((set >> i & 1U) == 0) continue;
      found[i].transitive_lower += exact[set];
      found[i].transitive_upper += all[set];
    }
    if (!graph.in_project(symbols[i])) continue;
    --found[i].transitive_lower;
    --found[i].transitive_upper;
  }
}

/// Eleven bits at a time, the lowest first: there may be a million, and each check of a patch needs them sorted.
void sort_numbers(std::vector<std::uint32_t>& numbers) {
  constexpr unsigned kBits = 11;
  const std::uint32_t most = numbers.empty() ? 0 : *std::max_element(numbers.begin(), numbers.end());
  std::vector<std::uint32_t> sorted(numbers.size());
  for (unsigned shift = 0; shift < 32 && most >> shift != 0; shift += kBits) {
    std::array<std::uint32_t, (1U << kBits) + 1> begin{};
    const auto digit = [&](std::uint32_t number) { return number >> shift & ((1U << kBits) - 1); };
    for (const auto number : numbers) ++begin[digit(number) + 1];
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
    for (const auto number : numbers) sorted[begin[digit(number)]++] = number;
    numbers.swap(sorted);
  }
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
    const auto of_some = fan_in(graph, some, users_of_many(graph, some));
    found.insert(found.end(), of_some.begin(), of_some.end());
  }
  return found;
}

std::vector<FanIn> fan_in(const Graph& graph, std::span<const NodeId> symbols, std::span<const StartSets> users) {
  std::vector<FanIn> found;
  for (const NodeId symbol : symbols)
    found.push_back({direct(graph, symbol, true), direct(graph, symbol, false), 0, 0});
  count_users(graph, symbols, users, found);
  return found;
}

std::uint32_t direct_lower(const Graph& graph, NodeId symbol) { return direct(graph, symbol, true); }

FanInRanks::FanInRanks(const Graph& graph) : FanInRanks(graph, lower_of(graph)) {}

FanInRanks::FanInRanks(const Graph& graph, std::vector<std::uint32_t> lower)
    : lower_(std::move(lower)), sorted_(kSymbolKinds) {
  lower_.resize(graph.nodes().size());
  for (NodeId id = 0; id < lower_.size(); ++id) {
    if (graph.in_project(id)) sorted_[kIndex(graph.kind(id))].push_back(lower_[id]);
  }
  for (auto& values : sorted_) sort_numbers(values);
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
