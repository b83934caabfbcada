#pragma once

#include <string>
#include <string_view>

namespace patchgate {

/// The frameworks that write a test's body by a macro, told apart by the invocation.
enum class TestMacro { none, gtest, catch2, boost, check };

/// What a macro invocation as it was written makes: `TEST_F(Fee, Rounds)` → gtest, "Fee.Rounds".
struct TestSpelling {
  TestMacro macro = TestMacro::none;
  std::string name;
};
TestSpelling test_of_invocation(std::string_view origin);

/// test_fee, fee_test, TestFee, testFee: how C programs name the functions of their tests.
bool is_test_function_name(std::string_view qualified);

}  // namespace patchgate
