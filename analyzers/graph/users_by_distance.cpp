#include "analyzers/graph/users_by_distance.h"

#include <algorithm>
#include <tuple>

#include "analyzers/graph/reach.h"

namespace patchgate {

namespace {

Link surest_link(const Graph& graph, NodeId user, NodeId used) {
  Link best;
  for (const Link& link : graph.uses(user)) {
    if (link.node != used) continue;
    const bool better =
        std::tie(link.confidence, link.rule, link.kind) < std::tie(best.confidence, best.rule, best.kind);
    if (best.node == kNoNode || better) best = link;
  }
  return best;
}

}  // namespace

std::vector<DistantUser> users_by_distance(const Graph& graph, NodeId symbol) {
  std::vector<DistantUser> users;
  std::vector<bool> seen(graph.nodes().size());
  const NodeId starts[] = {symbol};
  for (const bool proven : {true, false}) {
    const auto follow = [&](NodeId, const Link& link) { return !proven || link.confidence == Confidence::exact; };
    for (const Reached& reached : reach(graph, starts, Direction::to_users, follow)) {
      if (reached.node == symbol || seen[reached.node]) continue;
      seen[reached.node] = true;
      if (!graph.node(reached.node).in_project()) continue;
      users.push_back(
          {reached.node, reached.distance, proven, reached.via, surest_link(graph, reached.node, reached.via)});
    }
  }
  std::sort(users.begin(), users.end(), [&](const DistantUser& a, const DistantUser& b) {
    const Node& x = graph.node(a.node);
    const Node& y = graph.node(b.node);
    return std::tie(a.distance, b.proven, x.name, x.file, x.line, a.node) <
           std::tie(b.distance, a.proven, y.name, y.file, y.line, b.node);
  });
  return users;
}

}  // namespace patchgate
