#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/graph/context.h"
#include "analyzers/tests/tests_of_graph.h"

namespace patchgate {

/// What runs of the same identity (suite and name) come to: a pass and a failure, in whatever order, is flaky.
using RunIdentity = std::pair<std::string, std::string>;
std::map<RunIdentity, TestOutcome> outcomes_of(const std::vector<TestRunInput>& inputs);

/// The name by which the graph may know a run, in the order in which they are tried:
/// `Suite.Name` of GoogleTest and of ctest with gtest_discover_tests, without the instance (`All/Suite`, `Name/0`,
/// `Suite/0`) and without ctest's `# GetParam()`; the name itself (Catch2, functions), and its beginnings up to each
/// `/` (sections of Catch2).
std::vector<std::string> graph_names_of(const RunIdentity& run);

/// The runs of both sides, put to the tests of head's graph.
class TestResults {
 public:
  TestResults(const TestEvidenceInputs& inputs, const TestsOfGraph& tests);

  /// Tells a symbol about the tests that surely reach it: their numbers, distinct.
  void tell(TouchedSymbol& symbol, std::span<const std::uint32_t> tests);
  /// Why the runs at head take its worth from a test: "failed", "is flaky", "was skipped"; empty = they do not.
  std::string why_no_evidence(std::uint32_t test) const;
  /// tests.results.* and tests.pinning.count, and remarks. After all symbols were told.
  void state(Findings& findings) const;

 private:
  struct OfTest {
    bool passed = false, failed = false, flaky = false, skipped = false;
    std::vector<RunIdentity> pinning;  ///< fail on the base, pass at head
    bool reaches = false;
  };
  const TestEvidenceInputs& inputs_;
  const TestsOfGraph& tests_;
  std::map<RunIdentity, TestOutcome> at_head_, at_base_;
  std::map<std::uint32_t, OfTest> of_test_;
  std::size_t unmatched_ = 0;  ///< runs at head
  std::vector<RunIdentity> pinning_unmatched_;
  std::string example_unmatched_;
};

/// The same without a graph: nothing can be put to a symbol.
void state_results_without_graph(const Context& context, Findings& findings);

}  // namespace patchgate
