#include "gate/reports/rule_findings.h"

#include <algorithm>
#include <map>

#include "analyzers/model/hash.h"
#include "gate/reports/escape.h"
#include "gate/reports/objections.h"
#include "gate/reports/open_rules.h"
#include "gate/reports/overrides.h"
#include "gate/reports/phrases.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostPlaces = 20;
constexpr std::size_t kMostUsers = 10;
constexpr const char* kPolicyFile = ".patchgate/policy.json";

/// The first line of [first, last] that the patch changes; a deletion counts for the line after it. `first` where there
/// is none.
std::uint32_t changed_line(const FileChange& file, std::uint32_t first, std::uint32_t last) {
  for (const auto& hunk : file.hunks) {
    const auto begin = hunk.head.count == 0 ? hunk.head.first + 1 : hunk.head.first;
    const auto end = hunk.head.count == 0 ? begin : hunk.head.first + hunk.head.count - 1;
    if (end >= first && begin <= last) return std::max({begin, first, 1U});
  }
  return std::max(first, 1U);
}

const FileChange* file_of(const Report& report, const std::string& path) {
  const auto found =
      std::find_if(report.files.begin(), report.files.end(), [&](const auto& file) { return file.path == path; });
  return found == report.files.end() ? nullptr : &*found;
}

Place place_in_patch(const Report& report, const Place& at, std::uint32_t last) {
  const auto* file = file_of(report, at.file);
  return {at.file, file == nullptr ? std::max(at.line, 1U) : changed_line(*file, at.line, std::max(last, at.line)), 0};
}

/// What a finding that has no place of its own is shown at.
Place place_of_patch(const Report& report) {
  for (const auto& file : report.files)
    if (!file.hunks.empty()) return {file.path, changed_line(file, 1, UINT32_MAX), 0};
  return {report.files.empty() ? kPolicyFile : report.files.front().path, 1, 0};
}

const TouchedSymbol* symbol_at(const Report& report, const Place& at) {
  const auto found = std::find_if(report.symbols.begin(), report.symbols.end(), [&](const TouchedSymbol& symbol) {
    return symbol.at.file == at.file && symbol.at.line == at.line;
  });
  return found == report.symbols.end() ? nullptr : &*found;
}

const TouchedSymbol* most_fundamental(const Report& report) {
  for (const auto& symbol : report.symbols)
    if (!symbol.in_test_code && symbol.side != Side::base) return &symbol;
  return nullptr;
}

void show_at(const Report& report, const Place& at, const TouchedSymbol* symbol, RuleFinding& finding) {
  finding.at = place_in_patch(report, at, symbol == nullptr ? at.line : symbol->end_line);
  if (symbol == nullptr) return;
  finding.symbol = symbol->name;
  finding.users = symbol->callers;
  if (finding.users.size() > kMostUsers) finding.users.resize(kMostUsers);
}

/// What the rule objects to; where it names no rows of a list, what the facts that it asks for were read from.
std::vector<Place> places_of(const Report& report, const RuleOutcome& rule) {
  if (!rule.at.empty()) return rule.at;
  std::vector<Place> places;
  for (const auto& name : rule.asks)
    for (const auto& at : report.facts.get(name).from)
      if (places.size() < kMostPlaces && file_of(report, at.file) != nullptr &&
          std::find(places.begin(), places.end(), at) == places.end())
        places.push_back(at);
  return places;
}

RuleFinding finding_of(const Report& report, const RuleOutcome& rule) {
  RuleFinding finding;
  finding.rule = rule.id;
  finding.wrong = what_is_wrong(report, rule);
  if (finding.wrong.empty()) finding.wrong = rule.id + " does not hold";
  finding.required = what_is_required(report, rule);
  finding.effect = rule.effect;
  finding.unknown = rule.result == RuleResult::unknown;
  finding.missing = rule.plain.missing;
  if (rule.overridden) finding.missing.push_back(lifted_in_short(rule));
  finding.advice = rule.plain.advice;
  return finding;
}

RuleFinding not_judged(const Report& report) {
  RuleFinding finding;
  finding.rule = kNotJudged;
  finding.wrong = "the patch could not be judged";
  finding.effect = Effect::block;
  finding.unknown = true;
  finding.missing = {report.verdict.reason.empty() ? report.verdict.headline : report.verdict.reason};
  finding.at = place_of_patch(report);
  return finding;
}

/// Findings of the same rule, file and symbol are counted, so that each has a name of its own.
void name_them(std::vector<RuleFinding>& findings) {
  std::map<std::string, int> seen;
  for (auto& finding : findings) {
    const auto key = finding.rule + '\0' + finding.at.file + '\0' + finding.symbol;
    finding.fingerprint = to_string(strong_hash(key + '\0' + std::to_string(seen[key]++)));
  }
}

}  // namespace

std::vector<RuleFinding> rule_findings(const Report& report) {
  std::vector<RuleFinding> findings;
  if (report.verdict.decision == Decision::none) findings.push_back(not_judged(report));
  for (const auto& rule : report.verdict.rules) {
    if (!concerns_the_reader(rule)) continue;
    const auto finding = finding_of(report, rule);
    const auto places = places_of(report, rule);
    for (const auto& at : places) {
      findings.push_back(finding);
      show_at(report, at, symbol_at(report, at), findings.back());
      if (!is_about_symbols(rule)) findings.back().users.clear();
    }
    if (!places.empty()) continue;
    findings.push_back(finding);
    const auto* symbol = most_fundamental(report);
    if (symbol != nullptr && !symbol->at.file.empty()) {
      show_at(report, symbol->at, symbol, findings.back());
      if (!is_about_symbols(rule)) findings.back().users.clear();
    } else {
      findings.back().at = place_of_patch(report);
    }
  }
  std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) { return a.effect > b.effect; });
  name_them(findings);
  return findings;
}

std::string in_one_line(const RuleFinding& finding, std::size_t most) {
  std::string text = finding.wrong;
  const auto add = [&](const char* lead, const std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const bool ended = text.ends_with('.');
      text += i == 0 ? (ended ? " " : ". ") + std::string(lead) : (ended ? " " : "; ");
      text += lines[i];
    }
  };
  if (!finding.required.empty()) add("", {finding.required});
  add("Found: ", finding.missing);
  add("To pass: ", finding.advice);
  return clipped(visible(text), most);
}

}  // namespace patchgate
