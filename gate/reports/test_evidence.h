#pragma once

#include <string>
#include <vector>

#include "gate/reports/report.h"

namespace patchgate {

// What test runs say, for the formats for people. All of it holds names as they came: escape them where they are
// written.

/// The four grades of a symbol in one line: "reached by 2 tests, executed 4 of 6 changed lines (3 of 4 branches),
/// passed 2 tests, pins the fix: Fee.Empty [claimed]". Empty where no results and no coverage were given, and for test
/// code.
std::string grades_in_words(const TouchedSymbol& symbol);

/// The same for a table beside the nearest test: "executed 4 of 6 lines, passed, pins the fix [claimed]". May be empty.
std::string grades_in_short(const TouchedSymbol& symbol);

/// Tests that the patch makes weaker, a line each: "Fee.Empty: an assertion is gone (tests/fee_test.cpp:12):
/// EXPECT_EQ(fee(0), 0)".
std::vector<std::string> weakened_in_words(const Report& report);

}  // namespace patchgate
