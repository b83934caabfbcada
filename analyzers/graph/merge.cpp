#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "analyzers/graph/blind_spots.h"
#include "analyzers/graph/builder_state.h"
#include "analyzers/graph/edge_list.h"
#include "analyzers/graph/possible_targets.h"
#include "analyzers/model/parameter_slot.h"
#include "analyzers/model/sort_unique.h"

namespace patchgate {

namespace {

std::vector<FullEdge> full_edges(const std::vector<RawEdge>& raw, const Nodes& nodes) {
  std::vector<FullEdge> edges;
  edges.reserve(raw.size() + raw.size() / 4);
  for (const auto& edge : raw) {
    for (const NodeId from : nodes.of(edge.from)) {
      for (const NodeId to : nodes.of(edge.to)) {
        // The deleting destructor calls the complete one; both are one symbol here.
        if (from == to && edge.kind == EdgeKind::destruct) continue;
        edges.push_back({from, to, edge.line, edge.kind, edge.confidence, edge.rule});
      }
    }
  }
  return edges;
}

std::vector<Flow> full_flows(const std::vector<RawFlow>& raw, const Nodes& nodes) {
  std::vector<Flow> flows;
  const NodeId nobody = kNoNode;
  for (const auto& flow : raw) {
    const auto consumers = flow.consumer == kNoMention ? std::span(&nobody, 1) : nodes.of(flow.consumer);
    for (const NodeId caller : nodes.of(flow.caller)) {
      for (const NodeId producer : nodes.of(flow.producer)) {
        for (const NodeId consumer : consumers) flows.push_back({caller, producer, consumer, flow.line});
      }
    }
  }
  // Of one producer there are few: a counting sort, then small ones.
  std::vector<std::uint32_t> next(nodes.nodes.size() + 1, 0);
  for (const auto& flow : flows) ++next[flow.producer + 1];
  for (std::size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
  std::vector<Flow> sorted(flows.size());
  for (const auto& flow : flows) sorted[next[flow.producer]++] = flow;
  flows.clear();
  const auto rest = [](const Flow& f) { return std::tuple(f.caller, f.consumer, f.line); };
  for (std::size_t first = 0, last = 0; first < sorted.size(); first = last) {
    last = next[sorted[first].producer];  // where the next producer begins
    std::sort(sorted.begin() + static_cast<std::ptrdiff_t>(first), sorted.begin() + static_cast<std::ptrdiff_t>(last),
              [&](const Flow& x, const Flow& y) { return rest(x) < rest(y); });
    for (auto i = first; i < last; ++i) {
      const bool again =
          i > first && sorted[i].caller == sorted[i - 1].caller && sorted[i].consumer == sorted[i - 1].consumer;
      if (!again) flows.push_back(sorted[i]);
    }
  }
  return flows;
}

std::vector<Literal> full_literals(const std::vector<RawLiteral>& raw, const Nodes& nodes, const Strings& strings) {
  std::vector<Literal> literals;
  for (const auto& literal : raw) {
    for (const NodeId caller : nodes.of(literal.caller)) {
      for (const NodeId callee : nodes.of(literal.callee)) {
        literals.push_back({caller, callee, literal.position, std::string(strings.text(literal.text)), literal.line});
      }
    }
  }
  const auto what = [](const Literal& l) { return std::tie(l.caller, l.callee, l.position, l.text); };
  std::sort(literals.begin(), literals.end(), [&](const Literal& a, const Literal& b) {
    return what(a) != what(b) ? what(a) < what(b) : a.line < b.line;
  });
  literals.erase(std::unique(literals.begin(), literals.end(),
                             [&](const Literal& a, const Literal& b) { return what(a) == what(b); }),
                 literals.end());
  return literals;
}

std::vector<BlindSpot> full_blind_spots(const std::vector<RawBlindSpot>& raw, const Nodes& nodes,
                                        const Strings& strings) {
  std::vector<BlindSpot> spots;
  const NodeId nobody = kNoNode;
  for (const auto& spot : raw) {
    for (const NodeId in : spot.in == kNoMention ? std::span(&nobody, 1) : nodes.of(spot.in)) {
      spots.push_back(
          {in, spot.kind, spot.line, std::string(strings.text(spot.file)), std::string(strings.text(spot.text))});
    }
  }
  return spots;
}

/// What the project declares and nobody defines is code that is not here: what it gives back can be anything.
/// A pure virtual method gives back what its overriders do.
void open_results(SlotTargets& slots, std::span<const Node> nodes) {
  for (const auto& node : nodes) {
    const bool function =
        node.kind == SymbolKind::function || node.kind == SymbolKind::method || node.kind == SymbolKind::operator_;
    if (function && !node.has(UnitSymbol::defined) && !node.has(UnitSymbol::pure)) slots.open(result_slot(node.usr));
  }
}

/// So many parameters of a function without a definition are looked at.
constexpr unsigned kParameters = 8;

/// What such a function is given is called by code that is not here, as where it is declared outside of the project.
void add_undefined(std::span<const Node> nodes, Strings& strings,
                   std::vector<std::pair<Slot, std::uint32_t>>& outside) {
  for (const auto& node : nodes) {
    if (node.kind != SymbolKind::function || node.has(UnitSymbol::outside) || node.has(UnitSymbol::defined)) continue;
    const auto name = strings.number(node.name);
    for (unsigned place = 0; place < kParameters; ++place) outside.emplace_back(parameter_slot(node.usr, place), name);
  }
}

/// Who calls a virtual method of a class outside of the project calls what overrides it, at any depth below.
void add_outside_overrides(const std::vector<OverridePair>& overrides, std::span<const Node> nodes,
                           std::vector<Entrance>& found) {
  std::map<NodeId, std::vector<NodeId>> below;  // what overrides a method directly
  for (const auto& [low, high] : overrides) below[high].push_back(low);
  for (const auto& [high, first] : below) {
    if (!nodes[high].has(UnitSymbol::outside)) continue;
    std::set<NodeId> met;
    for (auto next = first; !next.empty();) {
      const auto method = next.back();
      next.pop_back();
      if (!met.insert(method).second) continue;
      if (nodes[method].in_project()) found.push_back({method, nodes[high].name});
      if (const auto at = below.find(method); at != below.end())
        next.insert(next.end(), at->second.begin(), at->second.end());
    }
  }
}

/// `handed`: what is put into slots by itself, sorted; it counts also where a slot has too much to say something.
std::vector<Entrance> entrances(const std::vector<std::pair<Slot, std::uint32_t>>& outside, const SlotTargets& slots,
                                const std::vector<std::pair<Slot, NodeId>>& handed, const Strings& strings,
                                std::span<const Node> nodes, const std::vector<OverridePair>& overrides) {
  std::vector<Entrance> found;
  add_outside_overrides(overrides, nodes, found);
  for (const auto& [slot, name] : outside) {
    const auto enter = [&, through = strings.text(name)](NodeId function) {
      if (nodes[function].in_project()) found.push_back({function, std::string(through)});
    };
    for (const NodeId function : slots.of(slot).functions) enter(function);
    for (auto own = std::lower_bound(handed.begin(), handed.end(), std::pair(slot, NodeId{0}));
         own != handed.end() && own->first == slot; ++own)
      enter(own->second);
  }
  const auto key = [](const Entrance& e) { return std::tie(e.function, e.through); };
  std::sort(found.begin(), found.end(), [&](const Entrance& a, const Entrance& b) { return key(a) < key(b); });
  found.erase(
      std::unique(found.begin(), found.end(), [&](const Entrance& a, const Entrance& b) { return key(a) == key(b); }),
      found.end());
  return found;
}

}  // namespace

Graph GraphBuilder::build() && {
  State& s = *state_;
  s.has_facts.resize(s.strings.size());
  Nodes nodes = resolve(s.mentions, s.strings, s.has_facts);

  auto edges = full_edges(s.edges, nodes);
  std::vector<OverridePair> overrides;
  for (const auto& [method, overridden] : s.overrides) {
    for (const NodeId low : nodes.of(method)) {
      for (const NodeId high : nodes.of(overridden)) overrides.emplace_back(low, high);
    }
  }
  std::vector<PointerCall> calls;
  for (const auto& call : s.calls) {
    for (const NodeId caller : nodes.of(call.caller)) calls.push_back({call.type, caller, call.line, call.slot});
  }
  std::vector<TakenAddress> addresses;
  for (const auto& [type, function] : s.addresses) {
    for (const NodeId node : nodes.of(function)) addresses.emplace_back(type, node);
  }
  add_undefined(nodes.nodes, s.strings, s.outside_slots);
  sort_unique(s.outside_slots);
  std::vector<std::pair<Slot, NodeId>> handed;
  for (const auto& [slot, function] : s.slot_values) {
    const auto outside = std::lower_bound(s.outside_slots.begin(), s.outside_slots.end(), std::pair(slot, 0U));
    const bool is_outside = outside != s.outside_slots.end() && outside->first == slot;
    for (const NodeId node : nodes.of(function)) {
      s.slots.put(slot, node);
      if (is_outside) handed.emplace_back(slot, node);
    }
  }
  sort_unique(handed);
  open_results(s.slots, nodes.nodes);
  s.slots.solve();
  add_other_definitions(edges, nodes.nodes, nodes.by_usr);
  const auto without_target = add_pointer_targets(edges, calls, std::move(addresses), s.slots);
  add_overriders(edges, overrides);
  add_behind_aliases(edges, nodes.nodes);

  Graph graph;
  graph.literals_ = full_literals(s.literals, nodes, s.strings);
  add_named_lookups(edges, graph.literals_, nodes.nodes);
  graph.blind_spots_ =
      settled_blind_spots(full_blind_spots(s.blind_spots, nodes, s.strings), without_target, nodes.nodes);
  auto out = by_source(edges, nodes.nodes.size());
  edges = {};
  auto in = reversed(out);
  graph.out_begin_ = std::move(out.begin);
  graph.out_ = std::move(out.links);
  graph.in_begin_ = std::move(in.begin);
  graph.in_ = std::move(in.links);
  graph.flows_ = full_flows(s.flows, nodes);
  graph.entrances_ = entrances(s.outside_slots, s.slots, handed, s.strings, nodes.nodes, overrides);
  graph.nodes_ = std::move(nodes.nodes);
  graph.by_usr_ = Column<NodeId>(std::move(nodes.by_usr));
  graph.includes_ = std::move(s.includes);
  for (auto& [file, included] : graph.includes_) {
    sort_unique(included);
  }
  graph.index_names();
  graph.make_columns();
  return graph;
}

}  // namespace patchgate
