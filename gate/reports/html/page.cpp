#include "gate/reports/escape.h"
#include "gate/reports/formats.h"
#include "gate/reports/html/own_files.h"
#include "gate/reports/html/parts.h"
#include "gate/reports/overrides.h"
#include "gate/reports/phrases.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostBytes = std::size_t{2} << 20U;
constexpr std::size_t kRoomForEnd = 64U << 10U;  // headings, the footer and the script

struct Section {
  Markup id, title;
  Html content;
};

void add_head(const Report& report, Html& html) {
  html << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
          "http-equiv=\"Content-Security-Policy\" "
          "content=\"default-src 'none'; style-src 'sha256-";
  html.own_file(kPageStyleHash) << "'; script-src 'sha256-";
  html.own_file(kPageScriptHash) << "'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" "
                                    "content=\"width=device-width, initial-scale=1\">\n"
                                    "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" "
                                    "content=\"no-referrer\">\n<title>";
  html.words(
      verdict_word(report.verdict) + (verdict_rest(report.verdict).empty() ? "" : ": ") + verdict_rest(report.verdict),
      120)
      << " - patchgate</title>\n<style>";
  html.own_file(kPageStyle) << "</style>\n</head>\n";
}

Html too_much() {
  Html html;
  return html << "<p class=\"more\">There is more to say about this than a page may hold: see the JSON report.</p>\n";
}

void add_link(const Section& section, Html& html) {
  if (!section.content.empty()) html << "<li><a href=\"#" << section.id << "\">" << section.title << "</a></li>\n";
}

/// Whole or not at all.
void add_section(const Section& section, Html& html) {
  if (section.content.empty()) return;
  const bool fits = html.text().size() + section.content.text().size() < kMostBytes - kRoomForEnd;
  html << "<section id=\"" << section.id << "\" aria-labelledby=\"" << section.id << "-title\">\n<h2 id=\""
       << section.id << "-title\">" << section.title << "</h2>\n"
       << (fits ? section.content : too_much()) << "</section>\n";
}

}  // namespace

std::string write_html(const Report& report, bool /*color*/) {
  // One who is asked at night needs the first two; the others are in the order in which doubts come.
  const Section first[] = {{"why", "Why", why_part(report)},
                           {"to-pass", "What would make it pass", to_pass_part(report)}};
  const Section rest[] = {
      {"lifted", "Overrides and the gate's own files", lifted_part(report)},
      {"touched", "Touched symbols", touched_part(report)},
      {"picture", "Who depends on it", picture_part(report)},
      {"tests", "Tests", tests_part(report)},
      {"changes", "The patch, line by line", diff_part(report)},
      {"sinks", "Paths to data sinks", sinks_part(report)},
      {"taken-away", "Taken away", taken_away_part(report)},
      {"data", "Data at risk", data_part(report)},
      {"rollout", "Rollout", rollout_part(report)},
      {"way-back", "Way back", way_back_part(report)},
      {"not-seen", "What was not seen", not_seen_part(report)},
      {"rules", "All rules", rules_part(report)},
      {"again", "How to reproduce", again_part(report)},
  };
  Html html;
  add_head(report, html);
  html << "<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n"
       << verdict_part(report) << "<main id=\"main\">\n";
  if (!first[0].content.empty() || !first[1].content.empty()) {
    html << "<div class=\"first\">\n";
    for (const auto& section : first) add_section(section, html);
    html << "</div>\n";
  }
  html << "<nav aria-label=\"Contents\">\n<ul>\n";
  for (const auto& section : rest) add_link(section, html);
  html << "</ul>\n</nav>\n";
  for (const auto& section : rest) add_section(section, html);
  html << "</main>\n<footer>\n<p>";
  std::string line;
  for (const auto& part : account(report)) line += (line.empty() ? "" : " | ") + part;
  html.words(line, 2000) << "</p>\n</footer>\n<script>";
  html.own_file(kPageScript) << "</script>\n</body>\n</html>\n";
  return without_workflow_commands(html.text());
}

}  // namespace patchgate
