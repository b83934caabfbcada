#include "gate/reports/rule_findings.h"

#include <gtest/gtest.h>

#include "tests/gate/reports/sample_report.h"

namespace patchgate {
namespace {

std::string shown(const RuleFinding& finding) {
  return finding.rule + " " + std::to_string(static_cast<int>(finding.effect)) + " " + finding.at.file + ":" +
         std::to_string(finding.at.line) + " " + finding.symbol;
}

std::vector<std::string> shown(const Report& report) {
  std::vector<std::string> lines;
  for (const auto& finding : rule_findings(report)) lines.push_back(shown(finding));
  return lines;
}

Report report_with(RuleOutcome rule) {
  Report report;
  report.verdict.decision = Decision::block;
  report.verdict.rules = {std::move(rule)};
  FileChange file;
  file.path = "src/a.cpp";
  file.hunks = {{{5, 1}, {5, 1}}, {{20, 2}, {20, 0}}};
  report.files = {file};
  TouchedSymbol symbol;
  symbol.name = "f";
  symbol.at = {"src/a.cpp", 15, 1};
  symbol.end_line = 30;
  report.symbols = {symbol};
  return report;
}

RuleOutcome failing(std::vector<Place> at) {
  RuleOutcome rule;
  rule.id = "team/r";
  rule.result = RuleResult::fail;
  rule.effect = Effect::block;
  rule.at = std::move(at);
  return rule;
}

TEST(RuleFindings, StandOnALineThatThePatchChanges) {
  using Lines = std::vector<std::string>;
  // A deletion in a symbol: the line after it. A place that is no symbol: itself. None: the most fundamental symbol.
  EXPECT_EQ(shown(report_with(failing({{"src/a.cpp", 15, 1}}))), Lines{"team/r 3 src/a.cpp:21 f"});
  EXPECT_EQ(shown(report_with(failing({{"src/a.cpp", 5, 0}}))), Lines{"team/r 3 src/a.cpp:5 "});
  EXPECT_EQ(shown(report_with(failing({{"rollout.yaml", 0, 0}}))), Lines{"team/r 3 rollout.yaml:1 "});
  EXPECT_EQ(shown(report_with(failing({}))), Lines{"team/r 3 src/a.cpp:21 f"});
  auto bare = report_with(failing({}));
  bare.symbols.clear();
  EXPECT_EQ(shown(bare), Lines{"team/r 3 src/a.cpp:5 "});
  bare.files.clear();
  EXPECT_EQ(shown(bare), Lines{"team/r 3 .patchgate/policy.json:1 "});
}

TEST(RuleFindings, StandWhereTheFactsWereReadInThePatch) {
  auto rule = failing({});
  rule.asks = {"analysis.unread.count"};
  auto report = report_with(rule);
  report.facts.set("analysis.unread.count", std::int64_t{2}, {{"src/a.cpp", 5, 0}, {"elsewhere.cpp", 1, 0}});
  EXPECT_EQ(shown(report), std::vector<std::string>{"team/r 3 src/a.cpp:5 "});
}

TEST(RuleFindings, TheGravestComeFirstAndEachHasAFingerprintThatStays) {
  const auto findings = rule_findings(sample_report());
  ASSERT_GT(findings.size(), 3U);
  for (std::size_t i = 1; i < findings.size(); ++i) {
    EXPECT_GE(findings[i - 1].effect, findings[i].effect);
    EXPECT_NE(findings[i - 1].fingerprint, findings[i].fingerprint);
  }
  auto moved = sample_report();
  for (auto& symbol : moved.symbols) symbol.at.line += 100, symbol.end_line += 100;
  for (auto& rule : moved.verdict.rules)
    for (auto& at : rule.at) at.line += 100;
  const auto later = rule_findings(moved);
  ASSERT_EQ(later.size(), findings.size());
  EXPECT_EQ(later.front().fingerprint, findings.front().fingerprint);
  EXPECT_EQ(findings.front().fingerprint.size(), 32U);
}

TEST(RuleFindings, WhatCouldNotBeJudgedIsOneOfThem) {
  const auto findings = rule_findings(none_report());
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings.front().rule, kNotJudged);
  EXPECT_EQ(findings.front().effect, Effect::block);
  EXPECT_TRUE(findings.front().unknown);
}

TEST(RuleFindings, OneLineSaysWhatIsWrongAndWhatToDo) {
  RuleFinding finding;
  finding.wrong = "no test reaches it";
  finding.required = "required: a test reaches it";
  finding.missing = {"tests: 0", "\x1b[2J"};
  finding.advice = {"add one"};
  EXPECT_EQ(in_one_line(finding, 500),
            "no test reaches it. required: a test reaches it. Found: tests: 0; \\x1b[2J. To pass: add one");
  EXPECT_EQ(in_one_line(finding, 9), "no test r...");
  finding.advice = {"Add one.", "Name it."};
  EXPECT_TRUE(in_one_line(finding, 500).ends_with("To pass: Add one. Name it.")) << in_one_line(finding, 500);
}

}  // namespace
}  // namespace patchgate
