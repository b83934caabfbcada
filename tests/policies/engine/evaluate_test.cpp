#include "policies/engine/evaluate.h"

#include <gtest/gtest.h>

#include "policy_texts.h"

namespace patchgate {
namespace {

Value text(const char* word) { return std::string(word); }

Facts some_facts() {
  Facts facts;
  facts.set("patch.files.count", std::int64_t{4});
  facts.set("patch.hotfix", true);
  facts.set("patch.revert", false);
  facts.set("risk.level", text("high"));
  facts.set("impact.level", Unknown{"code is unread"});
  return facts;
}

std::string indented(const char* head, const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& one : texts) all += std::string("  ") + head + one + "\n";
  return all;
}

/// All that a rule's outcome says, as a text.
std::string told(const RuleOutcome& outcome) {
  return std::string(name_of(outcome.result)) + " " + name_of(outcome.effect) + "\n" + indented("", outcome.because) +
         indented("pass: ", outcome.to_pass) + indented("applies: ", outcome.applies_because);
}

std::string rule_text(const std::string& level, const std::string& when, const std::string& require,
                      const std::string& more = "") {
  return R"({"policy": 1, "rules": [{"id": "r", "level": ")" + level + "\"" +
         (when.empty() ? "" : ", \"when\": " + when) + ", \"require\": " + require + more + "}]}";
}

constexpr const char* kHolds = R"({"fact": "patch.hotfix", "is": true})";
constexpr const char* kFails = R"({"fact": "patch.hotfix", "is": false})";
constexpr const char* kUnknown = R"({"fact": "impact.level", "is": "low"})";

TEST(Evaluate, ResultsAndEffects) {
  struct Combination {
    const char *level, *when, *require, *more, *result, *effect, *decision;
  };
  const char* soft = R"(, "unknown": "warn")";
  for (const auto& [level, when, require, more, result, effect, decision] : {
           Combination{"block", "", kHolds, "", "pass", "none", "allow"},
           Combination{"block", "", kFails, "", "fail", "block", "block"},
           Combination{"final", "", kFails, "", "fail", "block", "block"},
           Combination{"warn", "", kFails, "", "fail", "warn", "warn"},
           Combination{"observe", "", kFails, "", "fail", "observe", "allow"},
           Combination{"block", "", kUnknown, "", "unknown", "block", "block"},
           Combination{"final", "", kUnknown, "", "unknown", "block", "block"},
           Combination{"warn", "", kUnknown, "", "unknown", "warn", "warn"},
           Combination{"observe", "", kUnknown, "", "unknown", "observe", "allow"},
           Combination{"block", "", kUnknown, soft, "unknown", "warn", "warn"},
           Combination{"block", "", kFails, soft, "fail", "block", "block"},
           Combination{"block", kHolds, kFails, "", "fail", "block", "block"},
           Combination{"block", kFails, kFails, "", "not_applicable", "none", "none"},
           Combination{"block", kUnknown, kHolds, "", "pass", "none", "allow"},
           Combination{"block", kUnknown, kFails, "", "unknown", "block", "block"},
           Combination{"block", kUnknown, kFails, soft, "unknown", "warn", "warn"},
           Combination{"block", kUnknown, kUnknown, "", "unknown", "block", "block"},
       }) {
    const auto verdict = evaluate(good_policy(rule_text(level, when, require, more)), some_facts(), {});
    const auto& rule = verdict.rules.at(0);
    const auto label = std::string(level) + " when " + when + " require " + require + more;
    EXPECT_STREQ(name_of(rule.result), result) << label;
    EXPECT_STREQ(name_of(rule.effect), effect) << label;
    EXPECT_STREQ(name_of(verdict.decision), decision) << label;
  }
}

TEST(Evaluate, SaysWhyARuleApplies) {
  const auto told_with = [](const std::string& when) {
    return told(evaluate(good_policy(rule_text("block", when, kFails)), some_facts(), {}).rules.at(0));
  };
  EXPECT_EQ(
      told_with(
          R"({"all": [{"fact": "risk.level", "at_least": "moderate"}, {"none": [{"fact": "patch.revert", "is": true}]}]})"),
      "fail block\n  patch.hotfix = true [claimed], need false\n  pass: patch.hotfix false (now true)\n"
      "  applies: risk.level = high\n  applies: patch.revert = false\n");
  EXPECT_EQ(
      told_with(R"({"all": [{"fact": "risk.level", "at_most": "low"}, {"fact": "patch.files.count", "at_least": 9}]})"),
      "not_applicable none\n  risk.level = high, applies only if at most low\n"
      "  patch.files.count = 4, applies only if at least 9\n");
  EXPECT_EQ(told_with(kUnknown),
            "unknown block\n  impact.level is unknown (code is unread), applies only if low\n  patch.hotfix = true "
            "[claimed], need false\n"
            "  pass: patch.hotfix false (now true)\n");
}

