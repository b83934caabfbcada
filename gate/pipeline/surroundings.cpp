#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "analyzers/graph/touched_node.h"
#include "gate/pipeline/pictures.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostTouched = 14;
constexpr std::size_t kMostTests = 6;
constexpr std::size_t kUsersByDistance[] = {14, 8, 4};
constexpr std::size_t kMostUsed = 4;
constexpr std::size_t kMostSinks = 3;          // of one symbol
constexpr std::size_t kMostSearched = 3000;    // users of a symbol on the way to one that hands its data on
constexpr std::size_t kCandidatesRead = 200;   // of one symbol's users, the most used first
constexpr std::size_t kMostCounted = 100'000;  // links of one symbol

using Role = DrawnSymbol::Role;

bool is_drawn_kind(const Link& link) { return link.kind != EdgeKind::include; }

/// Calls of all kinds: what runs when the user runs.
bool runs(EdgeKind kind) {
  return kind == EdgeKind::call || kind == EdgeKind::construct || kind == EdgeKind::destruct ||
         kind == EdgeKind::virtual_ || kind == EdgeKind::override_ || kind == EdgeKind::indirect;
}

/// The picture as it grows, over both graphs: a symbol that is in both is one.
class Canvas {
 public:
  /// From one of the two graphs on.
  void take(const Graph& graph, const FanInRanks& ranks) {
    graph_ = &graph;
    ranks_ = &ranks;
    nodes_.clear();
  }

  /// False where there is no room.
  bool add(NodeId id, Role role, std::uint32_t distance) {
    const Node& node = graph_->node(id);
    const auto key = std::tuple(node.name, node.file, node.line);
    auto found = known_.find(key);
    if (found == known_.end()) {
      if (drawn_.symbols.size() >= kMostDrawn) return false;
      found = known_.emplace(key, static_cast<std::uint32_t>(drawn_.symbols.size())).first;
      drawn_.symbols.push_back({node.name, {node.file, node.line, 0}, node.kind, role, distance, 0});
    }
    nodes_.try_emplace(id, found->second);
    return true;
  }
  bool has(NodeId id) const { return nodes_.contains(id); }

  /// Users of these in the project, the most used first.
  std::vector<NodeId> users(NodeId id) const {
    std::set<NodeId> found;
    std::size_t read = 0;
    for (const Link& link : graph_->users(id)) {
      if (++read > kMostCounted) break;
      if (link.node != id && is_drawn_kind(link) && graph_->in_project(link.node)) found.insert(link.node);
    }
    return by_fan_in({found.begin(), found.end()});
  }
  std::vector<NodeId> used(NodeId id) const {
    std::set<NodeId> found;
    for (const Link& link : graph_->uses(id))
      if (link.node != id && runs(link.kind) && graph_->in_project(link.node)) found.insert(link.node);
    return by_fan_in({found.begin(), found.end()});
  }
  bool is_test(NodeId id) const { return classify(graph_->node(id).file) == FileClass::test; }
  const Graph& graph() const { return *graph_; }

  void add_step(NodeId from, NodeId to) { steps_.insert({nodes_.at(from), nodes_.at(to)}); }

  /// What uses what among all that was drawn of this graph. Of what lies behind the touched code only the ways to data
  /// sinks: what its users use beside it is not asked here.
  void add_uses() {
    for (const auto& [id, place] : nodes_) {
      for (const Link& link : graph_->uses(id)) {
        const auto to = nodes_.find(link.node);
        if (to == nodes_.end() || to->second == place || !is_drawn_kind(link)) continue;
        const auto key = std::pair(place, to->second);
        const auto target = drawn_.symbols[to->second].role;
        const bool behind = target == Role::used || target == Role::outside;
        if (behind && drawn_.symbols[place].role != Role::touched && !steps_.contains(key)) continue;
        const auto strength = std::pair(link.confidence, !runs(link.kind));
        const auto [known, fresh] = uses_.try_emplace(key, strength, link.kind);
        if (!fresh && strength < known->second.first) known->second = {strength, link.kind};
      }
      auto& symbol = drawn_.symbols[place];
      if (symbol.role == Role::used || symbol.role == Role::outside) continue;
      const auto all = users(id);
      const auto shown = std::count_if(all.begin(), all.end(), [&](NodeId user) { return has(user); });
      symbol.left_out =
          std::max(symbol.left_out, static_cast<std::uint32_t>(all.size()) - static_cast<std::uint32_t>(shown));
    }
  }

  Surroundings finish() {
    for (const auto& [ends, use] : uses_)
      drawn_.uses.push_back({ends.first, ends.second, use.second, use.first.first, steps_.contains(ends)});
    return std::move(drawn_);
  }
  Surroundings& drawn() { return drawn_; }

 private:
  std::vector<NodeId> by_fan_in(std::vector<NodeId> nodes) const {
    std::sort(nodes.begin(), nodes.end(), [&](NodeId a, NodeId b) {
      return std::pair(~ranks_->transitive_lower(a), a) < std::pair(~ranks_->transitive_lower(b), b);
    });
    return nodes;
  }

