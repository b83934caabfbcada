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
#include "gate/reports/users_flowchart.h"

namespace patchgate {

namespace {

constexpr std::size_t kBudget = 60'000;       // bytes; a forge refuses a comment of 65,536 characters
constexpr std::size_t kTableBudget = 24'000;  // so that a long table leaves room for the rules
constexpr std::size_t kRulesBudget = 12'000;
constexpr std::size_t kAdviceBudget = 12'000;
constexpr std::size_t kLongestText = 600;  // characters of one message
constexpr std::size_t kLongestHeadline = 1200;
constexpr std::size_t kLongestName = 120;
constexpr std::size_t kMostRows = 25;
constexpr std::size_t kMostOfOneRule = 8;
constexpr std::size_t kMostOfOneList = 40;
constexpr std::size_t kRoomForMore = 120;  // for "n more" and the end of a details block

std::string prose(std::string_view text, std::size_t longest = kLongestText) {
  return markdown_prose(clipped(visible(text), longest));
}

// In prose a zero-width space parts the hashes of a logging command; a code span shows what is written.
std::string name_for_code(std::string_view name) {
  return without_workflow_commands(clipped(visible(name), kLongestName));
}
std::string code(std::string_view name) { return markdown_code(name_for_code(name)); }

/// What stands between backticks is code.
std::string prose_with_code(std::string_view text) {
  std::string result;
  text = text.substr(0, 2 * kLongestText);
  while (!text.empty()) {
    const auto open = text.find('`');
    const auto close = open == std::string_view::npos ? open : text.find('`', open + 1);
    if (close == std::string_view::npos) return result + prose(text);
    result += prose(text.substr(0, open)) + code(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return result;
}

std::string cell_code(std::string_view name) { return markdown_code_in_table(name_for_code(name)); }

/// Pieces that are written whole or not at all, as long as they fit.
class Comment {
 public:
  void add(std::string_view text) { text_ += text; }

  /// As many of `pieces` as fit into `budget` bytes (and into the comment), then how many more there are.
  void add_some(const std::vector<std::string>& pieces, std::size_t most, std::size_t budget, std::string_view more) {
    const std::size_t limit = std::min(text_.size() + budget, kBudget - reserved_) - kRoomForMore;
    std::size_t count = 0;
    while (count < std::min(most, pieces.size()) && text_.size() + pieces[count].size() <= limit) {
      text_ += pieces[count++];
    }
    if (count == pieces.size()) return;
    text_ += "\n" + std::to_string(pieces.size() - count) + " more " + std::string(more) + " in the JSON report.\n";
  }

  /// Keeps room for what must be at the end.
  void reserve(std::size_t bytes) { reserved_ = bytes; }
  bool has_room() const { return has_room_for(0); }
  bool has_room_for(std::size_t bytes) const { return text_.size() + bytes + reserved_ + 4 * kRoomForMore < kBudget; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::size_t reserved_ = 0;
};

const char* sign_of(Decision decision) {
  switch (decision) {
    case Decision::allow:
      return "\xe2\x9c\x85";  // check mark
    case Decision::warn:
      return "\xe2\x9a\xa0\xef\xb8\x8f";  // warning sign
    case Decision::block:
      return "\xe2\x9b\x94";  // no entry
    case Decision::none:
      break;
  }
  return "\xe2\x9d\x93";  // question mark
}

std::string heading(const Report& report) {
  const std::string rest = verdict_rest(report.verdict);
  std::string text = std::string("## ") + sign_of(report.verdict.decision) + " " + verdict_word(report.verdict);
  if (!rest.empty()) text += ": " + prose(rest, kLongestHeadline);
  text += "\n";
  if (looked_at(report)) text += "\nRisk **" + prose(report.risk.level) + "**: " + prose(risk_terms(report)) + ".\n";
  if (const std::string why = further_reason(report.verdict); !why.empty()) text += "\nWhy: " + prose(why) + "\n";
  const auto unseen = not_seen_in_short(report);
  if (report.verdict.decision == Decision::allow && !unseen.empty()) text += "\nNot seen: " + prose(unseen) + "\n";
  return text;
}

/// A cell that says nothing that a reader must know is a dash.
std::string cell(const std::string& text) { return text.empty() ? "-" : text; }

std::string used_by(const TouchedSymbol& symbol) {
  if (!symbol.known_fan_in) return "unknown: " + prose(symbol.why_unknown);
  const std::string why = why_wide(symbol);
  return interval(symbol.direct, symbol.direct_open) + " directly, " +
         interval(symbol.transitive, symbol.transitive_open) + " in all" +
         (why.empty() ? "" : " (possible: " + why + ")");
}

std::string nearest_test(const TouchedSymbol& symbol) {
  if (symbol.in_test_code) return "test code";
  if (symbol.tests.empty()) return symbol.known_fan_in && symbol.seen.transitive ? "**none**" : "unknown";
  const ReachingTest& test = symbol.tests.front();
  return cell_code(test.name) + ", " + counted(test.distance, "call") + " away" + (test.changed ? ", changed" : "") +
         (test.no_evidence.empty() ? "" : ": reaches it, " + prose(test.no_evidence));
}

std::string row_of(const TouchedSymbol& symbol) {
  std::string sink;
  if (!symbol.sinks.empty()) {
    const auto& first = symbol.sinks.front();
    sink = (first.confidence == Confidence::exact ? "" : "may feed ") + cell_code(first.name) +
           (first.by_data ? " by data" : " by call");
    if (symbol.sinks_total > 1) sink += ", " + std::to_string(symbol.sinks_total - 1) + " more";
  }
  const std::string rank =
      symbol.known_fan_in && symbol.rank != 0 ? std::to_string(symbol.rank) + " of " + std::to_string(symbol.of) : "";
  return "| " + cell_code(symbol.name) + " " + cell_code(at_place(symbol.at)) + " | " + change_of(symbol) + " | " +
         prose(symbol.impact) + " | " + used_by(symbol) + " | " + cell(rank) + " | " + nearest_test(symbol) +
         (grades_in_short(symbol).empty() ? "" : "; " + grades_in_short(symbol)) + " | " + cell(sink) + " |\n";
}

void add_table(const Report& report, Comment& comment) {
  comment.add("\n### Touched: " + counted(report.symbols.size(), "symbol") + " in " +
              counted(report.files.size(), "file") + ", +" + std::to_string(report.lines_added) + " -" +
              std::to_string(report.lines_deleted) + "\n");
  std::vector<std::string> rows;
  for (const auto& symbol : report.symbols)
    if (!symbol.in_test_code) rows.push_back(row_of(symbol));
  if (!rows.empty()) {
    comment.add(
        "\n| Symbol | Change | Impact | Used by | Rank | Nearest test | Feeds |\n|---|---|---|---|---|---|---|\n");
    comment.add_some(rows, kMostRows, kTableBudget, "symbols");
  }
  const std::size_t in_tests = report.symbols.size() - rows.size();
  if (in_tests != 0) comment.add("\nBeside them " + counted(in_tests, "symbol") + " of test code.\n");
}

void add_proofs(const Report& report, Comment& comment) {
  const std::vector<std::string> lines = proofs(report);
  if (lines.empty()) return;
  comment.add("\n**Earned by**\n\n");
  for (const auto& line : lines) comment.add("- " + prose(line) + "\n");
}

void append_items(std::string& text, const std::vector<std::string>& items, std::string_view lead) {
  for (std::size_t i = 0; i < std::min(kMostOfOneRule, items.size()); ++i) {
    text += std::string(lead) + prose(items[i]) + "\n";
  }
  if (items.size() > kMostOfOneRule) {
    text += std::string(lead) + std::to_string(items.size() - kMostOfOneRule) + " more in the JSON report\n";
  }
}

/// Some readers of Markdown take an `[x]` anywhere in the line of a task for its tick.
std::string without_tick(std::string line) {
  for (const char* tick : {"[x]", "[X]"}) {
    for (std::size_t at = line.find(tick); at != std::string::npos; at = line.find(tick)) line.replace(at, 1, "\\x5b");
  }
  return line;
}

std::string check_of(const Report& report, const RuleOutcome& rule) {
  std::string text = "- [ ] " + markdown_code(without_tick(name_for_code(rule.id))) + " (" + name_of(rule.effect) +
                     (rule.result == RuleResult::unknown ? ", unknown" : "") + ")";
  if (const auto wrong = what_is_wrong(report, rule); !wrong.empty())
    text += ": **" + without_tick(prose_with_code(wrong)) + "**";
  if (const auto source = source_of_rule(rule, report); !source.empty())
    text += " (asked by " + markdown_code(without_tick(name_for_code(source))) + ")";
  text += "\n";
  if (const auto required = what_is_required(report, rule); !required.empty())
    text += "  - <sub>" + prose(required) + "</sub>\n";
  return text;
}

std::string ids_in_code(const std::vector<const RuleOutcome*>& rules) {
  std::string text;
  for (const auto* rule : rules) text += (text.empty() ? "" : ", ") + markdown_code(name_for_code(rule->id));
  return text;
}

void add_checklist(const Report& report, Comment& comment) {
  const Verdict& verdict = report.verdict;
  std::vector<std::string> checks;
  for (const auto& group : missing_by_rules(verdict)) {
    for (const auto* rule : group.rules) {
      checks.push_back(check_of(report, *rule));
      if (rule == group.rules.front()) {
        append_items(checks.back(), group.lines, "  - ");
      } else {
        checks.back() += "  - the same\n";
      }
    }
  }
  if (checks.empty()) return;
  std::vector<std::string> doubts;
  for (const auto& group : doubts_by_rules(verdict)) {
    doubts.emplace_back();
    append_items(doubts.back(), group.lines,
                 "- " + ids_in_code(group.rules) + (group.rules.size() == 1 ? " applies" : " apply") + " only with ");
  }
  comment.add("\n### Rules that did not pass\n\n");
  comment.add_some(checks, checks.size(), kRulesBudget, "rules");
  if (!doubts.empty()) comment.add("\n");
  comment.add_some(doubts, doubts.size(), kAdviceBudget, "reasons");
  std::vector<std::string> advice;
  for (const auto& group : advice_by_rules(verdict)) {
    advice.push_back("- " + ids_in_code(group.rules) + "\n");
    append_items(advice.back(), group.lines, "  - ");
  }
  if (advice.empty()) return;
  comment.add("\n### To pass\n\n");
  comment.add_some(advice, advice.size(), kAdviceBudget, "hints");
}

/// A block that is folded; `items` are escaped already.
void add_details(const std::string& title, const std::vector<std::string>& items, Comment& comment) {
  if (items.empty() || !comment.has_room()) return;
  comment.add("\n<details>\n<summary>" + title + "</summary>\n\n");
  std::vector<std::string> lines;
  for (const auto& item : items) lines.push_back("- " + item + "\n");
  comment.add_some(lines, kMostOfOneList, kBudget, "lines");
  comment.add("\n</details>\n");
}

void add_picture(const Report& report, Comment& comment) {
  const std::string picture = users_flowchart(report);
  if (picture.empty() || !comment.has_room_for(picture.size())) return;
  comment.add("\n<details>\n<summary>Who depends on the touched code</summary>\n\n" + picture + "\n</details>\n");
}

std::vector<std::string> all_prose(const std::vector<std::string>& texts) {
  std::vector<std::string> escaped;
  for (const auto& text : texts) escaped.push_back(prose(text));
  return escaped;
}

void add_open(const char* title, const std::vector<std::string>& texts, Comment& comment) {
  if (texts.empty()) return;
  std::vector<std::string> lines;
  for (const auto& text : texts) lines.push_back("- " + prose_with_code(text) + "\n");
  comment.add(std::string("\n### ") + title + "\n\n");
  comment.add_some(lines, kMostOfOneRule, kRulesBudget, "lines");
}

std::vector<std::string> feeding_paths(const Report& report) {
  std::vector<std::string> lines;
  for (const auto& symbol : report.symbols) {
    for (const auto& sink : symbol.sinks)
      lines.push_back(code(symbol.name) + (sink.confidence == Confidence::exact ? " " : " may ") +
                      prose(sink.confidence == Confidence::exact ? feeds(sink) : "feed" + feeds(sink).substr(5)));
  }
  return lines;
}

std::vector<std::string> all_rules(const Verdict& verdict) {
  std::vector<std::string> lines;
  for (const auto& rule : verdict.rules) {
    lines.push_back(code(rule.id) + " (" + name_of(rule.level) +
                    "): " + (rule.result == RuleResult::not_applicable ? "not applicable" : name_of(rule.result)) +
                    (rule.excepted ? " (excepted)" : ""));
  }
  return lines;
}

std::vector<std::string> steps_back(const Report& report) {
  std::vector<std::string> lines;
  for (const auto& line : recovery_card(report)) {
    if (line.kind == CardLine::Kind::command) {
      lines.push_back(markdown_code(without_workflow_commands(clipped(visible(line.text), kLongestText))));
    } else {
      lines.push_back(prose(line.kind == CardLine::Kind::title ? line.text : plain_line(line).substr(2)));
    }
  }
  return lines;
}

std::string closing(const Report& report) {
  std::string line;
  for (const auto& part : account(report)) line += (line.empty() ? "" : " \xc2\xb7 ") + prose(part);
  return "\n" + line + "\n";
}

}  // namespace

std::string write_markdown(const Report& report, bool /*color*/) {
  Comment comment;
  const std::string end = closing(report);
  comment.reserve(end.size());
  comment.add("<!-- patchgate:sticky:v1 -->\n");
  comment.add(heading(report));
  add_open("Overrides", override_lines(report), comment);
  add_proofs(report, comment);
  if (looked_at(report)) add_table(report, comment);
  // Not folded: it may be what the incident will be.
  add_open("Taken away", code_change_lines(report), comment);
  add_checklist(report, comment);

  std::vector<std::string> notes = report.verdict.notes;
  notes.insert(notes.end(), report.input_notes.begin(), report.input_notes.end());
  add_details("Standing exceptions", all_prose(exception_lines(report)), comment);
  add_details("Files of the gate that the patch changes", all_prose(gate_file_lines(report)), comment);
  add_details("Preview of the policy that the patch brings (binds nobody)", all_prose(preview_lines(report)), comment);
  add_picture(report, comment);
  add_details("Data at risk", all_prose(data_at_risk_lines(report)), comment);
  add_details("Tests made weaker by this patch", all_prose(weakened_in_words(report)), comment);
  add_details("What the test evidence is worth", all_prose(report.test_evidence.remarks), comment);
  add_details("Calendar", all_prose(calendar_lines(report)), comment);
  add_details("Rollout", all_prose(rollout_lines(report)), comment);
  add_details("What was not seen", all_prose(not_seen(report)), comment);
  add_details("Why this risk", all_prose(remarks(report)), comment);
  add_details("Paths to data sinks", feeding_paths(report), comment);
  if (looked_at(report)) add_details("Way back", steps_back(report), comment);
  add_details("Notes", all_prose(notes), comment);
  add_details("All rules", all_rules(report.verdict), comment);
  comment.add(end);
  return comment.text();
}

}  // namespace patchgate
