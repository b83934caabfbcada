#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gate/reports/calendar.h"
#include "gate/reports/code_changes.h"
#include "gate/reports/data_at_risk.h"
#include "gate/reports/escape.h"
#include "gate/reports/formats.h"
#include "gate/reports/objections.h"
#include "gate/reports/open_rules.h"
#include "gate/reports/overrides.h"
#include "gate/reports/phrases.h"
#include "gate/reports/proof.h"
#include "gate/reports/recovery_card.h"
#include "gate/reports/rollouts.h"
#include "gate/reports/rule_source.h"
#include "gate/reports/test_evidence.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostSymbols = 8;
constexpr std::size_t kMostLines = 6;      // of one list
constexpr std::size_t kLongestLine = 600;  // characters
constexpr std::size_t kLongestHeadline = 1200;
constexpr std::size_t kLongestName = 120;

enum class Style { plain, bold, red, yellow, green, faint };

const char* code_of(Style style) {
  switch (style) {
    case Style::bold:
      return "\x1b[1m";
    case Style::red:
      return "\x1b[1;31m";
    case Style::yellow:
      return "\x1b[1;33m";
    case Style::green:
      return "\x1b[1;32m";
    case Style::faint:
      return "\x1b[2m";
    case Style::plain:
      break;
  }
  return "";
}

/// The page as it grows. All that is written goes through visible() here, and nowhere else.
class Page {
 public:
  explicit Page(bool color) : color_(color) {}

  void add(std::string_view text, Style style = Style::plain, std::size_t longest = kLongestLine) {
    const bool styled = color_ && style != Style::plain;
    if (styled) text_ += code_of(style);
    text_ += clipped(visible(text), longest);
    if (styled) text_ += "\x1b[0m";
  }
  void end_line() { text_ += '\n'; }
  void line(std::string_view text, Style style = Style::plain, std::size_t longest = kLongestLine) {
    add(text, style, longest);
    end_line();
  }
  /// At most `most` of them, each after `lead`; how many more there are.
  void list(const std::vector<std::string>& lines, std::string_view lead, std::size_t most = kMostLines) {
    for (std::size_t i = 0; i < std::min(most, lines.size()); ++i) line(std::string(lead) + lines[i]);
    if (lines.size() > most) line(std::string(lead) + "... and " + std::to_string(lines.size() - most) + " more");
  }
  std::string text() const { return without_workflow_commands(text_); }

 private:
  bool color_;
  std::string text_;
};

Style style_of(Decision decision) {
  switch (decision) {
    case Decision::allow:
      return Style::green;
    case Decision::warn:
      return Style::yellow;
    case Decision::block:
      return Style::red;
    case Decision::none:
      break;
  }
  return Style::red;
}

Style style_of(Effect effect) {
  if (effect == Effect::block) return Style::red;
  return effect == Effect::warn ? Style::yellow : Style::plain;
}

std::string title_of(const TouchedSymbol& symbol) {
  const std::string name = clipped(visible(symbol.name), kLongestName);
  return name + "  " + at_place(symbol.at) + "  " + change_of(symbol) + ", impact " + symbol.impact;
}

void write_symbol(const TouchedSymbol& symbol, Page& page) {
  const std::string title = "  " + title_of(symbol);
  const std::vector<std::string> sinks = feeds_in_short(symbol);
  const std::string grades = grades_in_words(symbol);
  if (symbol.impact == "low" && sinks.size() < 2) {
    page.line(title + ": " + use_of(symbol) + "; " + tests_of(symbol) + (sinks.empty() ? "" : "; " + sinks.front()));
    if (!grades.empty()) page.line("      " + grades);
    return;
  }
  page.line(title, Style::bold);
  page.line("      " + use_of(symbol));
  page.line("      " + tests_of(symbol));
  if (!grades.empty()) page.line("      " + grades);
  page.list(sinks, "      ", 2);
}

void write_touched(const Report& report, Page& page) {
  const std::string lines = " (" + counted(report.files.size(), "file") + ", +" + std::to_string(report.lines_added) +
                            " -" + std::to_string(report.lines_deleted) + ")";
  if (report.symbols.empty()) {
    page.line("touched: no symbol" + lines);
    return;
  }
  page.line("touched: " + counted(report.symbols.size(), "symbol") + lines);
  std::size_t shown = 0, hidden = 0, in_tests = 0;
  for (const auto& symbol : report.symbols) {
    // What the tests are made of concerns nobody in production.
    if (symbol.in_test_code)
      ++in_tests;
    else if (shown == kMostSymbols)
      ++hidden;
    else {
      write_symbol(symbol, page);
      ++shown;
    }
  }
  if (hidden != 0) page.line("  ... and " + std::to_string(hidden) + " more, see --report json");
  if (in_tests != 0) page.line("  and " + counted(in_tests, "symbol") + " of test code");
}

void write_title(const Report& report, const RuleOutcome& rule, Page& page) {
  page.add("  ");
  page.add(name_of(rule.effect), style_of(rule.effect));
  const auto wrong = what_is_wrong(report, rule);
  page.line("  " + rule.id + (rule.result == RuleResult::unknown ? " (unknown)" : "") +
            (wrong.empty() ? "" : ": " + wrong));
  if (const auto required = what_is_required(report, rule); !required.empty())
    page.line("      " + required, Style::faint);
}