  const Graph* graph_ = nullptr;
  const FanInRanks* ranks_ = nullptr;
  Surroundings drawn_;
  std::map<std::tuple<std::string, std::string, std::uint32_t>, std::uint32_t> known_;
  std::map<NodeId, std::uint32_t> nodes_;                    // of the graph that was taken
  std::set<std::pair<std::uint32_t, std::uint32_t>> steps_;  // of ways to data sinks
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<std::pair<Confidence, bool>, EdgeKind>> uses_;
};

/// Users of `from`, step by step; each gets a fair share of the room. Tests only in the first step.
void add_users(Canvas& canvas, std::vector<NodeId> from) {
  std::uint32_t distance = 0;
  for (const std::size_t most : kUsersByDistance) {
    ++distance;
    std::vector<NodeId> next;
    const std::size_t share = std::max<std::size_t>(2, most / std::max<std::size_t>(1, from.size()));
    std::size_t tests = 0;
    for (const NodeId symbol : from) {
      std::size_t taken = 0, read = 0;
      for (const NodeId user : canvas.users(symbol)) {
        if (taken == share || next.size() == most || ++read > kCandidatesRead) break;
        if (canvas.has(user)) continue;
        const bool test = canvas.is_test(user);
        if (test && (distance > 1 || tests == kMostTests)) continue;
        if (!canvas.add(user, test ? Role::test : Role::user, distance)) return;
        if (test) {
          ++tests;
        } else {
          next.push_back(user);
          ++taken;
        }
      }
    }
    from = std::move(next);
  }
}

/// What `from` uses by that name.
NodeId next_on_path(const Graph& graph, NodeId from, const std::string& name) {
  for (const Link& link : graph.uses(from))
    if (is_drawn_kind(link) && graph.node(link.node).name == name) return link.node;
  return kNoNode;
}

/// Draws the shortest way from a user of that name down to the symbol. That user; kNoNode where none is near.
NodeId add_way_to(Canvas& canvas, NodeId symbol, const std::string& name) {
  const Graph& graph = canvas.graph();
  std::vector<std::pair<NodeId, std::size_t>> found{{symbol, 0}};  // with the place of the one that it uses
  std::set<NodeId> seen{symbol};
  for (std::size_t i = 0; i < found.size() && found.size() < kMostSearched; ++i) {
    if (graph.node(found[i].first).name == name) {
      for (std::size_t at = i, distance = 0; at != 0; at = found[at].second, ++distance)
        if (!canvas.add(found[at].first, Role::user, static_cast<std::uint32_t>(distance + 1))) return kNoNode;
      return found[i].first;
    }
    for (const Link& link : graph.users(found[i].first))
      if (runs(link.kind) && graph.in_project(link.node) && seen.insert(link.node).second)
        found.emplace_back(link.node, i);
  }
  return kNoNode;
}

void add_path(Canvas& canvas, NodeId symbol, const FedSink& sink) {
  const Graph& graph = canvas.graph();
  if (sink.path.empty()) return;
  NodeId at = add_way_to(canvas, symbol, sink.path.front());
  if (at == kNoNode) return;
  for (std::size_t i = 1; i < sink.path.size(); ++i) {
    const NodeId next = next_on_path(graph, at, sink.path[i]);
    if (next == kNoNode) return;
    const auto role = graph.node(next).file.empty() ? Role::outside : Role::used;
    if (!canvas.add(next, role, static_cast<std::uint32_t>(i))) return;
    canvas.add_step(at, next);
    at = next;
  }
}

void draw(Canvas& canvas, const std::vector<std::pair<NodeId, const TouchedSymbol*>>& touched) {
  std::vector<NodeId> nodes;
  for (const auto& [id, symbol] : touched) {
    if (canvas.drawn().symbols.size() >= kMostTouched || !canvas.add(id, Role::touched, 0)) {
      ++canvas.drawn().touched_left_out;
      continue;
    }
    nodes.push_back(id);
  }
  for (const auto& [id, symbol] : touched) {
    if (!canvas.has(id)) continue;
    for (std::size_t i = 0; i < std::min(kMostSinks, symbol->sinks.size()); ++i) add_path(canvas, id, symbol->sinks[i]);
  }
  std::size_t used = 0;
  for (const NodeId id : nodes) {
    std::size_t taken = 0;
    for (const NodeId callee : canvas.used(id)) {
      if (used == kMostUsed || taken == std::max<std::size_t>(1, kMostUsed / nodes.size())) break;
      if (canvas.has(callee)) continue;
      if (!canvas.add(callee, Role::used, 1)) break;
      ++used;
      ++taken;
    }
  }
  add_users(canvas, nodes);
  canvas.add_uses();
}

}  // namespace

Surroundings surroundings(const Context& context, const Findings& findings) {
  std::vector<std::pair<NodeId, const TouchedSymbol*>> on_base, on_head;
  for (const auto& symbol : findings.touched) {
    if (symbol.in_test_code) continue;
    if (const NodeId base = base_node(context, symbol); base != kNoNode) {
      on_base.emplace_back(base, &symbol);
    } else if (const NodeId head = head_node(context, symbol); head != kNoNode) {
      on_head.emplace_back(head, &symbol);
    }
  }
  Canvas canvas;
  canvas.take(*context.base, *context.base_ranks);
  draw(canvas, on_base);
  canvas.take(*context.head, *context.head_ranks);
  draw(canvas, on_head);
  return canvas.finish();
}

}  // namespace patchgate
