#pragma once

#include <string>
#include <string_view>

#include "analyzers/graph/graph.h"
#include "analyzers/model/test_evidence.h"
#include "analyzers/tests/tests_of_graph.h"

namespace patchgate {

/// For each test of head why it is no evidence, whatever it reaches; empty = it counts:
/// "asserts nothing", "is switched off (DISABLED_)", "is switched off (GTEST_SKIP)", "calls fee only where nothing
/// runs".
///
/// - Told from the text of head, for files that the patch changes: of other tests, and where no body is found at the
///   place that the graph names, nothing is known, and they count.
/// - What asserts: a call named like an assertion that has something to compare, `throw`, abort and its like, `exit`
/// and
///   `return` with anything but success, a macro that is not known here, and a function of the test code that does one
///   of these or whose text is not at hand. A test that is a plain function or a main may keep its own count: there a
///   condition or a comparison is enough.
/// - What stands behind `if (false)` or after a `return` that nothing guards does not run.
std::vector<std::string> why_no_evidence(const Graph& head, const TestsOfGraph& tests,
                                         const TestEvidenceInputs& inputs);

}  // namespace patchgate
