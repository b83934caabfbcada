#include "policies/engine/mutants.h"

#include <gtest/gtest.h>

#include "policies/engine/policy_tests.h"
#include "policy_texts.h"

namespace patchgate {
namespace {

std::string mutants(const std::string& require) {
  std::vector<std::string> texts;
  for (const auto& mutant : mutants_of(good_policy(requiring(require)).rules[0])) texts.push_back(mutant.what);
  return lines(texts);
}

TEST(Mutants, AreTheMistakesThatPeopleMake) {
  EXPECT_EQ(mutants(R"({"fact": "patch.files.count", "at_most": 3})"),
            "'patch.files.count at most 3' could be 'patch.files.count at most 2'\n"
            "'patch.files.count at most 3' could be 'patch.files.count at most 4'\n"
            "'patch.files.count at most 3' could be 'patch.files.count at least 3'\n");
  EXPECT_EQ(mutants(R"({"fact": "risk.level", "at_least": "high"})"),
            "'risk.level at least high' could be 'risk.level at least moderate'\n"
            "'risk.level at least high' could be 'risk.level at least critical'\n"
            "'risk.level at least high' could be 'risk.level at most high'\n");
  EXPECT_EQ(mutants(R"({"fact": "recovery.revert", "is": "clean"})"),
            "'recovery.revert clean' could be 'recovery.revert conflicts'\n");
  EXPECT_EQ(mutants(R"({"fact": "patch.revert", "is_not": true})"),
            "'patch.revert not true' could be 'patch.revert not false'\n");
  EXPECT_EQ(mutants(R"({"fact": "clock.weekday", "in": ["monday", "tuesday"]})"),
            "'clock.weekday monday or tuesday' could be 'clock.weekday tuesday'\n"
            "'clock.weekday monday or tuesday' could be 'clock.weekday monday'\n");
}

TEST(Mutants, StayInsideOfWhatCouldBeLoaded) {
  EXPECT_EQ(mutants(R"({"fact": "patch.files.count", "is": 0})"),
            "'patch.files.count 0' could be 'patch.files.count 1'\n");
  EXPECT_EQ(mutants(R"({"fact": "coverage.changed_lines.percent", "is": 99.5})"),
            "'coverage.changed_lines.percent 99.5' could be 'coverage.changed_lines.percent 98.5'\n");
  EXPECT_EQ(mutants(R"({"fact": "clock.weekday", "in": ["monday"]})"), "");
  EXPECT_EQ(mutants(R"({"fact": "target.ref", "matches": "main"})"), "");
  EXPECT_EQ(mutants(R"({"fact": "target.ref", "is": "main"})"), "");
}

TEST(Mutants, AreLookedForInAllParts) {
  const auto rule =
      good_policy(
          R"({"policy": 1, "rules": [{"id": "r", "level": "block", "when": {"none": [{"fact": "patch.revert", "is": true}]},
           "require": {"every": "symbols.touched", "where": {"field": "impact", "is": "low"},
            "has": {"any": [{"field": "tests.reaching", "is": 0}, {"field": "change", "is": "body"}]}}}]})")
          .rules[0];
  std::string all;
  for (const auto& mutant : mutants_of(rule)) {
    all += std::to_string(mutant.at.line) + ": " + describe(*mutant.rule.when) + "; " + describe(mutant.rule.require) +
           "\n";
  }
  EXPECT_EQ(
      all,
      "1: not (patch.revert false); every symbols.touched with impact low has (tests.reaching 0 or change body)\n"
      "2: not (patch.revert true); every symbols.touched with impact moderate has (tests.reaching 0 or change body)\n"
      "3: not (patch.revert true); every symbols.touched with impact low has (tests.reaching 1 or change body)\n"
      "3: not (patch.revert true); every symbols.touched with impact low has (tests.reaching 0 or change signature)\n");
}

PolicyTestReport run(const std::string& cases) {
  const auto policy = good_policy(R"({"policy": 1, "if_no_rule_applies": "allow", "rules": [
   {"id": "size", "level": "block", "when": {"fact": "patch.revert", "is": false}, "require": {"fact": "patch.files.count", "at_most": 3}},
   {"id": "other", "level": "warn", "require": {"fact": "patch.lines.added", "is": 0}}]})");
  return run_policy_tests(policy, {{"t.json", "{\"tests\": [" + cases + "]}"}}, among({}));
}

