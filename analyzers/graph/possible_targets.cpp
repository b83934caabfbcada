#include "analyzers/graph/possible_targets.h"

#include <algorithm>
#include <tuple>

#include "analyzers/model/sort_unique.h"

namespace patchgate {

namespace {

/// Who overrides whom, downwards. Hostile facts may make a circle of it.
class Overriders {
 public:
  explicit Overriders(std::vector<OverridePair> pairs) {
    for (auto& [method, overridden] : pairs) std::swap(method, overridden);
    sort_unique(pairs);
    pairs_ = std::move(pairs);
  }

  bool has_any(NodeId method) const {
    const auto pair = std::lower_bound(pairs_.begin(), pairs_.end(), OverridePair(method, 0));
    return pair != pairs_.end() && pair->first == method;
  }

  /// All below `method`, sorted, without itself.
  std::vector<NodeId> below(NodeId method) const {
    std::vector<NodeId> found;
    std::vector<NodeId> open{method};
    while (!open.empty()) {
      const NodeId top = open.back();
      open.pop_back();
      for (auto pair = std::lower_bound(pairs_.begin(), pairs_.end(), OverridePair(top, 0));
           pair != pairs_.end() && pair->first == top; ++pair) {
        const auto at = std::lower_bound(found.begin(), found.end(), pair->second);
        if (pair->second == method || (at != found.end() && *at == pair->second)) continue;
        found.insert(at, pair->second);
        open.push_back(pair->second);
      }
    }
    return found;
  }

 private:
  std::vector<OverridePair> pairs_;  // (overridden, method)
};

}  // namespace

void add_overriders(std::vector<FullEdge>& edges, std::vector<OverridePair> overrides) {
  if (overrides.empty()) return;
  const Overriders overriders(std::move(overrides));
  std::vector<FullEdge> calls;
  for (const auto& edge : edges) {
    const bool through_pointer = edge.kind == EdgeKind::indirect && overriders.has_any(edge.to);
    if (edge.kind == EdgeKind::virtual_ || through_pointer) calls.push_back(edge);
  }
  const auto key = [](const FullEdge& edge) { return std::tuple(edge.to, edge.from, edge.line); };
  std::sort(calls.begin(), calls.end(), [&](const FullEdge& a, const FullEdge& b) { return key(a) < key(b); });
  std::vector<NodeId> below;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const bool same_method = i > 0 && calls[i].to == calls[i - 1].to;
    if (!same_method) below = overriders.below(calls[i].to);
    if (same_method && calls[i].from == calls[i - 1].from) continue;
    for (const NodeId method : below) {
      edges.push_back(
          {calls[i].from, method, calls[i].line, EdgeKind::override_, Confidence::possible, EdgeRule::override_});
    }
  }
}

void add_behind_aliases(std::vector<FullEdge>& edges, const std::vector<Node>& nodes) {
  std::vector<std::pair<NodeId, NodeId>> behind;
  for (const auto& edge : edges) {
    if (edge.kind == EdgeKind::call && nodes[edge.from].has(UnitSymbol::alias)) behind.emplace_back(edge.from, edge.to);
  }
  sort_unique(behind);
  const auto calls = behind.empty() ? 0 : edges.size();
  for (std::size_t i = 0; i < calls; ++i) {
    auto edge = edges[i];
    if ((edge.kind != EdgeKind::call && edge.kind != EdgeKind::indirect) || !nodes[edge.to].has(UnitSymbol::alias)) {
      continue;
    }
    for (auto one = std::lower_bound(behind.begin(), behind.end(), std::pair(edge.to, NodeId{0}));
         one != behind.end() && one->first == edges[i].to; ++one) {
      edge.to = one->second;
      edges.push_back(edge);
    }
  }
}

