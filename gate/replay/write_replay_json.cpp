#include <nlohmann/json.hpp>

#include "gate/replay/replay.h"
#include "gate/reports/escape.h"
#include "gate/reports/json_output.h"

namespace patchgate {

namespace {

using Json = nlohmann::ordered_json;

Json word_or_nothing(const std::string& text) { return text.empty() ? Json(nullptr) : Json(json_text(text)); }

Json rules_json(const ReplayedVerdict& verdict) {
  Json rules = Json::array();
  for (const auto& rule : verdict.rules)
    rules.push_back({{"id", json_text(rule.id)}, {"result", name_of(rule.result)}, {"effect", name_of(rule.effect)}});
  return rules;
}

Json commit_json(const ReplayedCommit& commit) {
  Json verdicts = Json::array();
  for (const auto& verdict : commit.verdicts)
    verdicts.push_back({{"decision", name_of(verdict.decision)},
                        {"headline", json_text(verdict.headline)},
                        {"rules", rules_json(verdict)}});
  Json unknown = Json::array();
  for (const auto& why : commit.unknown) unknown.push_back(json_text(why));
  return {{"id", json_text(commit.id)},
          {"subject", json_text(commit.subject)},
          {"time", commit.time},
          {"merge", commit.merge},
          {"hotfix", commit.hotfix},
          {"risk", word_or_nothing(commit.risk)},
          {"failure", word_or_nothing(commit.failure)},
          {"verdicts", std::move(verdicts)},
          {"unknown", std::move(unknown)}};
}

Json policy_json(const ReplayedPolicy& policy, const PolicyCount& sum) {
  Json rules = Json::array();
  for (const auto& rule : sum.rules)
    rules.push_back({{"id", json_text(rule.id)},
                     {"blocked", rule.blocked},
                     {"warned", rule.warned},
                     {"failed", rule.failed},
                     {"unknown", rule.unknown}});
  return {{"source", json_text(policy.source)},
          {"digest", word_or_nothing(policy.digest)},
          {"observe_only", policy.observe_only},
          {"blocked", sum.blocked},
          {"blocked_not_knowing", sum.blocked_not_knowing},
          {"warned", sum.warned},
          {"allowed", sum.allowed},
          {"none", sum.none},
          {"rules", std::move(rules)}};
}

}  // namespace

std::string write_replay_json(const Replay& replay) {
  const auto summary = summarize(replay);
  Json policies = Json::array();
  for (std::size_t p = 0; p < replay.policies.size(); ++p)
    policies.push_back(policy_json(replay.policies[p], summary.policies[p]));
  Json commits = Json::array();
  for (const auto& commit : replay.commits) commits.push_back(commit_json(commit));
  Json changed = Json::array();
  for (const auto i : summary.changed) changed.push_back(json_text(replay.commits[i].id));
  return json_output({{"schema", "patchgate-replay/1"},
                      {"tool", {{"name", "patchgate"}, {"version", json_text(replay.version)}}},
                      {"branch", word_or_nothing(replay.branch)},
                      {"since", json_text(replay.since)},
                      {"until", json_text(replay.until)},
                      {"scope", replay.patch_scope ? "patch" : "full"},
                      {"judged", summary.judged},
                      {"could_not_be_judged", summary.failed.size()},
                      {"left_out", replay.left_out},
                      {"risk_unknown", summary.risk_unknown},
                      {"policies", std::move(policies)},
                      {"changed", std::move(changed)},
                      {"commits", std::move(commits)}});
}

}  // namespace patchgate