/// Places of a rule that its lines do not name.
std::vector<std::string> further_places(const RuleLines& group) {
  std::vector<std::string> places;
  for (const auto& place : group.rules.front()->at) {
    const std::string named = "(" + at_place(place) + ")";
    const bool said = std::any_of(group.lines.begin(), group.lines.end(),
                                  [&](const std::string& line) { return line.find(named) != std::string::npos; });
    if (!said) places.push_back("at " + at_place(place));
  }
  return places;
}

void write_rules(const Report& report, Page& page) {
  const Verdict& verdict = report.verdict;
  const std::vector<RuleLines> missing = missing_by_rules(verdict);
  if (missing.empty()) return;
  page.end_line();
  page.line("rules that did not pass", Style::bold);
  for (const auto& group : missing) {
    for (const auto* rule : group.rules) {
      write_title(report, *rule, page);
      if (const auto source = source_of_rule(*rule, report); !source.empty())
        page.line("      asked by " + source, Style::faint);
    }
    page.list(group.lines, "      ");
    page.list(further_places(group), "      ", 3);
  }
  for (const auto& group : doubts_by_rules(verdict)) {
    for (const auto& line : group.lines) {
      page.line("  " + ids_of(group.rules) + (group.rules.size() == 1 ? " applies" : " apply") + " only with " + line,
                Style::faint);
    }
  }
  for (const auto& group : grounds_by_rules(verdict)) {
    page.line("  " + ids_of(group.rules) + (group.rules.size() == 1 ? " applies because: " : " apply because: ") +
                  group.lines.front(),
              Style::faint);
  }
  const std::vector<RuleLines> advice = advice_by_rules(verdict);
  if (advice.empty()) return;
  page.end_line();
  page.line("to pass", Style::bold);
  for (const auto& group : advice) {
    page.line("  " + ids_of(group.rules));
    page.list(group.lines, "    - ");
  }
}

void write_section(const std::string& title, const std::vector<std::string>& lines, Page& page) {
  if (lines.empty()) return;
  page.end_line();
  page.line(title, Style::bold);
  page.list(lines, "  ");
}

/// Right below the verdict that it made.
void write_leave(const Report& report, Page& page) {
  const auto overrides = override_lines(report);
  const auto exceptions = exception_lines(report);
  write_section("overrides", overrides, page);
  write_section("standing exceptions", exceptions, page);
  if (!overrides.empty() || !exceptions.empty()) page.end_line();
}

std::vector<std::string> notes_of(const Report& report) {
  std::vector<std::string> notes = report.verdict.notes;
  notes.insert(notes.end(), report.input_notes.begin(), report.input_notes.end());
  return notes;
}

/// A hotfix of something fundamental, or one that may change data: whoever deploys it should know the way back.
bool wants_way_back(const Report& report) {
  if (report.hotfix != true) return false;
  const bool feeds = std::any_of(report.symbols.begin(), report.symbols.end(),
                                 [](const TouchedSymbol& symbol) { return !symbol.sinks.empty(); });
  return feeds || report.impact.level == "high" || report.impact.level == "critical";
}

}  // namespace

std::string write_text(const Report& report, bool color) {
  Page page(color);
  const Verdict& verdict = report.verdict;
  // An allow with a clean way back is short; whoever wants to know more has the other formats.
  const bool calm = verdict.decision == Decision::allow && report.revert == "clean";

  page.add(verdict_word(verdict), style_of(verdict.decision));
  const std::string rest = verdict_rest(verdict);
  page.line(rest.empty() ? "" : "  " + rest, Style::plain, kLongestHeadline);
  if (const std::string why = further_reason(verdict); !why.empty()) page.line("why: " + why);
  if (const auto unseen = not_seen_in_short(report); verdict.decision == Decision::allow && !unseen.empty())
    page.line("not seen: " + unseen);
  write_leave(report, page);
  const bool looked = looked_at(report);
  bool has_sections = !not_seen(report).empty() || !notes_of(report).empty();
  if (looked) {
    page.line("risk " + report.risk.level + ": " + risk_terms(report));
    if (!calm) page.list(remarks(report), "  ");
    page.list(calendar_lines(report), "calendar: ");
    const std::vector<std::string> earned = proofs(report);
    write_section("earned by", earned, page);
    if (!calm || !earned.empty()) page.end_line();
    write_touched(report, page);
    write_section("taken away", code_change_lines(report), page);
    if (!calm || !earned.empty()) {
      const std::vector<std::string> rollout = rollout_lines(report);
      write_section("rollout", rollout, page);
      has_sections = has_sections || !rollout.empty();
    }
  }
  write_rules(report, page);
  write_section("files of the gate that the patch changes", gate_file_lines(report), page);
  write_section("preview of the policy that the patch brings (binds nobody)", preview_lines(report), page);
  write_section("data at risk", data_at_risk_lines(report), page);
  write_section("tests made weaker by this patch", weakened_in_words(report), page);
  write_section("what the test evidence is worth", report.test_evidence.remarks, page);
  write_section("not seen", not_seen(report), page);
  write_section("notes", notes_of(report), page);
  if (looked && !calm) {
    page.end_line();
    for (const auto& line : recovery_card(report)) page.line(plain_line(line));
    page.end_line();
  }

  const bool way_back = looked && calm && wants_way_back(report) && !report.recovery_steps.empty();
  if (calm && (has_sections || way_back)) page.end_line();
  if (way_back)
    page.line("way back: reverts cleanly in " + counted(report.recovery_steps.size(), "step") +
              ", see recovery in --report json");
  std::string line;
  for (const auto& part : account(report)) line += (line.empty() ? "" : " | ") + part;
  page.line(line, Style::faint);
  return page.text();
}

}  // namespace patchgate
