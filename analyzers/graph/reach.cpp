#include "analyzers/graph/reach.h"

#include <algorithm>
#include <tuple>

namespace patchgate {

// Level by level: all ways of the shortest length into a node come from the level before, so the best of them is known
// when that level is done.
std::vector<Reached> reach(const Graph& graph, std::span<const NodeId> starts, Direction direction,
                           const std::function<bool(NodeId from, const Link&)>& follow) {
  constexpr std::uint32_t kUnseen = 0xffffffffU;
  std::vector<std::uint32_t> place(graph.nodes().size(), kUnseen);  // in `found`
  std::vector<Reached> found;
  for (const NodeId start : starts) {
    if (start < place.size()) found.push_back({start, 0, kNoNode, Confidence::exact});
  }
  const auto by_node = [](const Reached& a, const Reached& b) { return a.node < b.node; };
  std::sort(found.begin(), found.end(), by_node);
  found.erase(std::unique(found.begin(), found.end(), [](auto& a, auto& b) { return a.node == b.node; }), found.end());
  for (std::uint32_t i = 0; i < found.size(); ++i) place[found[i].node] = i;

  for (std::size_t begin = 0, end = found.size(); begin < end; begin = end, end = found.size()) {
    for (std::size_t i = begin; i < end; ++i) {
      const Reached from = found[i];
      const auto links = direction == Direction::to_users ? graph.users(from.node) : graph.uses(from.node);
      for (const Link& link : links) {
        const std::uint32_t seen = place[link.node];
        if (seen < end) continue;  // on this level or an earlier one
        if (follow && !follow(from.node, link)) continue;
        const Reached way{link.node, from.distance + 1, from.node, std::max(from.weakest, link.confidence)};
        if (seen == kUnseen) {
          place[link.node] = static_cast<std::uint32_t>(found.size());
          found.push_back(way);
        } else if (std::tie(way.weakest, way.via) < std::tie(found[seen].weakest, found[seen].via)) {
          found[seen] = way;
        }
      }
    }
    std::sort(found.begin() + static_cast<std::ptrdiff_t>(end), found.end(), by_node);
    for (auto i = static_cast<std::uint32_t>(end); i < found.size(); ++i) place[found[i].node] = i;
  }
  return found;
}

}  // namespace patchgate
