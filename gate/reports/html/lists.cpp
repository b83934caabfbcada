#include <algorithm>

#include "gate/reports/calendar.h"
#include "gate/reports/code_changes.h"
#include "gate/reports/data_at_risk.h"
#include "gate/reports/escape.h"
#include "gate/reports/html/parts.h"
#include "gate/reports/overrides.h"
#include "gate/reports/phrases.h"
#include "gate/reports/recovery_card.h"
#include "gate/reports/rollouts.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostSymbols = 40;
constexpr std::size_t kMostChanges = 40;
constexpr std::size_t kMostRules = 100;

void add_sink(const FedSink& sink, Html& html) {
  html << "<li><span class=\"kind\">";
  html.words(sink.kind, 60) << "</span> " << (sink.by_data ? Markup("by data: ") : Markup("by call: "));
  if (sink.path.empty()) html << code_piece(sink.name);
  for (std::size_t i = 0; i < sink.path.size(); ++i) {
    if (i != 0) html << " &rarr; ";
    html << code_piece(sink.path[i], 80);
  }
  if (!sink.at.file.empty()) html << " " << place_piece(sink.at);
  if (sink.confidence != Confidence::exact) html << " <span class=\"unknown\">only possible</span>";
  if (!sink.audit.empty()) (html << "<br>before-image: ").words(sink.audit);
  html << "</li>\n";
}

Html side(Markup name, const Place& at, const std::string& text) {
  Html html;
  html << "<div class=\"side\"><p class=\"about\">" << name << " ";
  if (!at.file.empty()) html << place_piece(at);
  html << "</p><pre>";
  if (text.empty()) html << "&nbsp;";
  return html.words(text, 600) << "</pre></div>\n";
}

Html list_of(const std::vector<std::string>& lines) {
  Html html;
  if (!lines.empty()) html << "<ul>\n" << items(lines) << "</ul>\n";
  return html;
}

}  // namespace

Html sinks_part(const Report& report) {
  Html html;
  std::size_t shown = 0, hidden = 0;
  for (const auto& symbol : report.symbols) {
    if (symbol.sinks.empty()) continue;
    if (shown++ >= kMostSymbols) {
      ++hidden;
      continue;
    }
    html << "<li>" << code_piece(symbol.name) << "<ul class=\"paths\">\n";
    for (const auto& sink : symbol.sinks) add_sink(sink, html);
    if (symbol.sinks_total > symbol.sinks.size())
      html << "<li class=\"more\">" << symbol.sinks_total - symbol.sinks.size() << " more</li>\n";
    html << "</ul></li>\n";
  }
  if (html.empty()) return html;
  Html list;
  return list
         << "<p class=\"key\">What the touched code may change outside of the process, and the way there.</p>\n<ul>\n"
         << html << "</ul>\n"
         << more_piece(hidden, "symbol");
}

Html taken_away_part(const Report& report) {
  Html html;
  const auto sentences = code_change_lines(report);
  const auto& found = report.code_changes.found;
  for (std::size_t i = 0; i < std::min({kMostChanges, found.size(), sentences.size()}); ++i) {
    const auto& change = found[i];
    html << "<li>\n<p>";
    html.words(sentences[i], 900) << "</p>\n<div class=\"sides\">\n"
                                  << side("Base", change.base, change.before)
                                  << side("Head", change.head, change.after.empty() ? change.use : change.after)
                                  << "</div>\n</li>\n";
  }
  Html list;
  if (!html.empty())
    list << "<ol class=\"taken\">\n"
         << html << "</ol>\n"
         << more_piece(found.size() - std::min(found.size(), kMostChanges), "change");
  if (!report.code_changes.unknown.empty())
    (list << "<p class=\"about\">Not all could be compared: ").words(report.code_changes.unknown) << "</p>\n";
  return list;
}

Html lifted_part(const Report& report) {
  Html html;
  const auto add = [&](Markup title, const std::vector<std::string>& lines) {
    if (!lines.empty()) html << "<h3>" << title << "</h3>\n" << list_of(lines);
  };
  add("Overrides", override_lines(report));
  add("Standing exceptions", exception_lines(report));
  add("Files of the gate that the patch changes", gate_file_lines(report));
  add("Preview of the policy that the patch brings (binds nobody)", preview_lines(report));
  return html;
}

Html data_part(const Report& report) { return list_of(data_at_risk_lines(report)); }
Html rollout_part(const Report& report) {
  std::vector<std::string> lines;
  for (const auto& line : calendar_lines(report)) lines.push_back("calendar: " + line);
  for (auto& line : rollout_lines(report)) lines.push_back(std::move(line));
  return list_of(lines);
}
Html not_seen_part(const Report& report) { return list_of(not_seen(report)); }

Html way_back_part(const Report& report) {
  Html html;
  if (!looked_at(report)) return html;
  bool open = false;
  for (const auto& line : recovery_card(report)) {
    using Kind = CardLine::Kind;
    const bool step = line.kind == Kind::step || line.kind == Kind::command;
    if (step != open && line.kind != Kind::title) {
      html << (step ? Markup("<ol class=\"card\">\n") : Markup("</ol>\n"));
      open = step;
    }
    if (line.kind == Kind::title) {
      (html << "<p><strong>").words(line.text) << "</strong></p>\n";
    } else if (line.kind == Kind::step) {
      (html << "<li>").words(line.text) << "</li>\n";
    } else if (line.kind == Kind::command) {
      (html << "<li class=\"command\"><code class=\"copy\">").words(line.text, 1000) << "</code></li>\n";
    } else {
      (html << "<p>").words(plain_line(line)) << "</p>\n";
    }
  }
  if (open) html << "</ol>\n";
  return html;
}

Html rules_part(const Report& report) {
  Html html;
  const auto& rules = report.verdict.rules;
  for (std::size_t i = 0; i < std::min(kMostRules, rules.size()); ++i) {
    const auto& rule = rules[i];
    html << "<tr><th scope=\"row\">" << code_piece(rule.id, 100) << "</th><td>";
    html.words(name_of(rule.level)) << "</td><td>";
    html.words(rule.result == RuleResult::not_applicable ? "not applicable" : name_of(rule.result)) << "</td><td>";
    html.words(rule.title, 200) << "</td></tr>\n";
  }
  if (html.empty()) return html;
  Html list;
  list << "<details><summary>";
  list.words(counted(rules.size(), "rule"));
  return list << ", all with their results</summary>\n<div class=\"scroll\"><table class=\"rules\">\n<thead><tr><th "
                 "scope=\"col\">Rule</th><th scope=\"col\">Level</th><th scope=\"col\">Result</th><th "
                 "scope=\"col\">What should be so</th></tr></thead>\n<tbody>\n"
              << html << "</tbody>\n</table></div>\n</details>\n"
              << more_piece(rules.size() - std::min(rules.size(), kMostRules), "rule");
}

}  // namespace patchgate
