#include "analyzers/graph/fan_in.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "analyzers/graph/reach.h"
#include "analyzers/graph/touched_node.h"
#include "analyzers/impact/impact.h"
#include "analyzers/impact/impact_facts.h"
#include "analyzers/impact/level.h"
#include "analyzers/impact/who_reaches.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostCallers = 20;

/// One side of the patch, with what is asked of every symbol on it worked out once.
struct SideGraph {
  const Graph& graph;
  const FanInRanks& ranks;
  std::vector<bool> in_test{};
  std::vector<FanIn> fan_in{};  ///< of the symbols that are asked for, in their order
  std::vector<WhoReaches> reached_by{};
  std::vector<std::vector<WidenedBy>> widened_by{};

  void ask(const std::vector<NodeId>& symbols) {
    if (symbols.empty()) return;
    in_test = nodes_in_test_files(graph);
    for (std::size_t first = 0; first < symbols.size(); first += kStartsAtOnce) {
      const auto some = std::span(symbols).subspan(first, std::min(kStartsAtOnce, symbols.size() - first));
      const auto users = doubted_users_of_many(graph, some);
      const auto counts = patchgate::fan_in(graph, some, users.reach);
      const auto reaching = who_reaches(graph, users.reach, in_test, some);
      widened_by.insert(widened_by.end(), users.widened.begin(), users.widened.end());
      fan_in.insert(fan_in.end(), counts.begin(), counts.end());
      reached_by.insert(reached_by.end(), reaching.begin(), reaching.end());
    }
  }
};

void note_callers(const SideGraph& side, NodeId id, TouchedSymbol& symbol) {
  const Graph& graph = side.graph;
  std::vector<NodeId> callers;
  for (const UserLink user : graph.user_lists().of(id)) {
    if (user.node() != id && user.is_exact() && graph.has_file(user.node())) callers.push_back(user.node());
  }
  // Only those with the first names are looked at closely: of what everybody uses there are very many.
  const auto by_name = [&](NodeId a, NodeId b) { return graph.name_before(a, b); };
  std::set<NodeId, decltype(by_name)> first(by_name);
  for (const NodeId caller : callers) {
    if (first.size() == kMostCallers && !by_name(caller, *first.rbegin())) continue;
    if (first.insert(caller).second && first.size() > kMostCallers) first.erase(std::prev(first.end()));
  }
  std::map<std::string, Place> places;
  for (const Link& link : graph.users(id)) {
    if (link.node == id || link.confidence != Confidence::exact || !first.contains(link.node)) continue;
    const Node& user = graph.node(link.node);
    if (user.file.empty()) continue;
    const Place at{user.file, link.line, 0};
    const auto [found, is_new] = places.emplace(user.name, at);
    if (!is_new) found->second = std::min(found->second, at);
  }
  symbol.callers.insert(symbol.callers.end(), places.begin(), places.end());
}

/// Fills entry points and folders; true when code outside of the tests reaches the symbol.
bool note_who_reaches(const WhoReaches& who, TouchedSymbol& symbol) {
  symbol.entry_points = who.entry_points;
  symbol.source_folders = who.folders;
  return who.folders != 0;
}

/// Someone may use `id` in a way that only the whole project shows: through its address, or a base class.
bool may_be_used_elsewhere(const SideGraph& side, NodeId id) {
  if (side.graph.node(id).has(UnitSymbol::virtual_method)) return true;
  const auto users = side.graph.users(id);
  return std::any_of(users.begin(), users.end(), [](const Link& link) {
    return link.kind == EdgeKind::address || link.confidence != Confidence::exact;
  });
}

/// What cannot be told from a part of the project.
void forget_the_rest(const SideGraph& side, NodeId id, TouchedSymbol& symbol) {
  symbol.percentile.reset();
  symbol.rank = symbol.of = 0;
  symbol.direct_open = !symbol.seen.direct || may_be_used_elsewhere(side, id);
  symbol.transitive_open = symbol.direct_open || !symbol.seen.transitive;
  const NodeId starts[] = {id};
  for (const Reached& reached : reach(side.graph, starts, Direction::to_users)) {
    if (symbol.transitive_open) break;
    symbol.transitive_open = may_be_used_elsewhere(side, reached.node);
  }
}

/// A percentile among fewer symbols than this says nothing: there the highest is at the top, and the floor of its band
/// decides.
constexpr std::uint32_t kFewOfAKind = 20;

std::string level_of(const Context& context, const SideGraph& side, SymbolKind kind, std::uint32_t transitive,
                     bool feeds) {
  auto percentile = side.ranks.percentile(kind, transitive);
  if (percentile && side.ranks.count(kind) < kFewOfAKind && side.ranks.rank(kind, transitive) == 1) percentile = 100;
  return impact_level(context.risk, percentile, transitive, feeds);
}

