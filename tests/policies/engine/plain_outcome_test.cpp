#include <gtest/gtest.h>

#include "policies/engine/evaluate.h"
#include "policy_texts.h"

namespace patchgate {
namespace {

Facts some_facts() {
  Facts facts;
  facts.set("patch.hotfix", true);
  facts.set("patch.revert", false);
  facts.set("patch.files.count", std::int64_t{4});
  facts.set("risk.level", Unknown{"code is unread"});
  facts.set("rollout.level", std::string("weak"));
  const auto row = [](const char* name, const char* impact, std::int64_t tests) {
    return Row{name, {"a.cpp", 7, 0}, {{"impact", std::string(impact)}, {"tests.reaching", tests}}};
  };
  facts.set_list("symbols.touched", {row("f", "high", 0), row("g", "high", 2), row("h", "low", 0)});
  return facts;
}

/// What a rule with these members says in plain words.
std::string told(const std::string& members) {
  const auto policy = good_policy(R"({"policy": 1, "rules": [{"id": "r", "level": "block", )" + members + "}]}");
  const auto rule = evaluate(policy, some_facts(), {}).rules.at(0);
  std::string text = lines(rule.plain.missing);
  for (const auto& doubt : rule.plain.doubts) text += "doubt: " + doubt.condition + " / " + doubt.why + "\n";
  for (const auto& line : rule.plain.applies) text += "applies: " + line + "\n";
  for (const auto& line : rule.plain.holds) text += "holds: " + line + "\n";
  for (const auto& line : rule.plain.advice) text += "advice: " + line + "\n";
  for (const auto& place : rule.met_by) text += "met by: " + place.file + "\n";
  return text;
}

const std::string kReached = R"({"field": "tests.reaching", "at_least": 1})";

TEST(PlainOutcome, HasNoNamesOfFacts) {
  struct Case {
    std::string members, expected;
  };
  for (
      const auto& [members, expected] : std::vector<Case>{
          {R"("require": {"fact": "patch.files.count", "at_most": 3})", "changed files: 4, needed: at most 3\n"},
          {R"("require": {"fact": "patch.files.count", "at_most": 0})", "changed files: 4, needed: none\n"},
          {R"("require": {"fact": "patch.hotfix", "is": false}, "fix": "Wait.")",
           "hotfix: yes, needed: no\nadvice: Wait.\n"},
          {R"("require": {"fact": "rollout.level", "in": ["staged", "staged_abort"]})",
           "staging of the rollout: weak, needed: staged or staged_abort\n"},
          {R"("require": {"fact": "risk.level", "is": "low"})", "risk: not known (code is unread), needed: low\n"},
          {R"("require": {"any": [{"fact": "patch.revert", "is": true}, {"fact": "patch.files.count", "at_most": 1}]})",
           "either exact revert: no, needed: yes\nor changed files: 4, needed: at most 1\n"},
          {R"("require": {"every": "symbols.touched", "has": )" + kReached + "}",
           "tests that reach it: 0, needed: at least 1, for f (a.cpp:7), h (a.cpp:7)\n"},
          {R"("require": {"every": "symbols.touched", "where": {"field": "impact", "is": "critical"}, "has": )" +
               kReached + "}",
           "holds: no touched symbols with impact: critical\n"},
          {R"("require": {"some": "symbols.touched", "has": {"field": "tests.reaching", "at_least": 9}})",
           "touched symbols: none with tests that reach it: at least 9, needed: one\n"
           "tests that reach it: 0, needed: at least 9, for f (a.cpp:7)\n"},
          {R"("when": {"all": [{"fact": "patch.hotfix", "is": true}, {"fact": "patch.revert", "is": false}]},
                "require": {"fact": "patch.files.count", "at_most": 9})",
           "applies: hotfix [claimed]\napplies: no exact revert\nholds: changed files: 4\n"},
          {R"("when": {"fact": "risk.level", "at_least": "high"}, "require": {"fact": "patch.files.count", "at_most": 3})",
           "changed files: 4, needed: at most 3\ndoubt: risk: at least high / code is unread\n"},
          {R"("require": {"every": "symbols.touched", "where": {"field": "tests.reaching", "at_least": 1},
                "has": {"field": "impact", "is": "high"}})",
           "holds: touched symbols: all with impact: high\nmet by: a.cpp\n"},
      }) {
    EXPECT_EQ(told(members), expected) << members;
  }
}

TEST(PlainOutcome, KnowsWhatItsRuleAsksFor) {
  const auto policy = good_policy(
      R"({"policy": 1, "rules": [{"id": "r", "level": "block", "require": {"all": [
           {"fact": "rollout.level", "at_least": "staged"}, {"every": "symbols.touched",
           "where": {"field": "impact", "is": "high"}, "has": {"field": "tests.reaching", "at_least": 1}}]}}]})");
  EXPECT_EQ(lines(evaluate(policy, some_facts(), {}).rules.at(0).asks),
            "impact\nrollout.level\nsymbols.touched\ntests.reaching\n");
}

}  // namespace
}  // namespace patchgate
