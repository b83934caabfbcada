#include "analyzers/graph/condense.h"

#include <algorithm>

#include "analyzers/graph/strong_components.h"

namespace patchgate {

namespace {

bool counts(const Link& link, EdgeSet edges) { return edges == EdgeSet::all || link.confidence == Confidence::exact; }

}  // namespace

Condensed condense(const Graph& graph, EdgeSet edges) {
  auto components = strong_components(graph.nodes().size(), [&](NodeId node, std::size_t& cursor, NodeId& target) {
    const auto links = graph.uses(node);
    while (cursor < links.size() && !counts(links[cursor], edges)) ++cursor;
    if (cursor == links.size()) return false;
    target = links[cursor++].node;
    return true;
  });
  Condensed out;
  out.component = std::move(components.of);
  const std::uint32_t count = components.count;
  out.members.assign(count, 0);

  std::vector<std::uint32_t> begin(count + 1, 0);  // nodes by component
  for (NodeId id = 0; id < out.component.size(); ++id) {
    const auto c = out.component[id];
    ++begin[c + 1];
    if (graph.in_project(id)) ++out.members[c];
  }
  for (std::uint32_t c = 0; c < count; ++c) begin[c + 1] += begin[c];
  std::vector<NodeId> nodes(out.component.size());
  auto next = begin;
  for (NodeId id = 0; id < out.component.size(); ++id) nodes[next[out.component[id]]++] = id;

  out.begin.reserve(count + 1);
  out.begin.push_back(0);
  for (std::uint32_t c = 0; c < count; ++c) {
    const auto first = static_cast<std::ptrdiff_t>(out.used.size());
    for (auto i = begin[c]; i < begin[c + 1]; ++i) {
      for (const Link& link : graph.uses(nodes[i])) {
        const auto other = out.component[link.node];
        if (counts(link, edges) && other != c) out.used.push_back(other);
      }
    }
    std::sort(out.used.begin() + first, out.used.end());
    out.used.erase(std::unique(out.used.begin() + first, out.used.end()), out.used.end());
    out.begin.push_back(static_cast<std::uint32_t>(out.used.size()));
  }
  return out;
}

}  // namespace patchgate