/// Who changes a macro changes every function that expands it: it is as fundamental as the most fundamental of them.
std::string level_through_users(const Context& context, const SideGraph& side, NodeId macro, std::string level) {
  for (const Link& link : side.graph.users(macro)) {
    if (link.kind != EdgeKind::macro || link.confidence != Confidence::exact || side.in_test[link.node]) continue;
    const auto of_user =
        level_of(context, side, side.graph.node(link.node).kind, side.ranks.transitive_lower(link.node), false);
    if (rank_of_level(of_user) > rank_of_level(level)) level = of_user;
  }
  return level;
}

/// `asked`: which of the side's questions was about this symbol.
void measure(const Context& context, const SideGraph& side, NodeId id, std::size_t asked, const char* side_name,
             TouchedSymbol& symbol) {
  if (id == kNoNode) {
    symbol.why_unknown = std::string("no unit that could be read on ") + side_name + " defines it";
    symbol.impact = symbol.in_test_code ? "low" : "unknown";
    return;
  }
  const FanIn& found = side.fan_in[asked];
  symbol.known_fan_in = true;
  symbol.direct = {found.direct_lower, found.direct_upper};
  symbol.transitive = {found.transitive_lower, found.transitive_upper};
  if (symbol.direct.lower != symbol.direct.upper || symbol.transitive.lower != symbol.transitive.upper)
    symbol.widened_by = side.widened_by[asked];
  symbol.percentile = side.ranks.percentile(symbol.kind, found.transitive_lower);
  symbol.rank = side.ranks.rank(symbol.kind, found.transitive_lower);
  symbol.of = side.ranks.count(symbol.kind);
  const bool whole = context.left_out.empty();
  if (!whole) forget_the_rest(side, id, symbol);
  // Code outside calls it through a base class of its own: how many do is not to be seen.
  if (side.graph.has(id, UnitSymbol::virtual_method) && !side.graph.entrances_of(id).empty())
    symbol.direct_open = symbol.transitive_open = true;
  note_callers(side, id, symbol);
  const bool used_outside_tests = note_who_reaches(side.reached_by[asked], symbol);
  if (symbol.in_test_code && !used_outside_tests) {
    symbol.impact = symbol.seen.transitive ? "low" : "unknown";
    return;
  }
  if (!whole) {
    // Only a fan-in that is low whatever the rank is says something, and only when it was seen to the end.
    symbol.impact = symbol.seen.transitive ? impact_level(context.risk, {}, symbol.transitive.lower, false) : "unknown";
    return;
  }
  const bool feeds = std::any_of(symbol.sinks.begin(), symbol.sinks.end(),
                                 [](const FedSink& sink) { return sink.confidence == Confidence::exact; });
  symbol.impact = level_of(context, side, symbol.kind, symbol.transitive.lower, feeds);
  if (symbol.kind == SymbolKind::macro) symbol.impact = level_through_users(context, side, id, symbol.impact);
}

/// Highest impact first; what is not known stands between high and moderate, so that it is not overlooked.
auto order_of(const TouchedSymbol& symbol) {
  const int rank = rank_of_level(symbol.impact);
  const int place = rank >= 2 ? 3 - rank : rank < 0 ? 2 : 4 - rank;
  return std::make_tuple(place, symbol.in_test_code, ~symbol.transitive.lower, ~symbol.direct.lower,
                         std::cref(symbol.name), std::cref(symbol.at), symbol.kind, symbol.base_usr, symbol.head_usr);
}

void run(const Context& context, Findings& findings) {
  if (context.no_graph.empty()) {
    SideGraph base{*context.base, *context.base_ranks};
    SideGraph head{*context.head, *context.head_ranks};
    const auto on_base = [](const TouchedSymbol& symbol) { return symbol.base_usr != 0; };
    std::vector<NodeId> node_of, asked_of_base, asked_of_head;
    std::vector<std::size_t> asked;
    for (const TouchedSymbol& symbol : findings.touched) {
      node_of.push_back(on_base(symbol) ? base_node(context, symbol) : head_node(context, symbol));
      auto& list = on_base(symbol) ? asked_of_base : asked_of_head;
      asked.push_back(list.size());
      if (node_of.back() != kNoNode) list.push_back(node_of.back());
    }
    base.ask(asked_of_base);
    head.ask(asked_of_head);
    for (std::size_t i = 0; i < findings.touched.size(); ++i) {
      TouchedSymbol& symbol = findings.touched[i];
      measure(context, on_base(symbol) ? base : head, node_of[i], asked[i], on_base(symbol) ? "the base" : "head",
              symbol);
    }
  } else {
    for (TouchedSymbol& symbol : findings.touched) {
      symbol.why_unknown = context.no_graph;
      symbol.impact = symbol.in_test_code ? "low" : "unknown";
    }
  }
  std::stable_sort(findings.touched.begin(), findings.touched.end(),
                   [](const TouchedSymbol& a, const TouchedSymbol& b) { return order_of(a) < order_of(b); });
  state_impact(context, findings);
}

}  // namespace

const Analyzer impact_fan_in{"impact/fan_in", "how many symbols depend on what is touched, and how that ranks", run};

}  // namespace patchgate
