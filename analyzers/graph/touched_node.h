#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "analyzers/graph/context.h"
#include "analyzers/graph/graph.h"
#include "analyzers/model/patch.h"
#include "analyzers/model/touched.h"

namespace patchgate {

/// The node of (usr, file); where that file defines none, the only node of that usr; else kNoNode.
inline NodeId node_of(const Graph& graph, std::uint64_t usr, const std::string& file) {
  if (usr == 0) return kNoNode;
  if (const NodeId node = graph.find(usr, file); node != kNoNode) return node;
  const auto all = graph.find(usr);
  return all.size() == 1 ? all.front() : kNoNode;
}

inline NodeId base_node(const Context& context, const TouchedSymbol& symbol) {
  return node_of(*context.base, symbol.base_usr, symbol.base_file);
}

inline NodeId head_node(const Context& context, const TouchedSymbol& symbol) {
  return node_of(*context.head, symbol.head_usr, symbol.head_file);
}

/// Which nodes lie in test files, by node id. Files are classified once each.
inline std::vector<bool> nodes_in_test_files(const Graph& graph) {
  std::vector<bool> in_test(graph.nodes().size());
  for (const auto& [file, first, end] : graph.files()) {
    if (!file.empty() && classify(file) == FileClass::test)
      std::fill(in_test.begin() + first, in_test.begin() + end, true);
  }
  return in_test;
}

}  // namespace patchgate
