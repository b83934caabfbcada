#pragma once

#include "analyzers/graph/context.h"

namespace patchgate {

/// Which tests reach every touched symbol, over all edges of head's graph, backwards from the symbol to the test's
/// body.
///
/// - `tests.reaching.count`, `tests.changed.count` and the counts of each symbol are of proven ways only: that a test
///   *may* reach a symbol through a virtual call or a function pointer is no evidence. Such tests are listed after the
///   others, with `weakest`.
/// - A symbol that the patch removes is looked up on the base; tests that are gone from head do not count for it.
/// - A test is changed when the patch touches or adds its own body.
/// - A test that reaches a symbol and shows nothing counts for it nowhere; it is listed last, with `no_evidence`: see
///   test_worth.h, and test_results.h for what the runs at head say of it.
/// - What counts as a test: see test_bodies.h. Where none is found at all, that is a blind spot.
/// - Touched test code needs no test; it is not counted, but its own tests are listed.
/// - Results of test runs (JUnit) are put to the tests that surely reach each symbol; see test_results.h.
extern const Analyzer tests_reaching;

/// Tests of which the patch takes strength away, from the texts of both sides alone: `tests.weakened.count`, distinct
/// tests. See weakened.cpp for what is compared.
extern const Analyzer tests_weakened;

}  // namespace patchgate