TEST(Evaluate, PathsDecideWhetherARuleApplies) {
  const auto policy = good_policy(rule_text("block", kHolds, kFails, R"(, "paths": ["src/pay/**", "*.sql"])"));
  EXPECT_EQ(told(evaluate(policy, some_facts(), {"src/a.cpp", "src/pay/b.cpp"}).rules.at(0)),
            "fail block\n  patch.hotfix = true [claimed], need false\n  pass: patch.hotfix false (now true)\n"
            "  applies: touched path src/pay/b.cpp matches src/pay/**\n  applies: patch.hotfix = true [claimed]\n");
  EXPECT_EQ(told(evaluate(policy, some_facts(), {"src/a.cpp"}).rules.at(0)),
            "not_applicable none\n  no touched path matches src/pay/** or *.sql\n");
  const auto elsewhere = good_policy(rule_text("block", kFails, kFails, R"(, "paths": ["src/**"])"));
  EXPECT_EQ(told(evaluate(elsewhere, some_facts(), {"src/a.cpp"}).rules.at(0)),
            "not_applicable none\n  patch.hotfix = true [claimed], applies only if false\n");
}

TEST(Evaluate, CopiesTheRulesOwnWords) {
  const auto verdict =
      evaluate(good_policy("{\"policy\": 1, \"rules\": [\n{\"id\": \"r\", \"title\": \"t\", \"fix\": \"f\", \"level\": "
                           "\"final\", \"require\": " +
                           std::string(kFails) + "}]}"),
               some_facts(), {});
  const auto& rule = verdict.rules.at(0);
  EXPECT_EQ(rule.id + rule.title + rule.fix + " " + rule.where, "rtf p.json:2");
  EXPECT_EQ(rule.level, RuleLevel::final_);
  EXPECT_EQ(verdict.rules_loaded, 1U);
  EXPECT_EQ(verdict.rules_applied, 1U);
}

TEST(Evaluate, NothingThatAppliesIsNoPass) {
  const auto verdict = evaluate(good_policy(rule_text("block", kFails, kFails)), some_facts(), {});
  EXPECT_EQ(verdict.decision, Decision::none);
  EXPECT_EQ(verdict.reason,
            "no rule of the policy applied (1 loaded); add one without `when`, or say `if_no_rule_applies`");
  EXPECT_EQ(
      verdict.headline,
      "CANNOT JUDGE: no rule of the policy applied (1 loaded); add one without `when`, or say `if_no_rule_applies`");
  const auto empty = evaluate(Policy{}, some_facts(), {});
  EXPECT_EQ(empty.decision, Decision::none);
  EXPECT_EQ(empty.headline, "CANNOT JUDGE: the policy has no rules");
  Policy lenient;
  lenient.if_no_rule_applies = Decision::allow;
  EXPECT_EQ(evaluate(lenient, some_facts(), {}).decision, Decision::none) << "no rules at all";
}

TEST(Evaluate, APolicyMaySayWhatNothingMeans) {
  for (const auto& [word, decision, headline] :
       {std::tuple("allow", Decision::allow, "ALLOW: no rule of the policy applied"),
        std::tuple("warn", Decision::warn, "WARN: no rule of the policy applied"),
        std::tuple("block", Decision::block, "BLOCK: no rule of the policy applied"),
        std::tuple("none", Decision::none,
                   "CANNOT JUDGE: no rule of the policy applied (1 loaded); add one without `when`, or say "
                   "`if_no_rule_applies`")}) {
    auto text = rule_text("block", kFails, kFails);
    text.insert(1, std::string("\"if_no_rule_applies\": \"") + word + "\", ");
    const auto verdict = evaluate(good_policy(text), some_facts(), {});
    EXPECT_EQ(verdict.decision, decision);
    EXPECT_EQ(verdict.headline, headline);
  }
}

}  // namespace
}  // namespace patchgate
