#include "gate/reports/open_rules.h"

#include <algorithm>
#include <functional>

#include "gate/reports/phrases.h"

namespace patchgate {

namespace {

using LinesOf = std::function<std::vector<std::string>(const RuleOutcome&)>;

std::vector<const RuleOutcome*> readers_rules(const Verdict& verdict) {
  std::vector<const RuleOutcome*> rules;
  for (const auto& rule : verdict.rules) {
    if (concerns_the_reader(rule)) rules.push_back(&rule);
  }
  std::stable_sort(rules.begin(), rules.end(), [](const auto* a, const auto* b) { return a->effect > b->effect; });
  return rules;
}

/// Rules of which all lines are the same share them.
std::vector<RuleLines> by_all_lines(const Verdict& verdict, const LinesOf& lines_of, bool with_silent) {
  std::vector<RuleLines> groups;
  for (const auto* rule : readers_rules(verdict)) {
    auto lines = lines_of(*rule);
    if (lines.empty() && !with_silent) continue;
    const auto same = std::find_if(groups.begin(), groups.end(),
                                   [&](const RuleLines& group) { return !lines.empty() && group.lines == lines; });
    if (same != groups.end()) {
      same->rules.push_back(rule);
    } else {
      groups.push_back({{rule}, std::move(lines)});
    }
  }
  return groups;
}

/// Each line once, with the rules that have it; lines that follow each other and have the same rules stand together.
std::vector<RuleLines> by_line(const Verdict& verdict, const LinesOf& lines_of) {
  std::vector<RuleLines> single;
  for (const auto* rule : readers_rules(verdict)) {
    for (const auto& line : lines_of(*rule)) {
      const auto same = std::find_if(single.begin(), single.end(),
                                     [&](const RuleLines& group) { return group.lines.front() == line; });
      if (same == single.end()) {
        single.push_back({{rule}, {line}});
      } else if (same->rules.back() != rule) {
        same->rules.push_back(rule);
      }
    }
  }
  std::vector<RuleLines> groups;
  for (auto& one : single) {
    if (!groups.empty() && groups.back().rules == one.rules) {
      groups.back().lines.push_back(std::move(one.lines.front()));
    } else {
      groups.push_back(std::move(one));
    }
  }
  return groups;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

/// The levels stand at the top of each report, with their reasons.
bool told_at_the_top(const std::string& fact) {
  return fact == "risk.level" || fact == "impact.level" || fact == "likelihood.level";
}

}  // namespace

bool concerns_the_reader(const RuleOutcome& rule) {
  return is_open(rule) && !(rule.effect == Effect::observe && rule.result == RuleResult::unknown);
}

std::vector<RuleLines> missing_by_rules(const Verdict& verdict) {
  return by_all_lines(
      verdict, [](const RuleOutcome& rule) { return rule.plain.missing; }, true);
}

std::vector<RuleLines> doubts_by_rules(const Verdict& verdict) {
  return by_line(verdict, [](const RuleOutcome& rule) {
    std::vector<std::string> lines;
    for (const auto& doubt : rule.plain.doubts) {
      const bool whole = !doubt.why.empty() && !told_at_the_top(doubt.fact);
      lines.push_back(doubt.condition + ", which is not known" + (whole ? ": " + doubt.why : ""));
    }
    return lines;
  });
}

std::vector<RuleLines> grounds_by_rules(const Verdict& verdict) {
  return by_all_lines(
      verdict,
      [](const RuleOutcome& rule) {
        std::vector<std::string> lines;
        if (!rule.plain.applies.empty()) lines.push_back(joined(rule.plain.applies));
        return lines;
      },
      false);
}

std::vector<RuleLines> advice_by_rules(const Verdict& verdict) {
  return by_line(verdict, [](const RuleOutcome& rule) { return rule.plain.advice; });
}

std::string ids_of(const std::vector<const RuleOutcome*>& rules) {
  std::vector<std::string> ids;
  for (const auto* rule : rules) ids.push_back(rule->id);
  return joined(ids);
}

std::vector<std::string> observed_unknown(const Verdict& verdict) {
  std::vector<std::string> lines;
  for (const auto& rule : verdict.rules) {
    if (!is_open(rule) || concerns_the_reader(rule)) continue;
    lines.push_back(rule.title.empty() ? "not known how " + rule.id + " ends, which is only observed"
                                       : "not known whether " + rule.title + " (" + rule.id + ", only observed)");
  }
  return lines;
}

}  // namespace patchgate
