#include "gate/commands/contradiction.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

Rule rule_of(std::string id, RuleLevel level) {
  Rule rule;
  rule.id = std::move(id);
  rule.level = level;
  return rule;
}

Policy sample_policy() {
  Policy policy;
  policy.rules = {rule_of("a/tests", RuleLevel::block), rule_of("a/size", RuleLevel::warn)};
  return policy;
}

ReportedVerdict passing() {
  ReportedVerdict verdict;
  verdict.decision = "allow";
  verdict.rules = {{"a/tests", "block", "pass", "none"}, {"a/size", "warn", "not_applicable", "none"}};
  return verdict;
}

struct Case {
  const char* name;
  void (*change)(ReportedVerdict&);
  std::string alone, with_policy;  ///< empty: nothing to say
};

TEST(Contradiction, IsFoundInTheReportAndAgainstItsPolicy) {
  const std::string blocks = "the verdict is allow, and the rule a/tests blocks: the report contradicts itself";
  const std::string does_nothing =
      "the rule a/tests does nothing, and by its level and its result (block, fail) it blocks: the report contradicts "
      "itself";
  const Case cases[] = {
      {"none", [](ReportedVerdict&) {}, "", ""},
      {"one word was turned",
       [](ReportedVerdict& verdict) {
         verdict.rules[0].result = "fail";
         verdict.rules[0].effect = "block";
       },
       blocks, blocks},
      {"two words were turned", [](ReportedVerdict& verdict) { verdict.rules[0].result = "fail"; }, does_nothing,
       does_nothing},
      {"an unknown that blocks, by the policy alone",
       [](ReportedVerdict& verdict) { verdict.rules[0].result = "unknown"; }, "",
       "the rule a/tests does nothing, and by its level and its result (block, unknown) it blocks: the report "
       "contradicts itself"},
      {"a level was turned",
       [](ReportedVerdict& verdict) {
         verdict.decision = "warn";
         verdict.rules[0] = {"a/tests", "warn", "fail", "warn"};
       },
       "", "rule 1 of the report is a/tests at warn, and that of the policy that it names is a/tests at block"},
      {"a rule was taken out", [](ReportedVerdict& verdict) { verdict.rules.pop_back(); }, "",
       "the report has 1 rules, and the policy that it names has 2"},
      {"a verdict weaker than its rules",
       [](ReportedVerdict& verdict) {
         verdict.rules[1] = {"a/size", "warn", "fail", "warn"};
       },
       "the verdict is allow, and the rule a/size warns: the report contradicts itself",
       "the verdict is allow, and the rule a/size warns: the report contradicts itself"},
      {"a verdict stronger than its rules", [](ReportedVerdict& verdict) { verdict.decision = "block"; }, "",
       "the verdict is block, and its rules make it allow: the report contradicts itself"},
      {"overridden",
       [](ReportedVerdict& verdict) {
         verdict.decision = "warn";
         verdict.rules[0] = {"a/tests", "block", "fail", "warn", true};
       },
       "", ""},
      {"excepted",
       [](ReportedVerdict& verdict) { verdict.rules[0] = {"a/tests", "block", "fail", "none", false, true}; }, "", ""},
      {"a pass that has an effect",
       [](ReportedVerdict& verdict) {
         verdict.decision = "warn";
         verdict.rules[1] = {"a/size", "warn", "pass", "warn"};
       },
       "the rule a/size warns, and by its level and its result (warn, pass) it does nothing: the report contradicts "
       "itself",
       "the rule a/size warns, and by its level and its result (warn, pass) it does nothing: the report contradicts "
       "itself"},
      {"no such effect", [](ReportedVerdict& verdict) { verdict.rules[0].effect = "nothing"; },
       "the rule a/tests has no effect that there is", "the rule a/tests has no effect that there is"},
  };
  for (const auto& one : cases) {
    auto verdict = passing();
    one.change(verdict);
    EXPECT_EQ(contradiction(verdict).value_or(""), one.alone) << one.name;
    EXPECT_EQ(contradiction(verdict, sample_policy(), false).value_or(""), one.with_policy) << one.name;
  }
}

TEST(Contradiction, RulesThatAreOnlyObservedMakeAWarning) {
  auto verdict = passing();
  verdict.decision = "warn";
  verdict.rules = {{"a/tests", "observe", "fail", "observe"}, {"a/size", "observe", "pass", "none"}};
  EXPECT_EQ(contradiction(verdict, sample_policy(), true), std::nullopt);
  EXPECT_NE(contradiction(verdict, sample_policy(), false), std::nullopt);
}

}  // namespace
}  // namespace patchgate
