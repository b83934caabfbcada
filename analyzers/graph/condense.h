#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analyzers/graph/graph.h"

namespace patchgate {

enum class EdgeSet { exact, all };

/// Strongly connected components over some edges, numbered so that whoever uses a component has a smaller number, and
/// the acyclic graph between them.
struct Condensed {
  std::vector<std::uint32_t> component;  ///< of each node
  std::vector<std::uint32_t> members;    ///< project symbols in each component
  std::vector<std::uint32_t> begin;      ///< components + 1
  std::vector<std::uint32_t> used;       ///< the components that component c uses: used[begin[c]] to used[begin[c + 1]]

  std::size_t size() const { return members.size(); }
  std::span<const std::uint32_t> used_by(std::uint32_t c) const {
    return {used.data() + begin[c], begin[c + 1] - begin[c]};
  }
};

Condensed condense(const Graph& graph, EdgeSet edges);

}  // namespace patchgate
