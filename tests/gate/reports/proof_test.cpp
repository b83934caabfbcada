#include "gate/reports/proof.h"

#include <gtest/gtest.h>

#include "tests/gate/reports/sample_report.h"

namespace patchgate {
namespace {

using Lines = std::vector<std::string>;

RuleOutcome& rule_of(Report& report, const char* id) {
  for (auto& rule : report.verdict.rules) {
    if (rule.id == id) return rule;
  }
  return report.verdict.rules.front();
}

TEST(ProofTest, NamesTheTestAndTheRollout) {
  EXPECT_EQ(
      proofs(proven_report()),
      (Lines{
          "tests: TrimTest.Empty reaches util::trim (distance 1, added by this patch)",
          "rollout: deploy/rollout.json, 1 % first, stops by itself, not provable that it ships this code [claimed]"}));
}

TEST(ProofTest, ARolloutOfThisCodeHasNoDoubt) {
  Report report = proven_report();
  report.facts.set("rollout.linked", std::string("yes"));
  report.facts.set("rollout.first_stage.percent", 0.00001);
  EXPECT_EQ(proofs(report).back(), "rollout: deploy/rollout.json, 1e-05 % first, stops by itself [claimed]");
}

TEST(ProofTest, ATestThatIsOlderOrOnlyPossibleSaysSo) {
  Report report = proven_report();
  report.symbols.pop_back();
  EXPECT_EQ(proofs(report).front(), "tests: TrimTest.Empty reaches util::trim (distance 1, changed by this patch)");
  report.symbols.front().tests.front().changed = false;
  report.symbols.front().tests.front().weakest = Confidence::possible;
  EXPECT_EQ(proofs(report).front(), "tests: TrimTest.Empty reaches util::trim (distance 1, possible)");
}

TEST(ProofTest, ARolloutSaysNoMoreThanIsKnown) {
  Report report = proven_report();
  report.facts.set("rollout.first_stage.percent", Unknown{"no weight"});
  report.facts.set("rollout.abort", false);
  EXPECT_EQ(proofs(report).back(), "rollout: deploy/rollout.json, not provable that it ships this code [claimed]");
}

TEST(ProofTest, ManySymbolsAreCounted) {
  Report report = proven_report();
  report.symbols.pop_back();
  for (std::uint32_t line = 100; line < 105; ++line) {
    TouchedSymbol more = report.symbols.front();
    more.at.line = line;
    more.name = "f" + std::to_string(line);
    rule_of(report, "hotfix/tests-reach").met_by.push_back(more.at);
    report.symbols.push_back(more);
  }
  const Lines lines = proofs(report);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[3], "tests: 3 more touched symbols reached likewise");
}

TEST(ProofTest, WhatWasNotAskedForOrDoesNotCountIsNoProof) {
  EXPECT_EQ(proofs(allow_report()), Lines{});
  Report report = proven_report();
  report.verdict.decision = Decision::block;
  EXPECT_EQ(proofs(report), Lines{}) << "nothing was earned";

  report = proven_report();
  rule_of(report, "hotfix/tests-reach").plain.applies.clear();
  rule_of(report, "hotfix/rollout").level = RuleLevel::warn;
  EXPECT_EQ(proofs(report), Lines{});

  report = proven_report();
  rule_of(report, "hotfix/tests-reach").met_by.clear();
  EXPECT_EQ(proofs(report).size(), 1U) << "no symbol had to be reached";
}

TEST(ProofTest, AnotherRuleShowsItsValuesUnlessTheyAreNone) {
  Report report = proven_report();
  RuleOutcome& rule = rule_of(report, "hotfix/rollout");
  rule.asks = {"review.approvals.count"};
  rule.plain.holds = {"approvals: 2"};
  report.facts.set("review.approvals.count", std::int64_t{2});
  EXPECT_EQ(proofs(report).back(), "approvals: 2");
  rule.asks = {"analysis.unread.count"};
  rule.plain.holds = {"unread places of the patch: 0"};
  report.facts.set("analysis.unread.count", std::int64_t{0});
  EXPECT_EQ(proofs(report).size(), 1U);
}

}  // namespace
}  // namespace patchgate
