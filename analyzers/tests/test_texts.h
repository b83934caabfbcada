#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/source_tokens.h"

namespace patchgate {

/// A call that ends a test as failed when something does not hold: EXPECT_EQ, REQUIRE, assert, ck_assert_int_eq, a
/// wrapper named like them (checkBalance, VERIFY_ROWS).
struct TestAssertion {
  std::string call;                 ///< the name
  std::vector<std::string> tokens;  ///< of the arguments, commas and brackets included
  std::vector<std::string> names;   ///< in the arguments, sorted and distinct, at most 64
  std::uint32_t line = 0;
  std::uint32_t conditions = 0;  ///< `if`, `else` and `switch` around it in its test
  bool always_holds = false;     ///< no name stands in it but true and false, or both sides are the same text
  std::string text() const;      ///< on one line, at most 160 bytes
};

/// A test as it is written.
struct TestText {
  std::string name;        ///< "Suite.Name", "a case", "test_fee"; without DISABLED_; empty = all code outside of tests
  std::uint32_t line = 0;  ///< 0 for what lies outside of tests
  std::string off;         ///< why it does not run: "DISABLED_", "#if 0", "a comment", "the tag [.]"; empty = it runs
  std::vector<TestAssertion> assertions;
  std::vector<TestAssertion> logs;    ///< calls that only tell: printf, LOG, std::cerr <<
  std::vector<std::uint32_t> skips;   ///< lines with GTEST_SKIP and its like
  std::uint32_t returns_at = 0;       ///< line of a `return` that no condition guards, with assertions behind it
  std::vector<std::uint32_t> asides;  ///< lines of comments that hold an assertion
};

/// The tests of a source file, in its order, those in comments and in `#if 0` too; then one without a name for all that
/// lies outside of them. Tests are what test_of_invocation knows, and functions that is_test_function_name names.
std::vector<TestText> tests_in_text(std::string_view text);

/// Whether a function of that name asserts, by the words that the name is made of.
bool is_assertion_name(std::string_view name);

}  // namespace patchgate
