#include "analyzers/tests/test_results.h"

#include <gtest/gtest.h>

#include "analyzers/tests/tests.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::joined;
using test::Story;

constexpr auto kPass = TestOutcome::passed;
constexpr auto kFail = TestOutcome::failed;
constexpr auto kSkip = TestOutcome::skipped;

const std::string kFee =
    "src/fee.cpp:1-3 function fee\n touch fee\n"
    "tests/fee_test.cpp:5-8 method Fee_A_Test::TestBody by TEST(Fee, A)\n Fee_A_Test::TestBody -> fee\n"
    "tests/fee_test.cpp:9-12 method Fee_B_Test::TestBody by TEST(Fee, B)\n";

TestRunInput runs(std::vector<TestRun> all) { return {"r.xml", "", std::move(all)}; }

/// passed/failed/skipped/flaky, pinning; the symbol's passed/failed/without result, what pins it.
std::string described(Story& story) {
  story.run(tests_reaching);
  const auto value = [&](const char* name) { return to_string(story.findings.facts.get(name).value); };
  const auto& proof = story.findings.touched.front().proof;
  return value("tests.results.passed") + "/" + value("tests.results.failed") + "/" + value("tests.results.skipped") +
         "/" + value("tests.results.flaky") + " pinning " + value("tests.pinning.count") + " | " +
         std::to_string(proof.tests_passed) + "/" + std::to_string(proof.tests_failed) + "/" +
         std::to_string(proof.tests_without_result) + " " + joined(proof.pinned_by, ", ");
}

TEST(TestResults, Cases) {
  const std::string no_base = "unknown (no results of the base were given (--junit-at-base))";
  struct Case {
    const char* name;
    std::vector<TestRun> head, base;
    std::string expected;
  };
  const Case cases[] = {
      {"a test that reaches it passed", {{"Fee", "A", kPass, 1}}, {}, "1/0/0/0 pinning " + no_base + " | 1/0/0 "},
      {"it failed", {{"Fee", "A", kFail, 1}}, {}, "0/1/0/0 pinning " + no_base + " | 0/1/0 "},
      {"a pass and a failure",
       {{"Fee", "A", kFail, 1}, {"Fee", "A", kPass, 2}},
       {},
       "0/0/0/1 pinning " + no_base + " | 0/1/0 "},
      {"a pass and a skip",
       {{"Fee", "A", kSkip, 1}, {"Fee", "A", kPass, 2}},
       {},
       "1/0/0/0 pinning " + no_base + " | 1/0/0 "},
      {"only another test has a result", {{"Fee", "B", kPass, 1}}, {}, "1/0/0/0 pinning " + no_base + " | 0/0/1 "},
      {"all were skipped",
       {{"Fee", "A", kSkip, 1}},
       {},
       "unknown (all 1 tests of the JUnit files were skipped)/unknown (all 1 tests of the JUnit files were "
       "skipped)/at least 1 (all 1 tests of the JUnit files were skipped)/unknown (all 1 tests of the JUnit files "
       "were skipped) pinning " +
           no_base + " | 0/0/1 "},
      {"it pins the fix", {{"Fee", "A", kPass, 1}}, {{"Fee", "A", kFail, 1}}, "1/0/0/0 pinning 1 | 1/0/0 Fee.A"},
      {"FP_ it failed on the base for a reason of the machine",
       {{"Fee", "A", kPass, 1}},
       {{"Fee", "A", kFail, 1}},
       "1/0/0/0 pinning 1 | 1/0/0 Fee.A"},
      {"it passed on both sides", {{"Fee", "A", kPass, 1}}, {{"Fee", "A", kPass, 1}}, "1/0/0/0 pinning 0 | 1/0/0 "},
      {"it was not run on the base", {{"Fee", "A", kPass, 1}}, {{"Fee", "B", kPass, 1}}, "1/0/0/0 pinning 0 | 1/0/0 "},
      {"it is flaky at head",
       {{"Fee", "A", kPass, 1}, {"Fee", "A", kFail, 1}},
       {{"Fee", "A", kFail, 1}},
       "0/0/0/1 pinning 0 | 0/1/0 "},
      {"it is flaky on the base",
       {{"Fee", "A", kPass, 1}},
       {{"Fee", "A", kFail, 1}, {"Fee", "A", kPass, 1}},
       "1/0/0/0 pinning 0 | 1/0/0 "},
      {"one that reaches nothing touched pins nothing",
       {{"Fee", "B", kPass, 1}},
       {{"Fee", "B", kFail, 1}},
       "1/0/0/0 pinning 0 | 0/0/1 "},
      {"FP_ one that the graph does not know may pin it",
       {{"py", "x", kPass, 1}},
       {{"py", "x", kFail, 1}},
       "1/0/0/0 pinning unknown (py.x failed on the base and passed at head, but the call graph knows no such test) | "
       "0/0/1 "},
  };
  for (const auto& one : cases) {
    Story story(kFee);
    story.context.test_evidence.at_head = {runs(one.head)};
    if (!one.base.empty()) story.context.test_evidence.at_base = {runs(one.base)};
    EXPECT_EQ(described(story), one.expected) << one.name;
  }
}

