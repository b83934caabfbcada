#include "policies/engine/strictness.h"

#include <gtest/gtest.h>

#include "policy_texts.h"

namespace patchgate {
namespace {

Condition read(const std::string& text) { return good_policy(requiring(text)).rules[0].require; }

TEST(Strictness, Table) {
  struct Case {
    std::string before, now;
    bool at_least_as_strict, and_back;
  };
  const auto files = [](const std::string& rest) { return R"({"fact": "patch.files.count", )" + rest + "}"; };
  const auto group = [](const std::string& form, const std::string& rest) {
    return "{\"" + form + "\": [" + rest + "]}";
  };
  const auto rows = [](const std::string& form, const std::string& where, const std::string& count) {
    return "{\"" + form + R"(": "symbols.touched", )" +
           (where.empty() ? "" : R"("where": {"field": "impact", "at_least": ")" + where + "\"}, ") +
           R"("has": {"field": "tests.reaching", "at_least": )" + count + "}}";
  };
  const std::string a = files(R"("at_most": 3)"), b = R"({"fact": "patch.hotfix", "is": true})";
  const std::string stricter_a = files(R"("at_most": 2)");
  for (const auto& [before, now, expected, back] : {
           Case{a, a, true, true},
           Case{a, stricter_a, true, false},
           Case{files(R"("at_least": 1)"), files(R"("at_least": 2)"), true, false},
           Case{R"({"fact": "risk.level", "at_least": "low"})", R"({"fact": "risk.level", "at_least": "high"})", true,
                false},
           Case{R"({"fact": "rollout.first_stage.percent", "at_most": 5.5})",
                R"({"fact": "rollout.first_stage.percent", "at_most": 5})", true, false},
           Case{files(R"("is": 1)"), files(R"("is": 2)"), false, false},
           Case{files(R"("is": 1)"), files(R"("is_not": 1)"), false, false},
           Case{files(R"("in": [1, 2])"), files(R"("in": [2])"), true, false},
           Case{R"({"fact": "target.ref", "matches": ["a", "b"]})", R"({"fact": "target.ref", "matches": "b"})", true,
                false},
           Case{R"({"fact": "target.ref", "includes": "a"})", R"({"fact": "target.ref", "includes": "a"})", true, true},
           Case{group("all", a), group("all", a + "," + b), true, false},
           Case{group("all", a), group("all", stricter_a), true, false},
           Case{group("any", a + "," + b), group("any", b), true, false},
           Case{group("any", a), group("any", stricter_a), true, false},
           Case{group("none", a), group("none", a + "," + b), true, false},
           Case{group("none", stricter_a), group("none", a), true, false},
           Case{group("all", a), group("any", a), false, false},
           Case{rows("every", "high", "1"), rows("every", "high", "2"), true, false},
           Case{rows("every", "high", "1"), rows("every", "moderate", "1"), true, false},
           Case{rows("every", "high", "1"), rows("every", "", "1"), true, false},
           Case{rows("some", "moderate", "1"), rows("some", "high", "1"), true, false},
           Case{rows("some", "", "1"), rows("some", "high", "1"), true, false},
           Case{rows("some", "", "1"), rows("some", "", "1"), true, true},
           Case{rows("some", "", "1"), rows("every", "", "1"), false, false},
       }) {
    EXPECT_EQ(at_least_as_strict(read(before), read(now)), expected) << before << "\n" << now;
    EXPECT_EQ(at_least_as_strict(read(now), read(before)), back) << now << "\n" << before;
  }
}

TEST(Strictness, EffectsOfLevels) {
  Rule rule;
  for (const auto& [level, unknown, fail, unsure] :
       {std::tuple(RuleLevel::observe, std::optional<Effect>(), Effect::observe, Effect::observe),
        std::tuple(RuleLevel::observe, std::optional(Effect::block), Effect::observe, Effect::observe),
        std::tuple(RuleLevel::warn, std::optional<Effect>(), Effect::warn, Effect::warn),
        std::tuple(RuleLevel::warn, std::optional(Effect::block), Effect::warn, Effect::block),
        std::tuple(RuleLevel::block, std::optional(Effect::warn), Effect::block, Effect::warn),
        std::tuple(RuleLevel::final_, std::optional<Effect>(), Effect::block, Effect::block)}) {
    rule.level = level;
    rule.unknown = unknown;
    EXPECT_EQ(effect_of_failure(rule), fail);
    EXPECT_EQ(effect_of_unknown(rule), unsure);
  }
}

TEST(Names, OfLevelsResultsEffectsDecisions) {
  EXPECT_STREQ(name_of(RuleLevel::observe), "observe");
  EXPECT_STREQ(name_of(RuleLevel::warn), "warn");
  EXPECT_STREQ(name_of(RuleLevel::block), "block");
  EXPECT_STREQ(name_of(RuleLevel::final_), "final");
  EXPECT_STREQ(name_of(RuleResult::pass), "pass");
  EXPECT_STREQ(name_of(RuleResult::fail), "fail");
  EXPECT_STREQ(name_of(RuleResult::unknown), "unknown");
  EXPECT_STREQ(name_of(RuleResult::not_applicable), "not_applicable");
  EXPECT_STREQ(name_of(Effect::none), "none");
  EXPECT_STREQ(name_of(Effect::observe), "observe");
  EXPECT_STREQ(name_of(Effect::warn), "warn");
  EXPECT_STREQ(name_of(Effect::block), "block");
  EXPECT_STREQ(name_of(Decision::allow), "allow");
  EXPECT_STREQ(name_of(Decision::warn), "warn");
  EXPECT_STREQ(name_of(Decision::block), "block");
  EXPECT_STREQ(name_of(Decision::none), "none");
}

}  // namespace
}  // namespace patchgate
