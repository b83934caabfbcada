#include "gate/reports/objections.h"

#include <gtest/gtest.h>

#include "gate/reports/formats.h"
#include "gate/reports/rule_findings.h"

namespace patchgate {
namespace {

RuleOutcome rule_with(RuleResult result, std::string objection, std::vector<std::string> asks = {}) {
  RuleOutcome rule;
  rule.id = "team/r";
  rule.title = "all is well";
  rule.objection = std::move(objection);
  rule.result = result;
  rule.effect = Effect::block;
  rule.asks = std::move(asks);
  return rule;
}

Report report_of(RuleOutcome rule) {
  Report report;
  report.verdict.decision = Decision::block;
  rule.at = {{"src/a.cpp", 15, 1}};
  report.verdict.rules = {std::move(rule)};
  FileChange file;
  file.path = "src/a.cpp";
  report.files = {file};
  TouchedSymbol symbol;
  symbol.name = "f";
  symbol.at = {"src/a.cpp", 15, 1};
  symbol.callers = {{"g", {"src/b.cpp", 3, 1}}};
  report.symbols = {symbol};
  CodeChange change;
  change.symbol = "f";
  change.before = "!p";
  change.use = "send(p)";
  change.uses = 1;
  report.code_changes.found = {change, change};
  report.code_changes.found.back().symbol = "h";
  return report;
}

TEST(Objections, SayWhatIsWrongBeforeWhatIsRequired) {
  struct Case {
    RuleOutcome rule;
    std::string wrong, required;
  };
  const std::vector<Case> cases{
      {rule_with(RuleResult::fail, "nothing is well"), "nothing is well", "required: all is well"},
      {rule_with(RuleResult::fail, ""), "needed: all is well", ""},
      {rule_with(RuleResult::fail, "all is well: wells: 0"), "needed: all is well: wells: 0", ""},
      {rule_with(RuleResult::unknown, ""), "not known whether all is well", ""},
      {rule_with(RuleResult::unknown, "not known whether all is well, for f"), "not known whether all is well, for f",
       ""},
      {rule_with(RuleResult::fail, "a check is gone", {"code_changes.count", "symbols.touched"}),
       "the check `!p` is gone before `send(p)`", "required: all is well"},
      {rule_with(RuleResult::fail, "a check is gone", {"guards.removed.count"}),
       "the check `!p` is gone before `send(p)`; and 1 more", "required: all is well"},
      {rule_with(RuleResult::unknown, "not known", {"guards.removed.count"}), "not known", "required: all is well"},
  };
  for (const auto& one : cases) {
    const auto report = report_of(one.rule);
    const auto& rule = report.verdict.rules.front();
    EXPECT_EQ(what_is_wrong(report, rule), one.wrong);
    EXPECT_EQ(what_is_required(report, rule), one.required);
  }
}

TEST(Objections, EveryFormatSaysThemAndNoneTheTitleAlone) {
  const auto report = report_of(rule_with(RuleResult::fail, "nothing is well"));
  for (const auto& writer :
       {write_text, write_markdown, write_html, write_junit, write_sarif, write_github, write_gitlab, write_rdjson}) {
    const auto text = writer(report, false);
    EXPECT_NE(text.find("nothing is well"), std::string::npos) << text;
    EXPECT_NE(text.find("required: all is well"), std::string::npos) << text;
  }
}

TEST(Objections, CallersStandWithRulesAboutSymbols) {
  EXPECT_TRUE(rule_findings(report_of(rule_with(RuleResult::fail, "no"))).front().users.empty());
  EXPECT_EQ(rule_findings(report_of(rule_with(RuleResult::fail, "no", {"symbols.touched"}))).front().users.size(), 1U);
}

TEST(Objections, TheLossOnTheWayToASinkIsNamed) {
  auto report = report_of(rule_with(RuleResult::fail, "no"));
  EXPECT_EQ(gravest_loss(report), "");
  report.code_changes.found.front().sink = "http_write";
  EXPECT_EQ(gravest_loss(report), "the check `!p` is gone before `send(p)`, which may feed http_write");
}

TEST(Objections, AnAllowSaysItsDoubts) {
  auto report = report_of(rule_with(RuleResult::pass, ""));
  report.verdict.decision = Decision::allow;
  EXPECT_EQ(not_seen_in_short(report), "not analysed: src/a.cpp");
  report.files.front().c_family = true;
  EXPECT_EQ(not_seen_in_short(report), "");
  report.blind_spots = {
      "the compile database names 143 of 208 source files of the base: what the others call is missing",
      "no test was recognised in this project: tests in other languages", "a third"};
  const std::string doubts =
      "the compile database names 143 of 208 source files of the base; no test was recognised in this project; 1 more";
  EXPECT_EQ(not_seen_in_short(report), doubts);
  for (const auto& writer : {write_text, write_markdown, write_html})
    EXPECT_NE(writer(report, false).find(doubts), std::string::npos);
  report.verdict.decision = Decision::block;
  EXPECT_EQ(write_text(report, false).find(doubts), std::string::npos);
}

}  // namespace
}  // namespace patchgate
