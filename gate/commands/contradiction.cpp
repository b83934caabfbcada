#include "gate/commands/contradiction.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "policies/engine/strictness.h"
#include "policies/engine/verdict.h"

namespace patchgate {
namespace {

constexpr std::array kEffects{Effect::none, Effect::observe, Effect::warn, Effect::block};

std::optional<Effect> effect_named(const std::string& word) {
  for (const auto effect : kEffects)
    if (word == name_of(effect)) return effect;
  return std::nullopt;
}

const char* does(Effect effect) {
  switch (effect) {
    case Effect::block:
      return "blocks";
    case Effect::warn:
      return "warns";
    case Effect::observe:
      return "is observed";
    case Effect::none:
      return "does nothing";
  }
  return "";
}

Effect strongest_of(const std::string& decision) {
  if (decision == name_of(Decision::block)) return Effect::block;
  return decision == name_of(Decision::warn) ? Effect::warn : Effect::observe;
}

Effect of_level(const std::string& level) {
  if (level == name_of(RuleLevel::warn)) return Effect::warn;
  return level == name_of(RuleLevel::observe) ? Effect::observe : Effect::block;
}

/// With what lifts it.
Effect lifted(const ReportedRule& rule, Effect effect) {
  if (rule.excepted) return Effect::none;
  return rule.overridden ? std::min(effect, Effect::warn) : effect;
}

std::string is_and_should_be(const ReportedRule& rule, Effect is, Effect should_be) {
  return fmt::format("the rule {} {}, and by its level and its result ({}, {}) it {}: the report contradicts itself",
                     rule.id, does(is), rule.level, rule.result, does(should_be));
}

bool applied(const ReportedRule& rule) { return rule.result != name_of(RuleResult::not_applicable); }

bool did_not_pass(const ReportedRule& rule) {
  return rule.result == name_of(RuleResult::fail) || rule.result == name_of(RuleResult::unknown);
}

std::optional<std::string> other_effect(const ReportedRule& reported, const Rule& rule, bool observe_only) {
  auto should_be = Effect::none;
  if (reported.result == name_of(RuleResult::fail)) should_be = effect_of_failure(rule);
  if (reported.result == name_of(RuleResult::unknown)) should_be = effect_of_unknown(rule);
  should_be = lifted(reported, should_be);
  if (observe_only) should_be = std::min(should_be, Effect::observe);
  const auto is = effect_named(reported.effect).value_or(Effect::none);
  return is == should_be ? std::nullopt : std::optional(is_and_should_be(reported, is, should_be));
}

}  // namespace

std::optional<std::string> contradiction(const ReportedVerdict& verdict) {
  auto most = strongest_of(verdict.decision);
  const ReportedRule* beyond = nullptr;
  for (const auto& rule : verdict.rules) {
    const auto effect = effect_named(rule.effect);
    if (!effect) return fmt::format("the rule {} has no effect that there is", rule.id);
    if (*effect <= most) continue;
    most = *effect;
    beyond = &rule;
  }
  if (beyond != nullptr)
    return fmt::format("the verdict is {}, and the rule {} {}: the report contradicts itself", verdict.decision,
                       beyond->id, does(most));
  for (const auto& rule : verdict.rules) {
    const auto effect = effect_named(rule.effect);
    if (!did_not_pass(rule) && *effect != Effect::none) return is_and_should_be(rule, *effect, Effect::none);
    if (rule.result != name_of(RuleResult::fail)) continue;
    const auto should_be = lifted(rule, of_level(rule.level));
    if (*effect != should_be) return is_and_should_be(rule, *effect, should_be);
  }
  return std::nullopt;
}

std::optional<std::string> contradiction(const ReportedVerdict& verdict, const Policy& policy, bool observe_only) {
  if (auto of_itself = contradiction(verdict)) return of_itself;
  if (verdict.rules.size() != policy.rules.size())
    return fmt::format("the report has {} rules, and the policy that it names has {}", verdict.rules.size(),
                       policy.rules.size());
  auto strongest = Effect::none;
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const auto& reported = verdict.rules[i];
    const auto& rule = policy.rules[i];
    const std::string level = name_of(observe_only ? RuleLevel::observe : rule.level);
    if (reported.id != rule.id || reported.level != level)
      return fmt::format("rule {} of the report is {} at {}, and that of the policy that it names is {} at {}", i + 1,
                         reported.id, reported.level, rule.id, level);
    if (auto other = other_effect(reported, rule, observe_only)) return other;
    strongest = std::max(strongest, effect_named(reported.effect).value_or(Effect::none));
  }
  auto decision = policy.if_no_rule_applies;
  if (std::any_of(verdict.rules.begin(), verdict.rules.end(), applied)) {
    decision = strongest == Effect::block  ? Decision::block
               : strongest == Effect::warn ? Decision::warn
                                           : Decision::allow;
  }
  if (observe_only && decision != Decision::none) decision = Decision::warn;
  if (verdict.decision == name_of(decision)) return std::nullopt;
  return fmt::format("the verdict is {}, and its rules make it {}: the report contradicts itself", verdict.decision,
                     name_of(decision));
}

}  // namespace patchgate
