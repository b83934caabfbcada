#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analyzers/model/result.h"
#include "analyzers/model/test_evidence.h"

namespace patchgate {

inline constexpr std::size_t kJUnitBytes = 64U << 20U;

/// The runs in a JUnit file as ctest, GoogleTest, Catch2, pytest and Maven write it, in the order of the file; nested
/// suites too. The suite of a run is its classname, else the name of the suite around it.
///
/// - A failure or an error is failed, also beside a `skipped`. What did not run (skipped, disabled, notrun, suppressed)
///   is skipped. A pass after a `flakyFailure` is flaky.
/// - Errors (config, at `name` and the line): no XML, no JUnit, a testcase without a name, more than a million runs, a
///   word in `status` or `result` that no runner is known to write, and a suite whose `tests`, or `failures` and
///   `errors` together, are not what it holds: a part of it is missing, or was put in. Catch2 counts checks there;
///   where every class begins with the suite's name, as it writes them, only failures without a failed case are an
///   error.
Result<std::vector<TestRun>> read_junit(const std::string& name, std::string&& text);

}  // namespace patchgate
