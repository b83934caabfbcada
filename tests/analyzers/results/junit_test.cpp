#include "analyzers/results/junit.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

const char* word(TestOutcome outcome) {
  switch (outcome) {
    case TestOutcome::passed:
      return "passed";
    case TestOutcome::failed:
      return "failed";
    case TestOutcome::skipped:
      return "skipped";
    case TestOutcome::flaky:
      return "flaky";
  }
  return "?";
}

std::string described(std::string text) {
  const auto runs = read_junit("r.xml", std::move(text));
  if (!runs) return to_string(runs.error());
  std::string all;
  for (const auto& run : *runs) all += run.suite + "|" + run.name + " " + word(run.outcome) + "\n";
  return all;
}

struct Case {
  const char* name;
  std::string text;
  std::string expected;
};

TEST(JUnit, Cases) {
  const Case cases[] = {
      {"nested suites, a suite's name where there is no class",
       "<testsuites><testsuite name='a'><testsuite name='b'><testcase name='x'/></testsuite>"
       "<testcase name='y' classname='c'/></testsuite></testsuites>",
       "b|x passed\nc|y passed\n"},
      {"a suite as the root", "<testsuite name='a'><testcase name='x'/></testsuite>", "a|x passed\n"},
      {"no test", "<testsuites/>", ""},
      {"an error is a failure", "<testsuite name='a'><testcase name='x'><error/></testcase></testsuite>",
       "a|x failed\n"},
      {"a failure beside a skip", "<testsuite name='a'><testcase name='x'><skipped/><failure/></testcase></testsuite>",
       "a|x failed\n"},
      {"what did not run",
       "<testsuite name='a'><testcase name='1'><skipped/></testcase><testcase name='2' status='disabled'/>"
       "<testcase name='3' status='notrun'/><testcase name='4' result='suppressed'/></testsuite>",
       "a|1 skipped\na|2 skipped\na|3 skipped\na|4 skipped\n"},
      {"Maven: a pass after failures, a failure after reruns",
       "<testsuite name='a'><testcase name='1'><flakyFailure/></testcase>"
       "<testcase name='2'><failure/><rerunFailure/></testcase></testsuite>",
       "a|1 flaky\na|2 failed\n"},
      {"a suite that counts failures which are not there",
       "<testsuites>\n<testsuite name='a' failures='2'><testcase name='x'/></testsuite></testsuites>",
       "r.xml:2: the suite 'a' counts failures, none of its cases has one: a part of it is missing"},
      {"counts that speak of checks, not of cases",
       "<testsuite name='a' tests='9' failures='7'><testcase name='x'><failure/></testcase></testsuite>",
       "a|x failed\n"},
      {"a case without a name", "<testsuite>\n\n<testcase/></testsuite>", "r.xml:3: a <testcase> without a name"},
      {"something else", "<html/>", "r.xml:1: is no JUnit: the root is neither <testsuites> nor <testsuite>"},
      {"cut off", "<testsuites>\n<testsuite name='a'><testcase name='x'/>",
       "r.xml:2: is no well-formed XML: Start-end tags mismatch"},
      {"empty", "", "r.xml:1: is no well-formed XML: No document element found"},
      {"an entity is not expanded",
       "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><testsuite name='a'><testcase name='&e;'/></testsuite>",
       "a|&e; passed\n"},
  };
  for (const auto& one : cases) EXPECT_EQ(described(one.text), one.expected) << one.name;
}

std::string made(const char* name) {
  std::ifstream file(std::string(PATCHGATE_SOURCE_DIR) + "/tests/analyzers/coverage/made/" + name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(JUnit, RealFiles) {
  EXPECT_EQ(described(made("gtest.xml")),
            "Fee|NothingCostsNothing passed\nFee|Small passed\nFee|WrongOnPurpose failed\n"
            "Fee|DISABLED_Later skipped\nFee|NotHere skipped\n"
            "All/Many|AtLeastOne/0 passed\nAll/Many|AtLeastOne/1 passed\n");
  EXPECT_EQ(described(made("ctest.xml")),
            "Fee.NothingCostsNothing|Fee.NothingCostsNothing passed\nFee.Small|Fee.Small passed\n"
            "Fee.WrongOnPurpose|Fee.WrongOnPurpose failed\nFee.Later|Fee.Later skipped\n"
            "Fee.NotHere|Fee.NotHere skipped\nAll/Many.AtLeastOne/1|All/Many.AtLeastOne/1 passed\n"
            "All/Many.AtLeastOne/100|All/Many.AtLeastOne/100 passed\ncatch|catch failed\n");
  EXPECT_EQ(described(made("catch2.xml")),
            "fee_catch.global|a fee is never negative/for nothing passed\n"
            "fee_catch.global|a fee is never negative/for much passed\nfee_catch.global|wrong on purpose failed\n");
  EXPECT_EQ(described(made("pytest.xml")),
            "test_fee|test_passes passed\ntest_fee|test_fails failed\ntest_fee|test_later skipped\n");
}

}  // namespace
}  // namespace patchgate
