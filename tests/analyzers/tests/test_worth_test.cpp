#include "analyzers/tests/test_worth.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "analyzers/tests/tests.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::Story;

/// One test file of that text; the test is what stands on its lines, fee is what it calls.
std::string described(const std::string& path, const std::string& node, const std::string& text,
                      const std::string& more = "") {
  const auto lines = std::to_string(std::count(text.begin(), text.end(), '\n') + 1);
  const auto name = node.substr(node.find(' ') + 1, node.find(' ', node.find(' ') + 1) - node.find(' ') - 1);
  Story story("src/fee.cpp:1-3 function fee\n touch fee\n" + path + ":1-" + lines + " " + node + "\n" + name +
              " -> fee\n" + more);
  story.context.test_evidence.texts = {{path, path, "", text}};
  story.run(tests_reaching);
  const auto& symbol = story.touched("fee");
  return std::to_string(symbol.tests_total) + " " +
         (symbol.tests.empty() ? "not listed" : symbol.tests.front().no_evidence);
}

struct Case {
  const char* name;
  std::string text;
  const char* expected;
  std::string more = "";
};

TEST(TestWorth, OfAFramework) {
  const Case cases[] = {
      {"it asserts", "TEST(Fee, A) { EXPECT_EQ(fee(1), 2); }", "1 "},
      {"a bare call", "TEST(Fee, A) { fee(1); }", "0 asserts nothing"},
      {"a bare call that is logged", "TEST(Fee, A) { LOG(fee(1)); }", "0 asserts nothing"},
      {"what always holds", "TEST(Fee, A) { fee(1); EXPECT_TRUE(true); }", "0 asserts nothing"},
      {"both sides are the same", "TEST(Fee, A) { EXPECT_EQ(fee(1), fee(1)); }", "0 asserts nothing"},
      {"it compares a thing with itself", "TEST(Fee, A) { fee(1); EXPECT_TRUE(a == a); }", "0 asserts nothing"},
      {"FP_ it asserts something else", "TEST(Fee, A) { fee(1); EXPECT_EQ(a, 2); }", "1 "},
      {"FP_ what it asserts never differs", "TEST(Fee, A) { EXPECT_GE(fee(1) * fee(1), 0); }", "1 "},
      {"checked when it is compiled", "TEST(Fee, A) { fee(1); static_assert(sizeof(int) == 4); }", "0 asserts nothing"},
      {"all of it behind if (false)", "TEST(Fee, A) { if (false) { EXPECT_EQ(fee(1), 2); } }", "0 asserts nothing"},
      {"behind if (0) without braces", "TEST(Fee, A) { if (0) EXPECT_EQ(fee(1), 2); }", "0 asserts nothing"},
      {"the else of if (true)", "TEST(Fee, A) { if (true) {} else EXPECT_EQ(fee(1), 2); }", "0 asserts nothing"},
      {"behind a return", "TEST(Fee, A) {\n fee(1);\n return;\n EXPECT_EQ(fee(1), 2);\n}", "0 asserts nothing"},
      {"the call behind if (false), an assertion on something else",
       "TEST(Fee, A) { int x = 1; if (false) fee(1); EXPECT_EQ(x, 1); }", "0 calls fee only where nothing runs"},
      {"do … while (false)", "TEST(Fee, A) { do { EXPECT_EQ(fee(1), 2); } while (false); }", "1 "},
      {"a condition that is none", "TEST(Fee, A) { if (x) EXPECT_EQ(fee(1), 2); }", "1 "},
      {"a return that something guards", "TEST(Fee, A) { if (x) return; EXPECT_EQ(fee(1), 2); }", "1 "},
      {"it skips itself", "TEST(Fee, A) { GTEST_SKIP(); EXPECT_EQ(fee(1), 2); }", "0 is switched off (GTEST_SKIP)"},
      {"it skips where it can not run", "TEST(Fee, A) { if (!net()) GTEST_SKIP(); EXPECT_EQ(fee(1), 2); }", "1 "},
      {"switched off by name", "TEST(Fee, DISABLED_A) { EXPECT_EQ(fee(1), 2); }", "0 is switched off (DISABLED_)"},
      {"a throw", "TEST(Fee, A) { if (fee(1) != 2) throw 1; }", "1 "},
      {"a wrapper named like an assertion", "TEST(Fee, A) { check_fee(1); }", "1 "},
      {"a macro that nobody here knows", "TEST(Fee, A) { SAME(fee(1), 2); }", "1 "},
      {"a macro of this file that asserts", "#define SAME(a, b) EXPECT_EQ(a, b)\nTEST(Fee, A) { SAME(fee(1), 2); }",
       "1 "},
      {"a macro of this file that does not", "#define RUN(a) (a)\nTEST(Fee, A) { RUN(fee(1)); }", "0 asserts nothing"},
      {"no body is found there", "MY_TESTS(Fee)", "1 "},
      {"FN_a loop that never turns", "TEST(Fee, A) { for (int i = 0; i < 0; ++i) EXPECT_EQ(fee(1), 2); }", "1 "},
      {"FN_an assertion about something else", "TEST(Fee, A) { fee(1); EXPECT_EQ(x, 1); }", "1 "},
      {"FN_a constant with a name", "TEST(Fee, A) { if (kNever) EXPECT_EQ(fee(1), 2); }", "1 "},
  };
  for (const auto& one : cases) {
    const bool off = one.text.find("DISABLED_") != std::string::npos;
    EXPECT_EQ(
        described("tests/fee_test.cpp",
                  std::string("method Fee_A_Test::TestBody by TEST(Fee, ") + (off ? "DISABLED_A)" : "A)"), one.text),
        one.expected)
        << one.name;
  }
}

