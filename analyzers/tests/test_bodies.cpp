#include "analyzers/tests/test_bodies.h"

#include <algorithm>

#include "analyzers/tests/test_names.h"

namespace patchgate {

namespace {

/// A test macro makes several functions: the body, and others that register it or set it up.
bool is_body_of(TestMacro macro, const Node& node) {
  if (!node.in_project()) return false;
  switch (macro) {
    case TestMacro::none:
      return false;
    case TestMacro::gtest:
      return node.kind == SymbolKind::method && node.name.ends_with("::TestBody");
    case TestMacro::boost:
      return node.kind == SymbolKind::method && node.name.ends_with("::test_method");
    case TestMacro::catch2:
    case TestMacro::check:
      return node.kind == SymbolKind::function || node.kind == SymbolKind::method;
  }
  return false;
}

bool is_run_by_a_test_file(const Graph& graph, const std::vector<bool>& in_test_file, NodeId id) {
  const auto users = graph.users(id);
  return std::any_of(users.begin(), users.end(), [&](const Link& user) {
    if (!in_test_file[user.node]) return false;
    return user.kind == EdgeKind::address ||
           (user.kind == EdgeKind::call && graph.node(user.node).has(UnitSymbol::variadic_main));
  });
}

}  // namespace

std::vector<FoundTest> find_test_bodies(const Graph& graph, const std::vector<bool>& in_test_file) {
  std::vector<FoundTest> bodies;
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    if (!graph.in_project(id)) continue;
    if (!is_callable(graph.kind(id)) || (!graph.has_origin(id) && !in_test_file[id])) continue;
    const Node& node = graph.node(id);
    if (!node.origin.empty()) {
      TestSpelling spelling = test_of_invocation(node.origin);
      if (is_body_of(spelling.macro, node)) bodies.push_back({id, std::move(spelling.name)});
      if (spelling.macro != TestMacro::none) continue;
    }
    if (!in_test_file[id]) continue;
    if (node.has(UnitSymbol::variadic_main)) {
      bodies.push_back({id, "main (" + node.file + ")"});
    } else if (is_test_function_name(node.name) && is_run_by_a_test_file(graph, in_test_file, id)) {
      bodies.push_back({id, node.name});
    }
  }
  return bodies;
}

}  // namespace patchgate
