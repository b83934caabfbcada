#include "policies/engine/evaluate.h"

#include <algorithm>
#include <map>
#include <set>

#include "policies/engine/asked_facts.h"
#include "policies/engine/fix.h"
#include "policies/engine/headline.h"
#include "policies/engine/judge.h"
#include "policies/engine/judged_rule.h"
#include "policies/engine/near_miss.h"
#include "policies/engine/row_table.h"
#include "policies/engine/strictness.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostPlaces = 20;

std::string patterns(const std::vector<Glob>& globs) {
  std::vector<std::string> texts;
  for (const auto& glob : globs) texts.push_back(glob.pattern());
  return join(texts, " or ");
}

std::vector<std::string> reasons(const Assessment& assessment) {
  std::vector<std::string> lines;
  for (const auto& obstacle : assessment.obstacles) {
    if (!obstacle.because.empty()) lines.push_back(obstacle.because);
  }
  return lines;
}

RuleResult result_of(Truth applies, Truth holds) {
  if (holds == Truth::yes) return RuleResult::pass;
  return applies == Truth::yes && holds == Truth::no ? RuleResult::fail : RuleResult::unknown;
}

Effect effect_of(const Rule& rule, RuleResult result) {
  switch (result) {
    case RuleResult::fail:
      return effect_of_failure(rule);
    case RuleResult::unknown:
      return effect_of_unknown(rule);
    default:
      return Effect::none;
  }
}

void explain(RuleOutcome& outcome, const Assessment& when, const Assessment& required) {
  if (outcome.result == RuleResult::pass) {
    for (const auto& held : required.held) {
      outcome.because.push_back(held.because);
      outcome.plain.holds.push_back(held.plain);
    }
    for (const auto& row : required.rows) {
      if (outcome.met_by.size() < kMostPlaces) outcome.met_by.push_back(row.at);
    }
    return;
  }
  for (const auto& obstacle : when.obstacles) {
    if (!obstacle.because.empty())
      outcome.plain.doubts.push_back({obstacle.fact, obstacle.plain, obstacle.why_unknown});
  }
  outcome.because = reasons(when);
  for (auto& line : reasons(required)) outcome.because.push_back(std::move(line));
  std::set<Place> places;
  for (const auto& obstacle : required.obstacles) {
    if (!obstacle.to_pass.empty()) outcome.to_pass.push_back(obstacle.to_pass);
    if (!obstacle.plain.empty()) outcome.plain.missing.push_back(obstacle.plain);
    for (const auto& offender : obstacle.offenders) {
      const bool wanted = !offender.at.file.empty() && outcome.at.size() < kMostPlaces;
      if (wanted && places.insert(offender.at).second) outcome.at.push_back(offender.at);
    }
  }
}

void append_advice(const Rule& rule, const Facts& facts, RuleOutcome& outcome) {
  for (auto& line : advice(rule.fixes, facts)) {
    outcome.plain.advice.push_back(line);
    if (line != outcome.fix) outcome.to_pass.push_back(std::move(line));
  }
}

}  // namespace

JudgedRule judge_rule(const Rule& rule, const FactsInOrder& facts, const FactsInOrder& for_require,
                      TouchedPaths& paths) {
  JudgedRule judged;
  auto& outcome = judged.outcome;
  outcome.id = rule.id;
  outcome.title = rule.title;
  outcome.level = rule.level;
  outcome.floor = rule.floor;
  const auto always = std::find_if(rule.fixes.begin(), rule.fixes.end(), [](const Fix& fix) { return !fix.when; });
  if (always != rule.fixes.end()) outcome.fix = always->text;
  outcome.where = rule.at.file + ":" + std::to_string(rule.at.line);
  outcome.result = RuleResult::not_applicable;
  if (!rule.paths.empty()) {
    const auto touched = paths.that_concerns(rule);
    if (touched.empty()) {
      outcome.because.push_back("no touched path matches " + patterns(rule.paths));
      return judged;
    }
    outcome.applies_because.push_back(touched);
    outcome.plain.applies.push_back(touched);
  }
  const auto when = rule.when ? judge(*rule.when, facts, Voice::when) : Assessment{};
  if (when.truth == Truth::no) {
    outcome.because = reasons(when);
    outcome.applies_because.clear();
    outcome.plain.applies.clear();
    return judged;
  }
  for (const auto& held : when.held) {
    outcome.applies_because.push_back(held.because);
    outcome.plain.applies.push_back(held.plain);
  }
  const auto required = judge(rule.require, for_require, Voice::require);
  outcome.result = result_of(when.truth, required.truth);
  outcome.effect = effect_of(rule, outcome.result);
  outcome.asks = names_in(rule.require);
  explain(outcome, when, required);
  if (outcome.result != RuleResult::pass) append_advice(rule, for_require.facts(), outcome);
  if (outcome.result != RuleResult::pass) {
    judged.objection = objection_of(rule, outcome, when, required);
    outcome.objection = judged.objection.phrase;
  }
  return judged;
}

std::vector<std::string> names_in(const Condition& condition) {
  std::set<std::string> names;
  collect_names(condition, names);
  return {names.begin(), names.end()};
}

namespace {

Decision decision_of(Effect strongest) {
  switch (strongest) {
    case Effect::block:
      return Decision::block;
    case Effect::warn:
      return Decision::warn;
    default:
      return Decision::allow;
  }
}

}  // namespace

Verdict conclude(const Policy& policy, std::vector<JudgedRule> rules) {
  Verdict verdict;
  verdict.notes = policy.notes;
  verdict.rules_loaded = static_cast<std::uint32_t>(policy.rules.size());
  Effect strongest = Effect::none;
  std::vector<Objection> objections;
  for (auto& judged : rules) {
    if (judged.outcome.result != RuleResult::not_applicable) ++verdict.rules_applied;
    strongest = std::max(strongest, judged.outcome.effect);
    if (judged.outcome.effect != Effect::none) objections.push_back(std::move(judged.objection));
    verdict.rules.push_back(std::move(judged.outcome));
  }
  verdict.decision = verdict.rules_applied > 0 ? decision_of(strongest) : policy.if_no_rule_applies;
  if (verdict.rules_loaded == 0) verdict.decision = Decision::none;
  if (verdict.decision == Decision::none) {
    verdict.reason = verdict.rules_loaded == 0
                         ? "the policy has no rules"
                         : "no rule of the policy applied (" + std::to_string(verdict.rules_loaded) +
                               " loaded); add one without `when`, or say `if_no_rule_applies`";
  }
  verdict.headline = headline(verdict, objections);
  return verdict;
}

Verdict evaluate(const Policy& policy, const Facts& facts, const std::vector<std::string>& touched_paths) {
  const FactsInOrder in_order(facts);
  TouchedPaths paths(touched_paths);
  std::vector<JudgedRule> rules;
  for (const auto& rule : policy.rules) rules.push_back(judge_rule(rule, in_order, in_order, paths));
  return conclude(policy, std::move(rules));
}

Verdict as_advice(Verdict verdict, std::string_view why) {
  if (verdict.decision == Decision::none) return verdict;
  verdict.decision = Decision::warn;
  verdict.headline = "WARN: " + std::string(why) + "; the rules would say " + verdict.headline;
  verdict.notes.emplace_back(std::string(why) + ": the rules were only observed");
  for (auto& rule : verdict.rules) {
    rule.level = RuleLevel::observe;
    if (rule.effect != Effect::none) rule.effect = Effect::observe;
  }
  return verdict;
}

}  // namespace patchgate
