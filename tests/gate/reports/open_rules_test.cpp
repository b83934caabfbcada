#include "gate/reports/open_rules.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

RuleOutcome open(const char* id, Effect effect, std::vector<std::string> missing,
                 std::vector<std::string> advice = {}) {
  RuleOutcome rule;
  rule.id = id;
  rule.result = RuleResult::fail;
  rule.effect = effect;
  rule.plain.missing = std::move(missing);
  rule.plain.advice = std::move(advice);
  return rule;
}

std::string shown(const std::vector<RuleLines>& groups) {
  std::string text;
  for (const auto& group : groups) {
    text += ids_of(group.rules) + ":";
    for (const auto& line : group.lines) text += " [" + line + "]";
    text += "\n";
  }
  return text;
}

TEST(OpenRulesTest, WhatSeveralMissIsSaidOnce) {
  Verdict verdict;
  verdict.rules = {open("a", Effect::warn, {"x", "y"}),  open("b", Effect::block, {"z"}),
                   open("c", Effect::block, {"x", "y"}), open("d", Effect::warn, {"x"}),
                   open("e", Effect::warn, {}),          open("f", Effect::warn, {})};
  EXPECT_EQ(shown(missing_by_rules(verdict)), "b: [z]\nc, a: [x] [y]\nd: [x]\ne:\nf:\n");
}

TEST(OpenRulesTest, AdviceIsSaidOnceALine) {
  Verdict verdict;
  verdict.rules = {open("a", Effect::warn, {}, {"generate it", "add it"}), open("b", Effect::block, {}, {"test it"}),
                   open("c", Effect::block, {}, {"generate it", "add it", "ask", "ask"})};
  EXPECT_EQ(shown(advice_by_rules(verdict)), "b: [test it]\nc, a: [generate it] [add it]\nc: [ask]\n");
}

TEST(OpenRulesTest, AReasonThatTheTopTellsIsNotRepeated) {
  Verdict verdict;
  verdict.rules = {open("a", Effect::block, {}), open("b", Effect::block, {})};
  verdict.rules[0].plain.doubts = {{"risk.level", "risk: at least high", "code is unread"}};
  verdict.rules[1].plain.doubts = {{"risk.level", "risk: at least high", "code is unread"},
                                   {"sinks.count", "data sinks fed: at least 1", "no graph"}};
  EXPECT_EQ(shown(doubts_by_rules(verdict)),
            "a, b: [risk: at least high, which is not known]\n"
            "b: [data sinks fed: at least 1, which is not known: no graph]\n");
  verdict.rules[0].plain.applies = verdict.rules[1].plain.applies = {"hotfix [claimed]", "no exact revert"};
  EXPECT_EQ(shown(grounds_by_rules(verdict)), "a, b: [hotfix [claimed], no exact revert]\n");
}

TEST(OpenRulesTest, WhatOnlyObservesAndIsUnknownTakesOneLine) {
  Verdict verdict;
  verdict.rules = {open("a", Effect::observe, {"x"}, {"do"}), open("b", Effect::observe, {"y"}),
                   open("c", Effect::none, {})};
  verdict.rules[0].result = RuleResult::unknown;
  verdict.rules[0].title = "all is well";
  verdict.rules[2].result = RuleResult::pass;
  EXPECT_EQ(shown(missing_by_rules(verdict)), "b: [y]\n");
  EXPECT_EQ(shown(advice_by_rules(verdict)), "");
  EXPECT_EQ(observed_unknown(verdict), (std::vector<std::string>{"not known whether all is well (a, only observed)"}));
}

}  // namespace
}  // namespace patchgate
