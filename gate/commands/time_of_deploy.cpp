#include "gate/commands/time_of_deploy.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "analyzers/model/rfc3339.h"
#include "policies/engine/asked_facts.h"
#include "policies/engine/judged_rule.h"
#include "policies/engine/strictness.h"

namespace patchgate {
namespace {

bool asks_for_time(const Rule& rule) {
  std::set<std::string> names;
  if (rule.when) collect_names(*rule.when, names);
  collect_names(rule.require, names);
  return std::any_of(names.begin(), names.end(),
                     [](const auto& name) { return name.starts_with("calendar.") || name.starts_with("clock."); });
}

bool is_lifted(const ReportedVerdict& verdict, const std::string& rule) {
  return std::any_of(verdict.rules.begin(), verdict.rules.end(),
                     [&](const auto& one) { return one.id == rule && (one.overridden || one.excepted); });
}

/// "2030-01-01 00:00 UTC", the end of the window that ends last.
std::string end_of(const std::vector<WindowState>& windows) {
  std::int64_t last = 0;
  for (const auto& window : windows)
    if (const auto ends = parse_rfc3339(window.ends)) last = std::max(last, *ends);
  const auto text = utc_time(last);
  return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

std::string ids_of(const std::vector<WindowState>& windows) {
  std::string text;
  for (const auto& window : windows) text += (text.empty() ? "" : ", ") + window.id;
  return text;
}

bool is_about_freezes(const RuleOutcome& rule) {
  return std::any_of(rule.asks.begin(), rule.asks.end(),
                     [](const auto& name) { return name.starts_with("calendar.") && name != "calendar.late"; });
}

std::string line_about(const RuleOutcome& rule, const OpenedCalendar& calendar, const std::string& target) {
  const auto branch = target.empty() ? "the target" : target;
  if (!calendar.state.frozen.empty() && is_about_freezes(rule))
    return fmt::format("{} is frozen until {} (window now: {}); {} blocks", branch, end_of(calendar.state.frozen),
                       ids_of(calendar.state.frozen), rule.id);
  return fmt::format("at {} {} blocks a deploy to {}: {}", calendar.clock ? utc_time(calendar.clock->utc) : "this time",
                     rule.id, branch, rule.because.empty() ? rule.title : rule.because.front());
}

}  // namespace

bool time_may_block(const Policy& policy) {
  return std::any_of(policy.rules.begin(), policy.rules.end(), [](const Rule& rule) {
    return asks_for_time(rule) && std::max(effect_of_failure(rule), effect_of_unknown(rule)) == Effect::block;
  });
}

std::vector<std::string> blocked_now(const ReportedVerdict& verdict, const Policy& policy,
                                     const OpenedCalendar& calendar, const std::string& target) {
  auto facts = verdict.facts;
  calendar.state_facts(facts);
  const FactsInOrder in_order(facts);
  TouchedPaths paths(verdict.paths);
  std::vector<std::string> found;
  for (const auto& rule : policy.rules) {
    if (!asks_for_time(rule) || is_lifted(verdict, rule.id)) continue;
    const auto judged = judge_rule(rule, in_order, in_order, paths);
    if (judged.outcome.effect == Effect::block) found.push_back(line_about(judged.outcome, calendar, target));
  }
  return found;
}

}  // namespace patchgate
