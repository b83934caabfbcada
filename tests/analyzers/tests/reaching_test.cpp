#include <gtest/gtest.h>

#include "analyzers/tests/tests.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::joined;
using test::Story;

/// The first touched symbol's tests, then the three counts.
std::string described(Story& story) {
  story.run(tests_reaching);
  const TouchedSymbol& symbol = story.findings.touched.front();
  std::string text = std::to_string(symbol.tests_total) + "/" + std::to_string(symbol.tests_changed);
  for (const ReachingTest& test : symbol.tests) {
    text += "; " + test.name + " " + test.at.file + ":" + std::to_string(test.at.line) + " at " +
            std::to_string(test.distance) + (test.changed ? " changed" : "") +
            (test.weakest == Confidence::exact ? "" : std::string(" ") + name_of(test.weakest));
  }
  const auto count = [&](const char* name) {
    const std::string fact = story.fact(name);
    const auto found = fact.find_first_of("=?");
    return fact.substr(found, fact.find(" at ") - found);
  };
  return text + " | " + count("tests.reaching.count") + " " + count("tests.changed.count") + " " +
         count("tests.removed.count");
}

struct Case {
  const char* name;
  std::string story;
  const char* expected;
};

const std::string kFee =
    "src/fee.cpp:1-3 function fee\n src/bill.cpp:1-3 function bill\n bill -> fee\n touch fee\n"
    "tests/fee_test.cpp:5-8 method Fee_A_Test::TestBody by TEST(Fee, A)\n"
    "tests/fee_test.cpp:9-12 method Fee_B_Test::TestBody by TEST(Fee, B)\n";

const Case kCases[] = {
    {"no test calls it", kFee, "0/0 | = 0 = 0 = 0"},
    {"nearest first", kFee + "Fee_A_Test::TestBody -> bill\n Fee_B_Test::TestBody -> fee",
     "2/0; Fee.B tests/fee_test.cpp:9 at 1; Fee.A tests/fee_test.cpp:5 at 2 | = 2 = 0 = 0"},
    {"by name where equally near", kFee + "Fee_B_Test::TestBody -> fee\n Fee_A_Test::TestBody -> fee",
     "2/0; Fee.A tests/fee_test.cpp:5 at 1; Fee.B tests/fee_test.cpp:9 at 1 | = 2 = 0 = 0"},
    {"a possible way is listed and does not count",
     kFee + "Fee_A_Test::TestBody -> bill override possible\n Fee_B_Test::TestBody -> bill",
     "1/0; Fee.B tests/fee_test.cpp:9 at 2; Fee.A tests/fee_test.cpp:5 at 2 possible | = 1 = 0 = 0"},
    {"a proven way counts even when a possible one is shorter",
     kFee + "Fee_A_Test::TestBody -> fee indirect possible\n Fee_A_Test::TestBody -> bill",
     "1/0; Fee.A tests/fee_test.cpp:5 at 2 | = 1 = 0 = 0"},
    {"a changed test", kFee + "Fee_A_Test::TestBody -> fee\n touch Fee_A_Test::TestBody",
     "1/1; Fee.A tests/fee_test.cpp:5 at 1 changed | = 1 = 1 = 0"},
    {"an added test",
     kFee + "head|tests/fee_test.cpp:20-22 method Fee_C_Test::TestBody by TEST(Fee, C)\n"
            "head|Fee_C_Test::TestBody -> fee\n touch Fee_C_Test::TestBody",
     "1/1; Fee.C tests/fee_test.cpp:20 at 1 changed | = 1 = 1 = 0"},
    {"a changed test that reaches nothing touched is no evidence", kFee + "touch Fee_A_Test::TestBody",
     "0/0 | = 0 = 0 = 0"},
    {"the change is put down to the class around the body",
     kFee + "Fee_A_Test::TestBody -> fee\n tests/fee_test.cpp:5-8 type Fee_A_Test\n touch Fee_A_Test",
     "1/1; Fee.A tests/fee_test.cpp:5 at 1 changed | = 1 = 1 = 0"},
    {"a removed test",
     kFee + "base|tests/fee_test.cpp:20-22 method Fee_C_Test::TestBody by TEST(Fee, C)\n"
            "base|Fee_C_Test::TestBody -> fee\n touch Fee_C_Test::TestBody",
     "0/0 | = 0 = 0 = 1"},
    {"a test that only the base has does not reach", kFee + "base|Fee_A_Test::TestBody -> fee", "0/0 | = 0 = 0 = 0"},
    {"a removed symbol: tests that reached it and are still there",
     "base|src/fee.cpp:1-3 function gone\n touch gone\n"
     "tests/fee_test.cpp:5-8 method Fee_A_Test::TestBody by TEST(Fee, A)\n base|Fee_A_Test::TestBody -> gone\n"
     "base|tests/fee_test.cpp:9 method Fee_B_Test::TestBody by TEST(Fee, B)\n base|Fee_B_Test::TestBody -> gone",
     "1/0; Fee.A tests/fee_test.cpp:5 at 1 | = 1 = 0 = 0"},
    {"fields, types and macros are reached by their users",
     "src/fee.h:4 field Fee::cents\n touch Fee::cents\n" + kFee +
         "bill -> Fee::cents write\n Fee_A_Test::TestBody -> bill",
     "1/0; Fee.A tests/fee_test.cpp:5 at 2 | = 1 = 0 = 0"},
    {"one macro may make several functions: one test",
     "src/fee.cpp:1 function fee\n touch fee\n tests/t.cpp:3 function one by TEST_CASE(\"x\")\n"
     "tests/t.cpp:4 function two by TEST_CASE(\"x\")\n one -> two\n two -> fee",
     "1/0; x tests/t.cpp:4 at 1 | = 1 = 0 = 0"},
    {"a main for what it does itself, not for the tests that it runs",
     "src/fee.c:1 function fee\n src/tax.c:1 function tax\n touch fee\n tests/t.c:3 function test_fee\n test_fee -> "
     "fee\n"
     "tests/t.c:9 function main main\n main -> test_fee\n main -> tax",
     "1/0; test_fee tests/t.c:3 at 1 | = 1 = 0 = 0"},
    {"a plain main", "src/fee.c:1 function fee\n touch fee\n tests/t.c:9 function main main\n main -> fee",
     "1/0; main (tests/t.c) tests/t.c:9 at 1 | = 1 = 0 = 0"},
    {"touched test code is listed and not counted",
     kFee + "tests/util.cpp:1 function make\n Fee_A_Test::TestBody -> make\n touch make", "0/0 | = 0 = 0 = 0"},
    {"not in the graph", "src/a.cpp:1 function g\n touch f",
     "0/0 | ? no unit that could be read defines f ? no unit that could be read defines f "
     "? no unit that could be read defines f"},
};

