#pragma once

#include <cstdint>
#include <vector>

#include "analyzers/graph/graph.h"

namespace patchgate {

struct FullEdge {
  NodeId from = 0;
  NodeId to = 0;
  std::uint32_t line = 0;
  EdgeKind kind = EdgeKind::call;
  Confidence confidence = Confidence::exact;
  EdgeRule rule = EdgeRule::syntax;
};

/// Links grouped by node: those of node n are links[begin[n]] to links[begin[n + 1]], sorted by (node, kind,
/// confidence), each (from, to, kind) once, with its surest confidence, the surest rule of that and its smallest line.
struct Adjacency {
  std::vector<std::uint32_t> begin;
  std::vector<Link> links;
};

Adjacency by_source(const std::vector<FullEdge>& edges, std::size_t nodes);
/// The same edges seen from their other end.
Adjacency reversed(const Adjacency& forward);

}  // namespace patchgate
