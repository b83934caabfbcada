#include "gate/reports/proof.h"

#include <algorithm>
#include <string_view>

#include "gate/reports/phrases.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostSymbols = 3;

bool asks_for(const RuleOutcome& rule, std::string_view beginning) {
  return std::any_of(rule.asks.begin(), rule.asks.end(),
                     [&](const std::string& name) { return name.starts_with(beginning); });
}

bool adds(const Report& report, const ReachingTest& test) {
  return std::any_of(report.symbols.begin(), report.symbols.end(), [&](const TouchedSymbol& symbol) {
    return symbol.change == ChangeKind::added && symbol.at.file == test.at.file && symbol.at.line == test.at.line;
  });
}

std::vector<std::string> by_tests(const RuleOutcome& rule, const Report& report) {
  std::vector<std::string> lines;
  std::size_t more = 0;
  for (const auto& symbol : report.symbols) {
    const bool met = std::find(rule.met_by.begin(), rule.met_by.end(), symbol.at) != rule.met_by.end();
    if (!met || symbol.in_test_code || symbol.tests.empty() || !symbol.tests.front().no_evidence.empty()) continue;
    if (lines.size() == kMostSymbols) {
      ++more;
      continue;
    }
    const ReachingTest& test = symbol.tests.front();
    std::string line =
        "tests: " + test.name + " reaches " + symbol.name + " (distance " + std::to_string(test.distance);
    if (test.weakest != Confidence::exact) line += std::string(", ") + name_of(test.weakest);
    if (test.changed) line += adds(report, test) ? ", added by this patch" : ", changed by this patch";
    lines.push_back(line + ")");
  }
  if (more > 0) lines.push_back("tests: " + counted(more, "more touched symbol") + " reached likewise");
  return lines;
}

std::string by_rollout(const Report& report) {
  const Fact level = report.facts.get("rollout.level");
  std::string line = "rollout: " + (level.from.empty() ? to_string(level.value) : level.from.front().file);
  const Value first = report.facts.get("rollout.first_stage.percent").value;
  if (!std::holds_alternative<Unknown>(first)) line += ", " + to_string(first) + " % first";
  if (report.facts.get("rollout.abort").value == Value{true}) line += ", stops by itself";
  if (report.facts.get("rollout.linked").value != Value{std::string("yes")}) {
    line += ", not provable that it ships this code";
  }
  return line + " [claimed]";
}

/// That nothing was found that speaks against the patch is no proof that speaks for it.
bool asks_for_absence(const RuleOutcome& rule, const Facts& facts) {
  return std::all_of(rule.asks.begin(), rule.asks.end(),
                     [&](const std::string& name) { return facts.get(name).value == Value{std::int64_t{0}}; });
}

std::vector<std::string> proofs_of(const RuleOutcome& rule, const Report& report) {
  if (asks_for(rule, "tests.reaching")) {
    if (auto lines = by_tests(rule, report); !lines.empty()) return lines;
  }
  if (asks_for(rule, "rollout.")) return {by_rollout(report)};
  if (asks_for(rule, "symbols.touched") || asks_for_absence(rule, report.facts)) return {};
  std::vector<std::string> lines;
  for (const auto& held : rule.plain.holds) lines.push_back(held);
  return lines;
}

}  // namespace

std::vector<std::string> proofs(const Report& report) {
  std::vector<std::string> lines;
  const auto decision = report.verdict.decision;
  if (decision != Decision::allow && decision != Decision::warn) return lines;
  for (const auto& rule : report.verdict.rules) {
    const bool could_block = rule.level == RuleLevel::block || rule.level == RuleLevel::final_;
    if (rule.result != RuleResult::pass || !could_block || rule.plain.applies.empty()) continue;
    for (auto& line : proofs_of(rule, report)) {
      if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
    }
  }
  return lines;
}

}  // namespace patchgate
