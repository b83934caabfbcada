#include "policies/engine/policy_tests.h"

#include <gtest/gtest.h>

#include "policy_texts.h"

namespace patchgate {
namespace {

const std::string kPolicy = R"({"policy": 1, "rules": [
  {"id": "size", "level": "block", "title": "small", "missing": "too large", "require": {"fact": "patch.files.count", "at_most": 3}},
  {"id": "tests", "level": "warn", "paths": ["src/**"],
   "require": {"every": "symbols.touched", "where": {"field": "impact", "at_least": "high"}, "has": {"field": "tests.reaching", "at_least": 1}}}]})";

const Files kFacts{{"t/facts/small.json", R"({"patch.files.count": 1, "symbols.touched": []})"},
                   {"t/facts/broken.json", R"({"patch.files.cuont": 1})"},
                   {"t/facts/no.json", "{"}};

PolicyTestReport run(const std::string& text) {
  return run_policy_tests(good_policy(kPolicy), {{"t/a.json", text}}, among(kFacts));
}

/// One test with these members; its state and differences.
std::string state_of(const std::string& members) {
  const auto report = run(R"({"tests": [{"name": "n", )" + members + "}]}");
  EXPECT_EQ(lines(report.errors), "");
  const auto& one = report.cases.at(0);
  const char* states[] = {"pass", "fail", "error"};
  EXPECT_EQ(report.passed(), one.state == PolicyTestCase::State::pass);
  return std::string(states[static_cast<int>(one.state)]) + "\n" + lines(one.differences);
}

std::string facts(const std::string& text) { return "\"facts\": " + text + R"(, "expect": {"verdict": "block"})"; }

