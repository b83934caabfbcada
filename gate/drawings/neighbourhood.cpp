#include "gate/drawings/neighbourhood.h"

#include <algorithm>
#include <tuple>

namespace patchgate {
namespace {

constexpr std::size_t kNoBox = ~std::size_t{0};

/// Depth of the walk is bounded before it begins to look at the next level.
std::vector<Reached> near(const Graph& graph, std::span<const NodeId> symbols, Direction direction, std::uint32_t depth,
                          const EdgeFilter& filter) {
  std::vector<Reached> found;
  std::vector<bool> seen(graph.nodes().size());
  for (const NodeId id : symbols) {
    if (!seen[id]) found.push_back({id, 0, kNoNode, Confidence::exact});
    seen[id] = true;
  }
  for (std::size_t i = 0; i < found.size() && found[i].distance < depth; ++i) {
    const auto from = found[i];
    for (const Link& link : direction == Direction::to_users ? graph.users(from.node) : graph.uses(from.node)) {
      if (seen[link.node] || !filter.wants(link.kind, link.confidence)) continue;
      seen[link.node] = true;
      found.push_back({link.node, from.distance + 1, from.node, link.confidence});
    }
  }
  return found;
}

}  // namespace

std::vector<NodeId> within(const Graph& graph, std::span<const NodeId> symbols, Direction direction,
                           std::uint32_t depth, const EdgeFilter& filter) {
  std::vector<NodeId> nodes;
  for (const auto& reached : near(graph, symbols, direction, depth, filter)) nodes.push_back(reached.node);
  return nodes;
}

Neighbourhood neighbourhood(const Graph& graph, const FanInRanks& ranks, std::span<const NodeId> symbols,
                            Direction direction, std::uint32_t depth, std::size_t most, const EdgeFilter& filter) {
  auto found = near(graph, symbols, direction, depth, filter);
  std::sort(found.begin(), found.end(), [&](const Reached& a, const Reached& b) {
    const auto lower = [&](const Reached& r) { return ranks.transitive_lower(r.node); };
    return std::tuple(a.distance, ~lower(a), a.node) < std::tuple(b.distance, ~lower(b), b.node);
  });

  Neighbourhood drawn;
  std::vector<std::size_t> box_of(graph.nodes().size(), kNoBox);
  std::vector<bool> known(graph.nodes().size());
  for (const auto& reached : found) {
    known[reached.node] = true;
    // Cut off at the nearest: what hangs on a symbol that is not drawn would float.
    if (drawn.boxes.size() < most && (reached.via == kNoNode || box_of[reached.via] != kNoBox)) {
      box_of[reached.node] = drawn.boxes.size();
      drawn.boxes.push_back({reached.node, reached.distance, 0});
    } else {
      ++drawn.left_out;
    }
  }
  for (std::size_t from = 0; from < drawn.boxes.size(); ++from) {
    auto& box = drawn.boxes[from];
    const auto links = direction == Direction::to_users ? graph.users(box.node) : graph.uses(box.node);
    NodeId last = kNoNode;
    for (const Link& link : links) {
      if (!filter.wants(link.kind, link.confidence) || link.node == box.node) continue;
      if (box_of[link.node] == kNoBox && known[link.node] && link.node != last) ++box.left_out;
      last = link.node;
      if (box_of[link.node] == kNoBox) continue;
      const auto other = box_of[link.node];
      auto arrow = direction == Direction::to_users ? Neighbourhood::Arrow{other, from, link}
                                                    : Neighbourhood::Arrow{from, other, link};
      drawn.arrows.push_back(arrow);
    }
  }
  auto& arrows = drawn.arrows;
  std::sort(arrows.begin(), arrows.end(), [](const auto& a, const auto& b) {
    return std::tie(a.from, a.to, a.link.confidence, a.link.rule, a.link.kind) <
           std::tie(b.from, b.to, b.link.confidence, b.link.rule, b.link.kind);
  });
  arrows.erase(std::unique(arrows.begin(), arrows.end(),
                           [](const auto& a, const auto& b) { return a.from == b.from && a.to == b.to; }),
               arrows.end());
  return drawn;
}

}  // namespace patchgate
