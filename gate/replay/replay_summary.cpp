#include <algorithm>
#include <map>
#include <tuple>

#include "gate/replay/replay.h"

namespace patchgate {

namespace {

Effect effect_behind(Decision decision) {
  if (decision == Decision::block) return Effect::block;
  return decision == Decision::warn ? Effect::warn : Effect::none;
}

void count(const ReplayedVerdict& verdict, PolicyCount& policy, std::map<std::string, RuleCount>& rules) {
  switch (verdict.decision) {
    case Decision::allow:
      ++policy.allowed;
      break;
    case Decision::warn:
      ++policy.warned;
      break;
    case Decision::block:
      ++policy.blocked;
      break;
    case Decision::none:
      ++policy.none;
      break;
  }
  bool surely = false;
  for (const auto& rule : verdict.rules) {
    auto& sum = rules[rule.id];
    sum.id = rule.id;
    ++(rule.result == RuleResult::unknown ? sum.unknown : sum.failed);
    if (rule.effect == Effect::block) ++sum.blocked;
    if (rule.effect == Effect::warn) ++sum.warned;
    surely = surely || (rule.effect == Effect::block && rule.result == RuleResult::fail);
  }
  if (verdict.decision == Decision::block && !surely) ++policy.blocked_not_knowing;
}

}  // namespace

ReplaySummary summarize(const Replay& replay) {
  ReplaySummary summary;
  summary.policies.resize(replay.policies.size());
  std::vector<std::map<std::string, RuleCount>> rules(replay.policies.size());
  for (std::size_t i = 0; i < replay.commits.size(); ++i) {
    const auto& commit = replay.commits[i];
    if (!commit.failure.empty() || commit.verdicts.size() != replay.policies.size()) {
      summary.failed.push_back(i);
      continue;
    }
    ++summary.judged;
    if (commit.merge) ++summary.merges;
    if (commit.hotfix) ++summary.hotfixes;
    if (commit.risk == "unknown") ++summary.risk_unknown;
    for (std::size_t p = 0; p < commit.verdicts.size(); ++p) count(commit.verdicts[p], summary.policies[p], rules[p]);
    if (commit.verdicts.size() == 2 && commit.verdicts[0].decision != commit.verdicts[1].decision)
      summary.changed.push_back(i);
  }
  for (std::size_t p = 0; p < rules.size(); ++p) {
    auto& sums = summary.policies[p].rules;
    for (auto& [id, sum] : rules[p]) sums.push_back(std::move(sum));
    const auto weight = [](const RuleCount& rule) {
      return std::tuple(rule.blocked, rule.warned, rule.failed, rule.unknown);
    };
    std::stable_sort(sums.begin(), sums.end(),
                     [&](const RuleCount& a, const RuleCount& b) { return weight(a) > weight(b); });
  }
  return summary;
}

std::string share(std::size_t part, std::size_t whole) {
  if (whole == 0) return "-";
  const auto tenths = (part * 2000 / whole + 1) / 2;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

std::vector<std::string> deciding_rules(const ReplayedVerdict& verdict) {
  std::vector<std::string> ids;
  const auto effect = effect_behind(verdict.decision);
  if (effect == Effect::none) return ids;
  for (const auto& rule : verdict.rules)
    if (rule.effect == effect) ids.push_back(rule.id + (rule.result == RuleResult::unknown ? " (unknown)" : ""));
  return ids;
}

}  // namespace patchgate