TEST(PolicyTests, States) {
  struct Case {
    std::string members, state;
  };
  const std::string at = "t/a.json:1:";
  for (
      const auto& [members, state] : {
          Case{
              R"("facts": {"base": "facts/small.json"}, "expect": {"verdict": "allow", "rules": {"size": "pass", "tests": "not_applicable"}})",
              "pass\n"},
          Case{
              R"("facts": {"base": "facts/small.json", "set": {"patch.files.count": 4}}, "expect": {"verdict": "block", "headline": "BLOCK: too large"})",
              "pass\n"},
          Case{
              R"("facts": {"base": "facts/small.json"}, "expect": {"verdict": "block", "headline": "BLOCK: x", "rules": {"size": "fail"}})",
              "fail\nverdict: expected block, was allow (ALLOW: 1 of 2 rules applied, none objects)\n"
              "headline: expected 'BLOCK: x', was 'ALLOW: 1 of 2 rules applied, none objects'\n"
              "rule size: expected fail, was pass (patch.files.count = 1)\n"},
          Case{
              R"("facts": {"base": {"patch.files.count": {"unknown": "why"}}}, "expect": {"rules": {"size": "unknown"}})",
              "pass\n"},
          Case{
              R"("facts": {"base": {"patch.files.count": {"unknown": "why", "at_least": 4}}}, "expect": {"rules": {"size": "fail"}})",
              "pass\n"},
          Case{R"("expect": {"verdict": "block"})", "pass\n"},
          Case{
              R"("paths": ["src/a.cpp"], "facts": {"base": "facts/small.json", "set": {"symbols.touched": [
                   {"name": "f", "at": "src/a.cpp:3", "impact": "high", "tests.reaching": 0}]}}, "expect": {"rules": {"tests": "pass"}})",
              "fail\nrule tests: expected pass, was fail (tests.reaching = 0, need at least 1 (raise it by 1) — 1 of 1 "
              "symbols.touched: f (src/a.cpp:3))\n"},
          Case{
              R"("paths": ["src/a.cpp"], "facts": {"base": {"patch.files.count": {"value": 1, "from": []}, "symbols.touched": {"value": [
                   {"name": "f", "at": "src/a.cpp", "impact": "high", "tests.reaching": 0}]}}, "set": {"symbols.touched.0.tests.reaching": 1}},
                   "expect": {"verdict": "allow", "rules": {"tests": "pass"}})",
              "pass\n"},
          Case{
              R"("paths": ["src/a.cpp"], "facts": {"base": {"patch.files.count": 1, "symbols.touched": {"unknown": "no graph"}}},
                   "expect": {"verdict": "warn", "rules": {"tests": "unknown"}})",
              "pass\n"},
          Case{R"("facts": {})", "error\n" + at + "12: this test expects nothing: 'expect' is missing\n"},
          Case{R"("expect": {})", "error\n" + at + "36: this test expects nothing\n"},
          Case{R"("expect": 1)", "error\n" + at + "36: 'expect' must be an object in braces\n"},
          Case{R"("expect": {"verdict": "deny", "rule": 1, "headline": 3})",
               "error\n" + at + "48: 'deny' is not a value of 'verdict'; it is one of allow, warn, block, none\n" + at +
                   "56: unknown key 'rule'; did you mean 'rules'?\n" + at +
                   "79: 'headline' must be a text in quotes\n"},
          Case{R"("expect": {"rules": {"sise": "pass", "size": "passes"}})",
               "error\n" + at + "47: no rule 'sise'; did you mean 'size'?\n" + at +
                   "71: 'passes' is not a value of 'size'; did you mean 'pass'?\n"},
          Case{R"("expect": {"rules": []})", "error\n" + at + "46: 'rules' must be an object in braces\n"},
          Case{R"("fcats": {}, "expect": {"verdict": "block"})",
               "error\n" + at + "26: unknown key 'fcats'; did you mean 'facts'?\n"},
          Case{R"("paths": "x", "expect": {"verdict": "block"})", "error\n" + at + "35: 'paths' must be a list\n"},
          Case{R"("paths": [1], "expect": {"verdict": "block"})",
               "error\n" + at + "36: element 1 of 'paths' must be a text in quotes\n"},
          Case{facts("1"), "error\n" + at + "35: 'facts' must be an object in braces\n"},
          Case{facts(R"({"bsae": {}})"), "error\n" + at + "36: unknown key 'bsae'; did you mean 'base'?\n"},
          Case{facts(R"({"base": 1})"), "error\n" + at + "44: 'base' must be a text in quotes\n"},
          Case{facts(R"({"base": "none.json"})"), "error\n" + at + "44: there is no t/none.json\n"},
          Case{facts(R"({"base": "facts/no.json"})"), "error\nt/facts/no.json:1:2: the file ends here, too early\n"},
          Case{facts(R"({"base": "facts/broken.json"})"),
               "error\nt/facts/broken.json:1:2: no fact 'patch.files.cuont'; did you mean 'patch.files.count'?\n"},
          Case{facts(R"({"set": 1})"), "error\n" + at + "43: 'set' must be an object in braces\n"},
          Case{facts(R"({"base": {"patch.files.count": 1.5}})"),
               "error\n" + at + "66: 'patch.files.count' is of type integer; this value is not\n"},
          Case{facts(R"({"base": {"patch.hotfix": "yes"}})"),
               "error\n" + at + "61: 'patch.hotfix' is of type boolean; this value is not\n"},
          Case{facts(R"({"base": {"target.ref": 1}})"),
               "error\n" + at + "59: 'target.ref' is of type string; this value is not\n"},
          Case{facts(R"({"base": {"rollout.bake.minutes": "1"}})"),
               "error\n" + at + "69: 'rollout.bake.minutes' is of type number; this value is not\n"},
          Case{facts(R"({"base": {"risk.level": "hihg"}})"),
               "error\n" + at + "59: 'hihg' is not a value of 'risk.level'; did you mean 'high'?\n"},
          Case{facts(R"({"base": {"risk.level": {"unknown": ""}}})"), "error\n" + at + "71: 'unknown' is empty\n"},
          Case{facts(R"({"base": {"patch.files.count": {"unknown": "why", "at_least": 0}}})"),
               "error\n" + at + "97: only a count is \"at_least\" something, a whole number above 0\n"},
          Case{facts(R"({"base": {"risk.level": {"unknown": "why", "at_least": 1}}})"),
               "error\n" + at + "90: only a count is \"at_least\" something, a whole number above 0\n"},
          Case{facts(R"({"base": {"symbols.touched": 1}})"),
               "error\n" + at + "64: 'symbols.touched' must be a list of at most 1000 rows\n"},
          Case{facts(R"({"base": {"symbols.touched": [1, {"nmae": "x", "at": 1, "impact": 2}]}})"),
               "error\n" + at + "65: element 1 of 'symbols.touched' must be an object in braces\n" + at +
                   "69: no field 'nmae'; did you mean 'name'?\n" + at + "88: 'at' must be a text in quotes\n" + at +
                   "101: 'impact' must be a text in quotes\n"},
          Case{facts(R"({"base": {"symbols.touched": {"unknown": 1}}})"),
               "error\n" + at + "76: 'unknown' must be a text in quotes\n"},
          Case{facts(R"({"set": {"symbols.touched.0.impact": "low"}})"),
               "error\n" + at +
                   "44: 'symbols.touched.0.impact': the base has 0 rows in symbols.touched, counted from 0\n"},
          Case{facts(R"({"base": {"symbols.touched": [{}]}, "set": {"symbols.touched.1.impact": "low"}})"),
               "error\n" + at +
                   "79: 'symbols.touched.1.impact': the base has 1 rows in symbols.touched, counted from 0\n"},
          Case{facts(R"({"set": {"symbols.touched.impact": "low"}})"),
               "error\n" + at + "44: 'symbols.touched.impact' must have the form symbols.touched.N.FIELD\n"},
          Case{facts(R"({"set": {"symbols.touched.0": "low"}})"),
               "error\n" + at + "44: 'symbols.touched.0' must have the form symbols.touched.N.FIELD\n"},
          Case{facts(R"({"set": {"symbols.touched.0x": "low"}})"),
               "error\n" + at + "44: 'symbols.touched.0x' must have the form symbols.touched.N.FIELD\n"},
          Case{
              facts(
                  R"({"base": {"patch.files.count": 9, "target.ref": "main", "patch.hotfix": true, "rollout.bake.minutes": 1.5,
                          "coverage.changed_lines.percent": 3, "symbols.touched": [{"name": "f", "at": "a:b"}]}})"),
              "pass\n"},
      }) {
    EXPECT_EQ(state_of(members), state) << members;
  }
}