TEST(TestsReaching, Cases) {
  for (const Case& c : kCases) {
    Story story(c.story);
    EXPECT_EQ(described(story), c.expected) << c.name;
  }
}

TEST(TestsReaching, ListsAtMostTwenty) {
  std::string text = "src/fee.cpp:1 function fee\n touch fee\n";
  for (int i = 0; i < 30; ++i) {
    const std::string number = std::to_string(i);
    text += "tests/t.cpp:" + std::to_string(i + 1) + " method Fee_" + number + "_Test::TestBody by TEST(Fee, " +
            number + ")\n Fee_" + number + "_Test::TestBody -> fee\n";
  }
  Story story(text);
  story.run(tests_reaching);
  EXPECT_EQ(story.touched("fee").tests.size(), 20U);
  EXPECT_EQ(story.touched("fee").tests_total, 30U);
}

TEST(TestsReaching, CountsATestOnceHoweverManySymbolsItReaches) {
  Story story(kFee + "Fee_A_Test::TestBody -> bill\n touch bill");
  story.run(tests_reaching);
  EXPECT_EQ(story.fact("tests.reaching.count"), "tests.reaching.count = 1 at tests/fee_test.cpp:5");
}

TEST(TestsReaching, SaysWhenThereIsNoTestAtAll) {
  Story none("src/fee.cpp:1 function fee\n touch fee");
  none.run(tests_reaching);
  EXPECT_EQ(
      joined(none.findings.blind_spots),
      "no test was recognised in this project: tests in other languages, and tests that no compile command names, "
      "are not looked at");
  Story some(kFee);
  some.run(tests_reaching);
  EXPECT_EQ(joined(some.findings.blind_spots), "");
}

TEST(TestsReaching, OfAPartOfTheProjectTheNumberIsNoAnswer) {
  const std::string text = "src/a.cpp:1 function f\n touch f\n";
  Story whole(text), part(text),
      found(text +
            "tests/t.cpp:5-8 method A_B_Test::TestBody by TEST(A, B)\n"
            "A_B_Test::TestBody -> f\n");
  for (auto* story : {&whole, &part, &found}) {
    story->context.left_out = "part";
    story->findings.touched.front().seen.transitive = story == &whole;
    story->run(tests_reaching);
  }
  EXPECT_EQ(whole.fact("tests.reaching.count"), "tests.reaching.count = 0");
  EXPECT_EQ(part.fact("tests.reaching.count"), "tests.reaching.count ? part");
  EXPECT_EQ(found.fact("tests.reaching.count"), "tests.reaching.count ? at least 1 (part) at tests/t.cpp:5");
  // Tests that the patch removes are seen in the patch.
  EXPECT_EQ(part.fact("tests.removed.count"), "tests.removed.count = 0");
  EXPECT_EQ(joined(part.findings.blind_spots), "");
}

TEST(TestsReaching, WithoutAGraphNothingIsKnown) {
  Story story(kFee);
  story.context.no_graph = "no compile_commands.json was found";
  story.run(tests_reaching);
  EXPECT_EQ(story.fact("tests.reaching.count"), "tests.reaching.count ? no compile_commands.json was found");
  EXPECT_EQ(story.fact("tests.changed.count"), "tests.changed.count ? no compile_commands.json was found");
  EXPECT_EQ(story.fact("tests.removed.count"), "tests.removed.count ? no compile_commands.json was found");
}

}  // namespace
}  // namespace patchgate
