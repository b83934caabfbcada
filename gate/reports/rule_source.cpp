#include "gate/reports/rule_source.h"

namespace patchgate {

namespace {
constexpr std::size_t kShortId = 12;
}

Oid commit_of_rule(const RuleOutcome& rule, const Report& report) {
  // A policy that is read from the base, and whatever it extends by path, lies in this folder there.
  const bool of_base = report.policy_source.starts_with("base:") && rule.where.starts_with(".patchgate/");
  return of_base ? report.base : Oid{};
}

std::string source_of_rule(const RuleOutcome& rule, const Report& report) {
  if (rule.where.empty()) return {};
  const auto commit = commit_of_rule(rule, report);
  return rule.where + (commit.empty() ? "" : " at " + commit.substr(0, kShortId)) +
         (rule.floor ? ", of the organisation's floor" : "");
}

}  // namespace patchgate
