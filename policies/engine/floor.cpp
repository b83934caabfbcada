#include "policies/engine/floor.h"

#include <algorithm>
#include <iterator>

#include "policies/engine/near_miss.h"
#include "policies/engine/strictness.h"

namespace patchgate {

namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T> more) {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

void add_patterns(std::vector<Glob>& to, const std::vector<Glob>& more) {
  for (const auto& glob : more) {
    const bool known =
        std::any_of(to.begin(), to.end(), [&](const Glob& one) { return one.pattern() == glob.pattern(); });
    if (!known) to.push_back(glob);
  }
}

RiskTable::Band lower_of(const RiskTable::Band& a, const RiskTable::Band& b) {
  return {std::min(a.percentile, b.percentile), std::min(a.transitive, b.transitive)};
}

/// In each place what makes more of a patch risky.
RiskTable stricter_of(const RiskTable& a, const RiskTable& b) {
  RiskTable table;
  table.moderate = lower_of(a.moderate, b.moderate);
  table.high = lower_of(a.high, b.high);
  table.critical = lower_of(a.critical, b.critical);
  table.high_feeding_a_sink_is_critical = a.high_feeding_a_sink_is_critical || b.high_feeding_a_sink_is_critical;
  table.likelihood_moderate = std::min(a.likelihood_moderate, b.likelihood_moderate);
  table.likelihood_high = std::min(a.likelihood_high, b.likelihood_high);
  // With fewer commits it is unknown, which counts as moderate: no one can say which of both is stricter.
  table.likelihood_min_commits = b.likelihood_min_commits;
  for (std::size_t impact = 0; impact < table.risk.size(); ++impact) {
    for (std::size_t likelihood = 0; likelihood < table.risk[impact].size(); ++likelihood) {
      table.risk[impact][likelihood] = std::max(a.risk[impact][likelihood], b.risk[impact][likelihood]);
    }
  }
  return table;
}

}  // namespace

Policy with_floor(Policy policy, Policy floor) {
  std::vector<Rule> rules;
  for (auto& held : floor.rules) {
    held.floor = true;
    const auto same =
        std::find_if(policy.rules.begin(), policy.rules.end(), [&](const Rule& rule) { return rule.id == held.id; });
    if (same != policy.rules.end()) {
      const auto loosened = what_is_loosened(held, *same);
      if (loosened.empty()) {
        held = std::move(*same);
        held.floor = true;
      } else {
        policy.notes.push_back("the floor holds rule " + held.id + " as " + held.at.file + ":" +
                               std::to_string(held.at.line) + " says; " + same->at.file + ":" +
                               std::to_string(same->at.line) + " asks for less (" + join(loosened) + ")");
      }
      policy.rules.erase(same);
    }
    rules.push_back(std::move(held));
  }
  policy.notes.push_back("the floor " + floor.name + " has " + std::to_string(rules.size()) +
                         " rules that no repository can weaken");
  append(policy.notes, std::move(floor.notes));
  append(rules, std::move(policy.rules));
  policy.rules = std::move(rules);
  policy.risk = stricter_of(policy.risk, floor.risk);
  add_patterns(policy.hotfix.target, floor.hotfix.target);
  add_patterns(policy.hotfix.source, floor.hotfix.source);
  policy.if_no_rule_applies = std::max(policy.if_no_rule_applies, floor.if_no_rule_applies);
  append(policy.parameters, std::move(floor.parameters));
  append(policy.sources, std::move(floor.sources));
  return policy;
}

}  // namespace patchgate
