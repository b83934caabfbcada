#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyzers/graph/graph.h"
#include "analyzers/graph/users_of_many.h"

namespace patchgate {

/// Distinct symbols of the project that use a symbol, as intervals [lower, upper]: lower over exact edges only, upper
/// over all. The symbol itself does not count, even when it is recursive.
struct FanIn {
  std::uint32_t direct_lower = 0, direct_upper = 0;
  std::uint32_t transitive_lower = 0, transitive_upper = 0;
};

FanIn fan_in(const Graph& graph, NodeId symbol);
/// The same of each of many, which costs far less than one after the other.
std::vector<FanIn> fan_in(const Graph& graph, std::span<const NodeId> symbols);
/// Of at most kStartsAtOnce symbols whose users are known: users_of_many(graph, symbols).
std::vector<FanIn> fan_in(const Graph& graph, std::span<const NodeId> symbols, std::span<const StartSets> users);
/// The lower end of the direct one alone: cheap.
std::uint32_t direct_lower(const Graph& graph, NodeId symbol);

/// Lower transitive fan-in of every project symbol, and its place among those of its kind. Exact for graphs of up to
/// kExactNodes nodes. Above, so that the time stays linear: exact up to 63, larger ones estimated with a standard error
/// of 13 % (see transitive.h); the same graph always gives the same estimate.
class FanInRanks {
 public:
  static constexpr std::size_t kExactNodes = 200'000;
  explicit FanInRanks(const Graph& graph);
  /// From the numbers of an earlier FanInRanks of the same graph (`all_lower`); one for each node.
  FanInRanks(const Graph& graph, std::vector<std::uint32_t> lower);
  std::span<const std::uint32_t> all_lower() const { return lower_; }
  std::uint32_t transitive_lower(NodeId id) const { return lower_[id]; }
  /// Share (0 to 100) of the project's symbols of `kind` whose lower transitive fan-in is strictly lower than `fan_in`.
  /// None when there is no symbol of that kind (cannot judge).
  std::optional<double> percentile(SymbolKind kind, std::uint32_t fan_in) const;
  /// 1 + the number of symbols of that kind with a strictly higher one.
  std::uint32_t rank(SymbolKind kind, std::uint32_t fan_in) const;
  std::uint32_t count(SymbolKind kind) const;

 private:
  std::vector<std::uint32_t> lower_;
  std::vector<std::vector<std::uint32_t>> sorted_;  // by kind, rising
};

}  // namespace patchgate
