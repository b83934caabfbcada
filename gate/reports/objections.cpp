#include "gate/reports/objections.h"

#include <algorithm>
#include <string_view>

#include "gate/reports/code_changes.h"
#include "gate/reports/phrases.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostNamed = 2;
constexpr std::size_t kOpening = 36;  // bytes

bool asks_for(const RuleOutcome& rule, std::string_view name) {
  return std::find(rule.asks.begin(), rule.asks.end(), name) != rule.asks.end();
}

bool is_check(const CodeChange& change) {
  return change.kind == CodeChange::Kind::guard_removed || change.kind == CodeChange::Kind::guard_weakened ||
         change.kind == CodeChange::Kind::assert_removed;
}

bool is_at(const Report& report, const std::string& symbol, const std::vector<Place>& places) {
  return std::any_of(report.symbols.begin(), report.symbols.end(), [&](const TouchedSymbol& touched) {
    return touched.name == symbol && std::find(places.begin(), places.end(), touched.at) != places.end();
  });
}

/// Those that the rule objects to.
std::vector<const CodeChange*> changes_of(const Report& report, const RuleOutcome& rule) {
  const bool of_symbols = asks_for(rule, "code_changes.count") || asks_for(rule, "guards.removed");
  const bool of_patch = asks_for(rule, "guards.removed.count") || asks_for(rule, "guards.weakened.count");
  std::vector<const CodeChange*> changes;
  if (rule.result != RuleResult::fail || (!of_symbols && !of_patch)) return changes;
  for (const auto& change : report.code_changes.found)
    if (of_symbols ? is_at(report, change.symbol, rule.at) : is_check(change)) changes.push_back(&change);
  return changes;
}

std::string_view first_clause(std::string_view line) {
  const auto end = line.find_first_of(",;(");
  line = line.substr(0, end);
  // A colon near the front is that of "not analysed: a.sql"; a later one opens the explanation.
  if (line.size() > kOpening) line = line.substr(0, line.find(": ", kOpening));
  while (line.ends_with(' ')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::string what_is_wrong(const Report& report, const RuleOutcome& rule) {
  if (const auto changes = changes_of(report, rule); !changes.empty()) {
    const auto more = changes.size() - 1;
    return code_change_in_short(report, *changes.front()) +
           (more == 0 ? "" : "; and " + std::to_string(more) + " more");
  }
  // Without words of its own a rule objects by its title, which says what should be so.
  const bool by_title = !rule.title.empty() && rule.objection.starts_with(rule.title);
  if (!rule.objection.empty()) return (by_title ? "needed: " : "") + rule.objection;
  if (rule.title.empty()) return {};
  return (rule.result == RuleResult::unknown ? "not known whether " : "needed: ") + rule.title;
}

std::string what_is_required(const Report& report, const RuleOutcome& rule) {
  if (rule.title.empty() || what_is_wrong(report, rule).find(rule.title) != std::string::npos) return {};
  return "required: " + rule.title;
}

bool is_about_symbols(const RuleOutcome& rule) { return asks_for(rule, "symbols.touched"); }

std::string gravest_loss(const Report& report) {
  for (const auto& change : report.code_changes.found)
    if (!change.sink.empty()) return code_change_in_short(report, change);
  return {};
}

std::string not_seen_in_short(const Report& report) {
  const auto lines = not_seen(report);
  std::string text;
  for (std::size_t i = 0; i < std::min(kMostNamed, lines.size()); ++i)
    text += (i == 0 ? "" : "; ") + std::string(first_clause(lines[i]));
  if (lines.size() > kMostNamed) text += "; " + std::to_string(lines.size() - kMostNamed) + " more";
  return text;
}

}  // namespace patchgate
