#include <gtest/gtest.h>

#include "dice.h"
#include "policies/engine/evaluate.h"
#include "policies/engine/leave.h"

namespace patchgate {
namespace {

std::string all_of(const RuleOutcome& rule) {
  std::string text = rule.id + " " + name_of(rule.result) + " " + name_of(rule.effect) + (rule.excepted ? " out" : "");
  for (const auto* lines : {&rule.because, &rule.to_pass, &rule.applies_because, &rule.plain.missing}) {
    for (const auto& line : *lines) text += "\n  " + line;
  }
  for (const auto& place : rule.at) text += "\n  " + place.file + ":" + std::to_string(place.line);
  return text + "\n" + std::to_string(rule.exceptions.size());
}

Leave exception_of(const std::string& rule, const char* glob, const char* symbol) {
  Exception exception;
  exception.rule = rule;
  exception.paths.push_back(*Glob::compile(glob));
  exception.symbol = symbol;
  exception.expires = 10 * 86'400;
  Leave leave;
  leave.exceptions.push_back(std::move(exception));
  return leave;
}

constexpr std::uint32_t kSeeds = 300;

TEST(Properties, AnExceptionTouchesNoOtherRuleAndMakesNoVerdictHarsher) {
  std::size_t lifted = 0;
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    Dice dice(seed);
    const auto facts = dice.facts(9);
    const auto policy = dice.policy();
    const std::vector<std::string> paths{"src/a.cpp"};
    const auto before = evaluate(policy, facts, paths);
    for (const auto& excepted : policy.rules) {
      const auto leave = exception_of(excepted.id, dice.one_in(2) ? "**" : "src/**", dice.one_in(3) ? "f0" : "");
      const auto after = evaluate(policy, facts, paths, leave).verdict;
      EXPECT_LE(after.decision, before.decision) << "seed " << seed << " " << excepted.id;
      for (std::size_t i = 0; i < before.rules.size(); ++i) {
        lifted += after.rules[i].excepted ? 1 : 0;
        if (policy.rules[i].id == excepted.id) continue;
        EXPECT_EQ(all_of(after.rules[i]), all_of(before.rules[i])) << "seed " << seed << " for " << excepted.id;
      }
    }
  }
  EXPECT_GT(lifted, 100U);
}

}  // namespace
}  // namespace patchgate
