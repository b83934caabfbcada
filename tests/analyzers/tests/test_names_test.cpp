#include "analyzers/tests/test_names.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* origin;
  TestMacro macro;
  const char* name;
};

const Case kCases[] = {
    {"TEST(Fee, Rounds)", TestMacro::gtest, "Fee.Rounds"},
    {"TEST_F( FeeTest ,\n  Rounds )", TestMacro::gtest, "FeeTest.Rounds"},
    {"TEST_P(Fee, All)", TestMacro::gtest, "Fee.All"},
    {"TYPED_TEST(Fee, All)", TestMacro::gtest, "Fee.All"},
    {"TEST_CASE(\"fees, rounded\", \"[fee]\")", TestMacro::catch2, "fees, rounded"},
    {"TEST_CASE(\"a \\\"quoted\\\" (one)\")", TestMacro::catch2, "a \\\"quoted\\\" (one)"},
    {"TEST_CASE_METHOD(Fixture<int, long>, \"with a fixture\")", TestMacro::catch2, "with a fixture"},
    {"SCENARIO(\"a customer pays\")", TestMacro::catch2, "a customer pays"},
    {"DOCTEST_TEST_CASE(\"x\")", TestMacro::catch2, "x"},
    {"BOOST_AUTO_TEST_CASE(rounds)", TestMacro::boost, "rounds"},
    {"BOOST_FIXTURE_TEST_CASE(rounds, Fixture)", TestMacro::boost, "rounds"},
    {"START_TEST(test_fee)", TestMacro::check, "test_fee"},
    {"TEST_CASE(\"cut off at its", TestMacro::catch2, "\"cut off at its"},
    {"TEST_CASE()", TestMacro::catch2, "TEST_CASE without a name"},
    {"TEST", TestMacro::none, ""},
    {"TESTING(Fee, Rounds)", TestMacro::none, ""},
    {"EXPECT_EQ(1, 2)", TestMacro::none, ""},
    {"", TestMacro::none, ""},
};

TEST(TestNames, OfInvocations) {
  for (const Case& c : kCases) {
    const TestSpelling spelling = test_of_invocation(c.origin);
    EXPECT_EQ(spelling.macro, c.macro) << c.origin;
    EXPECT_EQ(spelling.name, c.name) << c.origin;
  }
}

TEST(TestNames, OfFunctions) {
  for (const char* name : {"test_fee", "fee_test", "ns::test_fee", "fee_tests", "testFee", "TestFee"}) {
    EXPECT_TRUE(is_test_function_name(name)) << name;
  }
  for (const char* name : {"fee", "test", "testify", "contest", "test_fee::operator()", "latest"}) {
    EXPECT_FALSE(is_test_function_name(name)) << name;
  }
}

}  // namespace
}  // namespace patchgate