void add_other_definitions(std::vector<FullEdge>& edges, const std::vector<Node>& nodes,
                           const std::vector<NodeId>& by_usr) {
  std::vector<NodeId> others(nodes.size(), kNoNode);  // the next definition of the same name, in a circle
  const auto gives_way = [&](NodeId id) {
    return nodes[id].in_project() && (nodes[id].has(UnitSymbol::merged) || nodes[id].has(UnitSymbol::weak));
  };
  for (std::size_t first = 0, last = 0; first < by_usr.size(); first = last) {
    std::vector<NodeId> same;
    bool weak = false;
    for (last = first; last < by_usr.size() && nodes[by_usr[last]].usr == nodes[by_usr[first]].usr; ++last) {
      weak = weak || nodes[by_usr[last]].has(UnitSymbol::weak);
    }
    // Beside a weak one there may be a strong one, beside an inline one only others of its kind.
    for (auto i = first; i < last; ++i) {
      if (weak ? nodes[by_usr[i]].in_project() : gives_way(by_usr[i])) same.push_back(by_usr[i]);
    }
    for (std::size_t i = 0; same.size() > 1 && i < same.size(); ++i) others[same[i]] = same[(i + 1) % same.size()];
  }
  const auto calls = edges.size();
  for (std::size_t i = 0; i < calls; ++i) {
    const auto edge = edges[i];
    const bool runs = edge.kind == EdgeKind::call || edge.kind == EdgeKind::construct ||
                      edge.kind == EdgeKind::destruct || edge.kind == EdgeKind::virtual_;
    if (!runs || edge.confidence != Confidence::exact || others[edge.to] == kNoNode || !gives_way(edge.to)) continue;
    for (NodeId other = others[edge.to]; other != edge.to; other = others[other]) {
      edges.push_back({edge.from, other, edge.line, edge.kind, Confidence::possible, EdgeRule::name});
    }
  }
}

std::vector<PointerCall> add_pointer_targets(std::vector<FullEdge>& edges, const std::vector<PointerCall>& calls,
                                             std::vector<TakenAddress> addresses, const SlotTargets& slots) {
  sort_unique(addresses);
  // The first site of a caller has its smallest line; further ones of the same slot or type add nothing.
  using Site = std::tuple<std::uint64_t, NodeId, std::uint32_t>;
  const auto same_caller = [](const Site& a, const Site& b) {
    return std::get<0>(a) == std::get<0>(b) && std::get<1>(a) == std::get<1>(b);
  };
  std::vector<Site> slot_sites, sites, empty;
  for (const auto& call : calls) {
    const auto found = slots.of(call.slot);
    if (!found.functions.empty()) slot_sites.emplace_back(call.slot, call.caller, call.line);
    if (call.type == 0) continue;
    if (!found.complete()) sites.emplace_back(call.type, call.caller, call.line);
    if (found.functions.empty()) empty.emplace_back(call.type, call.caller, call.line);
  }
  for (auto* list : {&slot_sites, &sites, &empty}) {
    sort_unique(*list);
    list->erase(std::unique(list->begin(), list->end(), same_caller), list->end());
  }
  for (const auto& [slot, caller, line] : slot_sites) {
    for (const NodeId target : slots.of(slot).functions)
      edges.push_back({caller, target, line, EdgeKind::indirect, Confidence::possible, EdgeRule::slot});
  }
  std::vector<PointerCall> without;
  for (const auto& [type, caller, line] : empty) {
    const auto taken = std::lower_bound(addresses.begin(), addresses.end(), TakenAddress(type, 0));
    if (taken == addresses.end() || taken->first != type) without.push_back({type, caller, line, 0});
  }
  for (const auto& [type, caller, line] : sites) {
    for (auto taken = std::lower_bound(addresses.begin(), addresses.end(), TakenAddress(type, 0));
         taken != addresses.end() && taken->first == type; ++taken) {
      edges.push_back({caller, taken->second, line, EdgeKind::indirect, Confidence::possible, EdgeRule::type});
    }
  }
  return without;
}

}  // namespace patchgate
