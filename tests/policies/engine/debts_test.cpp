#include "policies/engine/debts.h"

#include <gtest/gtest.h>

#include "analyzers/model/rfc3339.h"

namespace patchgate {
namespace {

TEST(HasTest, InSourceNotInComments) {
  struct Case {
    const char *text, *name;
    bool there;
  };
  for (const auto& [text, name, there] : {
           Case{"TEST(Retry, Backoff) { EXPECT_EQ(1, 1); }", "Retry.Backoff", true},
           Case{"TEST(Retry,\n  Backoff) {}", "Retry.Backoff", true},
           Case{"// TEST(Retry, Backoff) {}", "Retry.Backoff", false},
           Case{"/* TEST(Retry, Backoff) {} */", "Retry.Backoff", false},
           Case{"#if 0\nTEST(Retry, Backoff) {}\n#endif", "Retry.Backoff", false},
           Case{"TEST(Retry, Other) {} TEST(Other, Backoff) {}", "Retry.Backoff", false},
           Case{"TEST(Retry, Retry_Backoff) {}", "Retry.Backoff", false},
           Case{"TEST(Retry, Retry) TEST(Retry, Backoff)", "Retry.Backoff", true},
           Case{"void test_backoff() {}", "test_backoff", true},
           Case{"def test_backoff():\n  pass", "test_backoff", true},
           Case{"# def test_backoff()", "test_backoff", false},
           Case{"TEST_CASE(\"waits longer and longer\") {}", "waits longer and longer", true},
           Case{"log(\"waits longer and longer, always\")", "waits longer and longer", false},
           Case{"", "Retry.Backoff", false},
           Case{"", "", true},
           Case{"int a;", "...", false},
       })
    EXPECT_EQ(has_test(text, name), there) << text;
}

TEST(HasTest, FN_ACallIsTakenForIt) { EXPECT_TRUE(has_test("int x = test_backoff();", "test_backoff")); }

BreakGlass used(const char* text, const char* test) {
  BreakGlass one;
  one.head = "a81d0b7c0000000000000000000000000000000a";
  one.rules = {{"team/tests", {}}};
  one.requested_by = "ana@example.org";
  one.not_after = *parse_rfc3339("2026-01-06T11:00:00Z");
  if (*text != 0 || *test != 0) one.promise = Promise{text, test, *parse_day("2026-01-09")};
  return one;
}

TEST(Debts, WhatIsTold) {
  struct Case {
    const char *text, *test, *day;
    TestSeen seen;
    const char* says;
  };
  const std::string head = "ana@example.org promised by 2026-01-09: ";
  const std::string tail = "; for team/tests, overridden at a81d0b7c0000. ";
  for (const auto& [text, test, day, seen, says] : {
           Case{"", "t.cpp", "2026-01-07", {}, "open 2 days left"},
           Case{"", "t.cpp", "2026-01-08", {}, "open 1 day left"},
           Case{"", "t.cpp", "2026-01-09", {}, "open That is today"},
           Case{"", "t.cpp", "2026-01-10", {}, "overdue That day has passed, and the test is not there"},
           Case{"", "t.cpp", "2026-01-10", {false, false, true}, "paid This patch brings it"},
           Case{"", "t.cpp", "2026-01-10", {false, true, true}, "paid It is there"},
           Case{"", "t.cpp", "2026-01-08", {true, true, true}, "open That test was there already when it was promised"},
           Case{"",
                "t.cpp",
                "2026-01-10",
                {true, true, true},
                "overdue That test was there already when it was promised"},
           Case{"more care", "", "2026-01-10", {}, "overdue That day has passed"},
           Case{"more care", "", "2026-01-08", {}, "open 1 day left"},
       }) {
    const auto debt = debt_of(used(text, test), seen, *parse_day(day) + 3600);
    const auto what = *test == 0 ? std::string(text) : "the test " + std::string(test);
    const std::string expected = says;
    const auto blank = expected.find(' ');
    EXPECT_EQ(name_of(debt.state), expected.substr(0, blank)) << says;
    EXPECT_EQ(debt.text, head + what + tail + expected.substr(blank + 1));
  }
}

TEST(Debts, WithoutAPromiseItIsRememberedForAWhile) {
  const char* says =
      "nothing was promised by ana@example.org for team/tests, overridden at a81d0b7c0000: the rule still has to pass";
  for (const auto& [day, state] :
       {std::pair("2026-01-07", "open"), std::pair("2026-01-20", "open"), std::pair("2026-01-21", "paid")}) {
    const auto debt = debt_of(used("", ""), {}, *parse_day(day));
    EXPECT_STREQ(name_of(debt.state), state) << day;
    EXPECT_EQ(debt.text, says);
  }
}

}  // namespace
}  // namespace patchgate
