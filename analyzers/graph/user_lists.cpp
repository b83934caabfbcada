#include "analyzers/graph/user_lists.h"

#include <algorithm>

#include "analyzers/graph/call_like.h"
#include "analyzers/graph/graph.h"

namespace patchgate {

namespace {

unsigned doubt_of(const Link& link) {
  return link.confidence == Confidence::exact ? 0U : 1U + static_cast<unsigned>(link.rule);
}

}  // namespace

UserLists user_lists_of(const Graph& graph) {
  const auto nodes = static_cast<NodeId>(graph.nodes().size());
  std::vector<std::uint32_t> begin{0};
  begin.reserve(nodes + 1);
  std::vector<UserLink> users;
  users.reserve(graph.edge_count());
  for (NodeId id = 0; id < nodes; ++id) {
    const auto links = graph.users(id);
    for (std::size_t i = 0; i < links.size();) {
      const NodeId user = links[i].node;
      auto surest = links[i].confidence;
      unsigned doubt = kDoubts, call = kConfidences;
      for (; i < links.size() && links[i].node == user; ++i) {
        surest = std::min(surest, links[i].confidence);
        doubt = std::min(doubt, doubt_of(links[i]));
        if (is_call_like(links[i].kind)) call = std::min(call, static_cast<unsigned>(confidence_of_step(links[i])));
      }
      users.emplace_back(user, doubt, surest, call);
    }
    begin.push_back(static_cast<std::uint32_t>(users.size()));
  }
  return {std::move(begin), std::move(users)};
}

}  // namespace patchgate
