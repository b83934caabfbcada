#pragma once

#include <string>
#include <vector>

#include "analyzers/graph/graph.h"

namespace patchgate {

/// A function that a test framework, or the test program's own main, runs as a test. Recognised are
/// - bodies that a macro of GoogleTest, Catch2, doctest, Boost.Test or Check wrote (by the invocation's spelling);
/// - functions named like a test, defined in a test file, whose address is taken there (tables of cmocka and of plain
/// C)
///   or that a main in a test file calls;
/// - every main in a test file, for what it does itself. The way through another test counts for that test.
struct FoundTest {
  NodeId node = kNoNode;
  std::string name;  ///< "Suite.Name", a Catch2 title, the function's name; of a main "main (tests/fee.c)"
};

/// Sorted by node.
std::vector<FoundTest> find_test_bodies(const Graph& graph, const std::vector<bool>& in_test_file);

}  // namespace patchgate