TEST(TestResults, WhatDidNotPassIsNoEvidence) {
  struct Case {
    std::vector<TestRun> runs;
    const char* expected;
  };
  const Case cases[] = {
      {{{"Fee", "A", kPass, 1}}, "1 "},
      {{{"Fee", "A", kFail, 1}}, "0 failed"},
      {{{"Fee", "A", kFail, 1}, {"Fee", "A", kPass, 2}}, "0 is flaky"},
      {{{"Fee", "A", kSkip, 1}}, "0 was skipped"},
      {{{"Fee", "A", kSkip, 1}, {"Fee", "A", kPass, 2}}, "1 "},
      {{{"Fee", "B", kFail, 1}}, "1 "},
  };
  for (const auto& one : cases) {
    Story story(kFee);
    story.context.test_evidence.at_head = {runs(one.runs)};
    story.run(tests_reaching);
    const auto& symbol = story.findings.touched.front();
    EXPECT_EQ(std::to_string(symbol.tests_total) + " " + symbol.tests.front().no_evidence, one.expected);
    EXPECT_EQ(to_string(story.findings.facts.get("tests.reaching.count").value), std::to_string(symbol.tests_total));
  }
}

TEST(TestResults, ADamagedFileIsNoZero) {
  Story story(kFee);
  story.context.test_evidence.at_head = {runs({{"Fee", "A", kPass, 1}}), {"bad.xml", "bad.xml:3: cut off", {}}};
  EXPECT_EQ(described(story),
            "at least 1 (bad.xml:3: cut off)/unknown (bad.xml:3: cut off)/unknown (bad.xml:3: cut off)/unknown "
            "(bad.xml:3: cut off) pinning unknown (no results of the base were given (--junit-at-base)) | 1/0/0 ");
  EXPECT_FALSE(story.findings.touched.front().proof.results_given);
  EXPECT_EQ(joined(story.findings.test_evidence.remarks), "bad.xml:3: cut off");
}

TEST(TestResults, WhatTheGraphDoesNotKnowIsSaid) {
  Story story(kFee);
  story.context.test_evidence.at_head = {runs({{"Fee", "A", kPass, 1}, {"test_fee", "test_x", kPass, 2}})};
  story.run(tests_reaching);
  EXPECT_EQ(joined(story.findings.test_evidence.remarks),
            "1 of 2 tests of the JUnit files are none that the call graph knows (test_fee.test_x): which code they "
            "reach is unknown");
}

TEST(TestResults, WithoutAGraphTheCountsAreKnown) {
  Story story(kFee);
  story.context.no_graph = "no compile_commands.json was found";
  story.context.test_evidence.at_head = {runs({{"Fee", "A", kFail, 4}})};
  story.run(tests_reaching);
  EXPECT_EQ(story.fact("tests.results.failed"), "tests.results.failed = 1 at r.xml:4");
}

TEST(TestResults, NamesOfTheGraph) {
  struct Case {
    RunIdentity run;
    const char* expected;
  };
  const Case cases[] = {
      {{"Fee", "A"}, "Fee.A, A"},
      {{"All/Fee", "A/0"}, "Fee.A, A/0, A"},
      {{"All/Fee/1", "A"}, "Fee.A, A"},
      {{"Fee.A", "Fee.A"}, "Fee.A, Fee.A"},
      {{"All/Fee.A/0", "All/Fee.A/0"}, "Fee.A, All/Fee.A/0, All/Fee.A, All"},
      {{"All/Fee.A/0 # GetParam() = (1, 2)", "All/Fee.A/0 # GetParam() = (1, 2)"},
       "Fee.A, All/Fee.A/0, All/Fee.A, All"},
      {{"prog.global", "a case/a section"}, "prog.global.a case, a case/a section, a case"},
      {{"", "test_fee"}, "test_fee"},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(joined(graph_names_of(one.run), ", "), one.expected) << one.run.first << " " << one.run.second;
  }
}

TEST(TestResults, AProgramIsNamedByItsFile) {
  Story story("src/fee.c:1 function fee\n touch fee\n tests/fee_check.c:9 function main main\n main -> fee");
  story.context.test_evidence.at_head = {runs({{"fee_check", "fee_check", kPass, 1}})};
  story.run(tests_reaching);
  EXPECT_EQ(story.findings.touched.front().proof.tests_passed, 1U);
}

}  // namespace
}  // namespace patchgate
