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
      {"FP_ a case that tells nothing of how it went", "<testsuite name='a'><testcase name='x' time='0'/></testsuite>",
       "a|x passed\n"},
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
      {"Catch2 counts checks, not cases",
       "<testsuite name='a' tests='9' failures='7'><testcase classname='a.global' name='x'><failure/></testcase>"
       "</testsuite>",
       "a.global|x failed\n"},
      {"more tests are told than there are", "<testsuite name='a' tests='90'><testcase name='x'/></testsuite>",
       "r.xml:1: the suite 'a' says 90 tests and holds 1: something is missing or was put in"},
      {"fewer tests are told than there are",
       "<testsuites tests='1'><testsuite name='a'><testcase name='x'/><testcase name='y'/></testsuite></testsuites>",
       "r.xml:1: the suite '' says 1 tests and holds 2: something is missing or was put in"},
      {"more failures are told than there are",
       "<testsuite name='a' tests='2' failures='5'><testcase name='x'><failure/></testcase><testcase name='y'/>"
       "</testsuite>",
       "r.xml:1: the suite 'a' says 5 failures and holds 1: something is missing or was put in"},
      {"a failure that is not told",
       "<testsuite name='a' tests='1' failures='0'><testcase name='x'><failure/></testcase></testsuite>",
       "r.xml:1: the suite 'a' says 0 failures and holds 1: something is missing or was put in"},
      {"failures and errors are counted apart",
       "<testsuite name='a' tests='2' failures='1' errors='1'><testcase name='x'><failure/></testcase>"
       "<testcase name='y'><error/></testcase></testsuite>",
       "a|x failed\na|y failed\n"},
      {"pytest: one test that fails twice",
       "<testsuite name='pytest' tests='1' failures='1' errors='1'><testcase classname='t' "
       "name='x'><failure/></testcase>"
       "<testcase classname='t' name='x'><error/></testcase></testsuite>",
       "t|x failed\nt|x failed\n"},
      {"a count that is none", "<testsuite name='a' tests='many'><testcase name='x'/></testsuite>",
       "r.xml:1: tests=\"many\" is no number"},
      {"a status that nobody writes", "<testsuite name='a'>\n<testcase name='x' status='FAILURE'/></testsuite>",
       "r.xml:2: status=\"FAILURE\" is no word that is known for what became of a test"},
      {"a result that nobody writes", "<testsuite name='a'><testcase name='x' result='error'/></testsuite>",
       "r.xml:1: result=\"error\" is no word that is known for what became of a test"},
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
