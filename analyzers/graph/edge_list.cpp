#include "analyzers/graph/edge_list.h"

#include <algorithm>
#include <tuple>

namespace patchgate {

namespace {

auto key(const Link& link) { return std::tuple(link.node, link.kind); }

/// Counts → beginnings: begin[n + 1] held the number of links of n.
void accumulate(std::vector<std::uint32_t>& begin) {
  for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
}

}  // namespace

// A counting sort by source, then a small sort for each node: linear but for the small sorts.
Adjacency by_source(const std::vector<FullEdge>& edges, std::size_t nodes) {
  Adjacency out;
  out.begin.assign(nodes + 1, 0);
  for (const auto& edge : edges) ++out.begin[edge.from + 1];
  accumulate(out.begin);
  out.links.resize(edges.size());
  std::vector<std::uint32_t> next(out.begin.begin(), out.begin.end() - 1);
  for (const auto& edge : edges) {
    out.links[next[edge.from]++] = Link{edge.to, edge.kind, edge.confidence, edge.rule, edge.line};
  }

  std::uint32_t kept = 0;
  for (std::size_t node = 0; node < nodes; ++node) {
    const auto first = out.links.begin() + out.begin[node];
    const auto last = out.links.begin() + out.begin[node + 1];
    std::sort(first, last, [](const Link& a, const Link& b) {
      return std::tuple(key(a), a.confidence, a.rule, a.line) < std::tuple(key(b), b.confidence, b.rule, b.line);
    });
    const std::uint32_t begin = kept;
    for (auto link = first; link != last; ++link) {
      if (kept > begin && key(out.links[kept - 1]) == key(*link)) continue;
      out.links[kept++] = *link;
    }
    out.begin[node] = begin;
  }
  out.begin[nodes] = kept;
  out.links.resize(kept);
  out.links.shrink_to_fit();
  return out;
}

Adjacency reversed(const Adjacency& forward) {
  const std::size_t nodes = forward.begin.size() - 1;
  Adjacency out;
  out.begin.assign(nodes + 1, 0);
  for (const auto& link : forward.links) ++out.begin[link.node + 1];
  accumulate(out.begin);
  out.links.resize(forward.links.size());
  std::vector<std::uint32_t> next(out.begin.begin(), out.begin.end() - 1);
  // Sources in rising order, so each node's links come out sorted.
  for (NodeId from = 0; from < nodes; ++from) {
    for (auto i = forward.begin[from]; i < forward.begin[from + 1]; ++i) {
      const Link& link = forward.links[i];
      out.links[next[link.node]++] = Link{from, link.kind, link.confidence, link.rule, link.line};
    }
  }
  return out;
}

}  // namespace patchgate