TEST(TestWorth, OfAPlainFunction) {
  const Case cases[] = {
      {"a bare call", "int main() { fee(1); return 0; }", "0 asserts nothing"},
      {"it calls assert", "int main() { assert(fee(1) == 2); }", "1 "},
      {"it returns what it found", "int main() { return fee(1) == 2 ? 0 : 1; }", "1 "},
      {"it returns another function's answer", "int main() { return fee(1); }", "1 "},
      {"it keeps its own count", "int main() { if (fee(1) != 2) ++failed; return 0; }", "1 "},
      {"it ends the program", "int main() { fee(1) || (abort(), 0); }", "1 "},
      {"it ends it as a success", "int main() { fee(1); exit(0); }", "0 asserts nothing"},
      {"FN_a condition that decides nothing", "int main() { if (x) fee(1); return 0; }", "1 "},
  };
  for (const auto& one : cases)
    EXPECT_EQ(described("tests/fee_check.c", "function main main", one.text), one.expected) << one.name;
}

TEST(TestWorth, ThroughOthers) {
  const std::string method = "method Fee_A_Test::TestBody by TEST(Fee, A)";
  const std::string text = "TEST(Fee, A) { both(1); }\n";
  const std::string by_line_9 = "tests/fee_test.cpp:9 function both\n Fee_A_Test::TestBody -> both";
  const std::string gap = "\n\n\n\n\n\n\n";
  const auto worth = [&](const std::string& helper, const std::string& more) {
    // The test is on the first line only.
    Story story("src/fee.cpp:1-3 function fee\n touch fee\n tests/fee_test.cpp:1 " + method +
                "\n Fee_A_Test::TestBody -> fee\n" + more);
    story.context.test_evidence.texts = {{"tests/fee_test.cpp", "tests/fee_test.cpp", "", text + gap + helper}};
    story.run(tests_reaching);
    return std::to_string(story.touched("fee").tests_total);
  };
  EXPECT_EQ(worth("void both(int n) { EXPECT_EQ(fee(n), 2); }", by_line_9), "1") << "the helper asserts";
  EXPECT_EQ(worth("void both(int n) { fee(n); }", by_line_9), "0") << "the helper asserts nothing";
  EXPECT_EQ(worth("", "tests/util.cpp:9 function both\n Fee_A_Test::TestBody -> both"), "1")
      << "FN_ the text of the helper is not at hand";
  EXPECT_EQ(worth("", "src/util.cpp:9 function both\n Fee_A_Test::TestBody -> both"), "0")
      << "FP_ a helper that is no test code may assert";
}

TEST(TestWorth, CountsNowhereAndIsListedLast) {
  Story story(
      "src/fee.cpp:1-3 function fee\n src/bill.cpp:1 function bill\n bill -> fee\n touch fee\n"
      "tests/fee_test.cpp:1 method Fee_A_Test::TestBody by TEST(Fee, A)\n Fee_A_Test::TestBody -> fee\n"
      "touch Fee_A_Test::TestBody\n"
      "tests/old_test.cpp:1 method Fee_B_Test::TestBody by TEST(Fee, B)\n Fee_B_Test::TestBody -> bill");
  story.context.test_evidence.texts = {{"tests/fee_test.cpp", "tests/fee_test.cpp", "", "TEST(Fee, A) { fee(1); }"}};
  story.run(tests_reaching);
  EXPECT_EQ(story.fact("tests.reaching.count"), "tests.reaching.count = 1 at tests/old_test.cpp:1");
  EXPECT_EQ(story.fact("tests.changed.count"), "tests.changed.count = 0");
  const auto& symbol = story.touched("fee");
  EXPECT_EQ(symbol.tests_changed, 0U);
  ASSERT_EQ(symbol.tests.size(), 2U);
  EXPECT_EQ(symbol.tests[0].name + symbol.tests[0].no_evidence, "Fee.B");
  EXPECT_EQ(symbol.tests[1].name + " " + symbol.tests[1].no_evidence, "Fee.A asserts nothing");
}

TEST(TestWorth, HostileTextIsBounded) {
  std::string text = "TEST(Fee, A) { ";
  for (int i = 0; i < 100'000; ++i) text += "if (true) ";
  EXPECT_EQ(described("tests/fee_test.cpp", "method Fee_A_Test::TestBody by TEST(Fee, A)", text + "fee(1); }"),
            "0 asserts nothing");
}

}  // namespace
}  // namespace patchgate