std::string a_case(int files, const std::string& revert, int lines, const std::string& expect) {
  return R"({"facts": {"base": {"patch.files.count": )" + std::to_string(files) + ", \"patch.revert\": " + revert +
         ", \"patch.lines.added\": " + std::to_string(lines) + "}}, \"expect\": {" + expect + "}}";
}

std::string survivors(const PolicyTestReport& report) {
  std::string text;
  for (const auto& one : report.survivors) text += one.rule + ":" + std::to_string(one.at.line) + " " + one.what + "\n";
  return text;
}

TEST(Mutation, TestsThatLookAtBothSidesOfAThresholdNoticeAll) {
  const auto report = run(a_case(3, "false", 0, R"("rules": {"size": "pass", "other": "pass"})") + ", " +
                          a_case(4, "false", 1, R"("rules": {"size": "fail", "other": "fail"})") + ", " +
                          a_case(4, "true", 0, R"("verdict": "allow")"));
  EXPECT_EQ(survivors(report), "");
  EXPECT_EQ(report.mutants, 5U);
  EXPECT_TRUE(report.complete());
}

TEST(Mutation, WhatNoTestNoticesIsNamed) {
  const auto report = run(a_case(1, "false", 0, R"("rules": {"size": "pass", "other": "pass"})") + ", " +
                          a_case(9, "false", 1, R"("verdict": "block", "rules": {"size": "fail", "other": "fail"})"));
  EXPECT_EQ(survivors(report),
            "size:2 'patch.files.count at most 3' could be 'patch.files.count at most 2'\n"
            "size:2 'patch.files.count at most 3' could be 'patch.files.count at most 4'\n");
  EXPECT_TRUE(report.passed());
  EXPECT_FALSE(report.complete());
}

TEST(Mutation, ADecisionThatChangesIsNoticed) {
  const auto report =
      run(a_case(3, "false", 0, R"("verdict": "allow")") + ", " + a_case(4, "false", 1, R"("verdict": "block")") +
          ", " + a_case(4, "true", 1, R"("verdict": "warn")") + ", " + a_case(1, "true", 0, R"("headline": "x")"));
  EXPECT_FALSE(report.passed());
  EXPECT_EQ(report.mutants, 0U) << "tests that fail notice nothing";
}

TEST(Mutation, RulesThatNobodyElseDecidesAreJudgedByTheWholeVerdict) {
  const auto policy = good_policy(
      R"({"policy": 1, "if_no_rule_applies": "allow", "rules": [{"id": "r", "level": "warn", "when": {"fact": "patch.revert", "is": true}, "require": {"fact": "patch.hotfix", "is": true}}]})");
  const auto report = run_policy_tests(
      policy,
      {{"t.json",
        R"({"tests": [{"facts": {"base": {"patch.revert": false, "patch.hotfix": false}}, "expect": {"verdict": "allow"}},
        {"facts": {"base": {"patch.revert": true, "patch.hotfix": true}}, "expect": {"rules": {"r": "pass"}}}]})"}},
      among({}));
  EXPECT_EQ(survivors(report), "");
  EXPECT_EQ(lines(report.rules_without_fail), "r\n");
  EXPECT_FALSE(report.complete());
}

TEST(Mutation, RulesOfABuiltInPolicyHaveTestsOfTheirOwn) {
  const Files files{
      {"builtin:p@1",
       R"({"policy": 1, "rules": [{"id": "a", "level": "warn", "require": {"fact": "patch.hotfix", "is": true}}, {"id": "b", "level": "warn", "require": {"fact": "patch.hotfix", "is": true}}]})"}};
  const auto policy =
      good_policy(R"({"policy": 1, "extends": ["builtin:p@1"], "rules": [{"id": "b", "level": "block"}]})", files);
  const auto report =
      run_policy_tests(policy, {{"t.json", R"({"tests": [{"expect": {"verdict": "block"}}]})"}}, among({}));
  EXPECT_EQ(lines(report.rules_without_pass), "b\n");
}

}  // namespace
}  // namespace patchgate
