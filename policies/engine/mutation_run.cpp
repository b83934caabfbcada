#include "policies/engine/mutation_run.h"

#include <algorithm>

#include "policies/engine/evaluate.h"
#include "policies/engine/mutants.h"

namespace patchgate {

namespace {

/// The decision where one rule has another outcome.
Decision decision_with(const Policy& policy, const Verdict& verdict, const RuleOutcome& changed) {
  Effect strongest = changed.effect;
  bool applied = changed.result != RuleResult::not_applicable;
  for (const auto& outcome : verdict.rules) {
    if (outcome.id == changed.id) continue;
    strongest = std::max(strongest, outcome.effect);
    applied = applied || outcome.result != RuleResult::not_applicable;
  }
  if (!applied) return policy.if_no_rule_applies;
  return strongest == Effect::block ? Decision::block : strongest == Effect::warn ? Decision::warn : Decision::allow;
}

bool notices(const Policy& policy, const TestedCase& tested, const RuleOutcome& changed) {
  const auto& expected = tested.expected;
  const auto result = expected.rules.find(changed.id);
  if (result != expected.rules.end() && result->second != changed.result) return true;
  return expected.decision && *expected.decision != decision_with(policy, tested.verdict, changed);
}

}  // namespace

void try_mistakes(const Policy& policy, const std::vector<const Rule*>& rules, const std::vector<TestedCase>& cases,
                  PolicyTestReport& report) {
  Policy alone;
  alone.rules.resize(1);
  for (const auto* rule : rules) {
    for (auto& mutant : mutants_of(*rule)) {
      ++report.mutants;
      alone.rules[0] = std::move(mutant.rule);
      const bool noticed = std::any_of(cases.begin(), cases.end(), [&](const TestedCase& tested) {
        return notices(policy, tested, evaluate(alone, tested.facts, tested.paths).rules[0]);
      });
      if (!noticed) report.survivors.push_back({rule->id, mutant.at, mutant.what});
    }
  }
}

}  // namespace patchgate