TEST(PolicyTests, ABaseThatIsNoObject) {
  const auto report =
      run_policy_tests(good_policy(kPolicy),
                       {{"a.json", R"({"tests": [{"facts": {"base": "f.json"}, "expect": {"verdict": "block"}}]})"}},
                       among({{"f.json", "[]"}}));
  EXPECT_EQ(lines(report.cases.at(0).differences), "f.json:1:1: the file must be an object in braces\n");
}

TEST(PolicyTests, FilesThatAreWrong) {
  struct Case {
    const char *text, *errors;
  };
  for (const auto& [text, errors] : {
           Case{"{", "t/a.json:1:2: the file ends here, too early\n"},
           Case{"[]", "t/a.json:1:1: the file must be an object in braces\n"},
           Case{R"({"test": []})",
                "t/a.json:1:1: there are no tests in this file: 'tests' is missing\n"
                ""},
           Case{R"({"tests": []})", "t/a.json:1:11: 'tests' is empty\n"},
       }) {
    const auto report = run(text);
    EXPECT_TRUE(lines(report.errors).ends_with(errors)) << lines(report.errors);
    EXPECT_FALSE(report.passed());
  }
  const auto none = run_policy_tests(good_policy(kPolicy), {}, among({}));
  EXPECT_EQ(lines(none.errors), "there are no policy tests\n");
  EXPECT_FALSE(none.passed());
}

TEST(PolicyTests, AWrongTestLeavesTheOthersAlone) {
  const auto report =
      run(R"({"tests": [3, {"expect": {"verdict": "nope"}}, {"name": "good", "expect": {"verdict": "block"}}]})");
  ASSERT_EQ(report.cases.size(), 3U);
  EXPECT_EQ(report.cases[0].name + ", " + report.cases[1].name + ", " + report.cases[2].name, "test 1, test 2, good");
  EXPECT_EQ(report.cases[0].state, PolicyTestCase::State::error);
  EXPECT_EQ(report.cases[1].state, PolicyTestCase::State::error);
  EXPECT_EQ(report.cases[2].state, PolicyTestCase::State::pass);
  EXPECT_FALSE(report.passed());
}

TEST(PolicyTests, RulesNeedBothOutcomes) {
  const auto report = run(R"({"tests": [
    {"facts": {"base": {"patch.files.count": 1, "symbols.touched": []}}, "paths": ["src/a"], "expect": {"rules": {"size": "pass", "tests": "pass"}}},
    {"facts": {"base": {"patch.files.count": 1}}, "expect": {"rules": {"size": "fail"}}}]})");
  EXPECT_EQ(lines(report.rules_without_pass), "");
  EXPECT_EQ(lines(report.rules_without_fail), "size\ntests\n") << "an expectation that was not met does not count";
}

TEST(PolicyTests, TheTestsOfAFileInNoFolder) {
  const auto report =
      run_policy_tests(good_policy(kPolicy),
                       {{"a.json", R"({"tests": [{"facts": {"base": "f.json"}, "expect": {"verdict": "block"}}]})"}},
                       among({{"f.json", R"({"patch.files.count": 9})"}}));
  EXPECT_TRUE(report.passed()) << lines(report.errors) << lines(report.cases.at(0).differences);
}

}  // namespace
}  // namespace patchgate
