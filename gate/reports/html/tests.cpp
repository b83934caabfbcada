#include <algorithm>

#include "gate/reports/html/parts.h"
#include "gate/reports/phrases.h"
#include "gate/reports/test_evidence.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostRows = 40;
constexpr std::size_t kMostTests = 5;  // of one symbol

void add_grade(Markup label, Answer answer, const std::string& detail, Html& html) {
  html << "<td data-label=\"" << label << "\" class=\"grade-";
  html.words(name_of(answer)) << "\">";
  if (answer == Answer::yes) html << "<span aria-hidden=\"true\">&#10003;</span> yes";
  if (answer == Answer::no) html << "<span aria-hidden=\"true\">&#10007;</span> no";
  if (answer == Answer::unknown) html << "<span aria-hidden=\"true\">?</span> not known";
  if (!detail.empty()) (html << "<small>").words(detail, 200) << "</small>";
  html << "</td>";
}

std::string executed_detail(const SymbolProof& proof) {
  if (!proof.coverage_given) return "no coverage given";
  const auto& lines = proof.coverage;
  std::string text = std::to_string(lines.covered) + " of " + counted(lines.lines(), "changed line");
  if (lines.branches != 0)
    text += ", branches: " + std::to_string(lines.branches_taken) + " of " + std::to_string(lines.branches);
  if (lines.unknown != 0 && !proof.why_uncovered.empty()) text += "; " + proof.why_uncovered;
  return text;
}

std::string passed_detail(const SymbolProof& proof) {
  if (!proof.results_given) return "no results given";
  std::string text = counted(proof.tests_passed, "test") + " passed";
  if (proof.tests_failed != 0) text += ", " + std::to_string(proof.tests_failed) + " failed";
  return text;
}

std::string pinned_detail(const SymbolProof& proof) {
  if (!proof.base_results_given) return "no results of the base given";
  return proof.pinned_by.empty() ? "" : proof.pinned_by.front();
}

void add_row(const TouchedSymbol& symbol, Html& html) {
  const TestGrades grades = grades_of(symbol);
  html << "<tr><th scope=\"row\">" << code_piece(symbol.name, 80) << "</th>";
  add_grade("Reached", grades.reached, counted(symbol.tests_total, "test"), html);
  add_grade("Changed lines ran", grades.executed, executed_detail(symbol.proof), html);
  add_grade("Passed", grades.passed, passed_detail(symbol.proof), html);
  add_grade("Pins the fix", grades.pinned, pinned_detail(symbol.proof), html);
  html << "</tr>\n";
}

void add_nearest(const TouchedSymbol& symbol, Html& html) {
  if (symbol.tests.empty()) return;
  html << "<li>" << code_piece(symbol.name, 80) << "<ul>\n";
  for (std::size_t i = 0; i < std::min(kMostTests, symbol.tests.size()); ++i) {
    const auto& test = symbol.tests[i];
    html << "<li>" << code_piece(test.name) << " " << place_piece(test.at) << ", ";
    html.words(counted(test.distance, "call")) << " away";
    if (test.weakest != Confidence::exact) html << ", by calls that are only possible";
    if (test.changed) html << ", <strong>changed by this patch</strong>";
    if (!test.no_evidence.empty()) (html << "; reaches it, ").words(test.no_evidence);
    html << "</li>\n";
  }
  const std::size_t shown = std::min(kMostTests, symbol.tests.size());
  if (symbol.tests_total > shown) html << "<li class=\"more\">" << symbol.tests_total - shown << " more</li>\n";
  html << "</ul></li>\n";
}

}  // namespace

Html tests_part(const Report& report) {
  Html html, rows, nearest;
  std::size_t shown = 0, hidden = 0;
  for (const auto& symbol : report.symbols) {
    if (symbol.in_test_code) continue;
    if (shown == kMostRows) {
      ++hidden;
      continue;
    }
    ++shown;
    add_row(symbol, rows);
    add_nearest(symbol, nearest);
  }
  if (!rows.empty()) {
    html << "<p class=\"key\">Four grades of evidence: a test reaches it by the call graph; its changed lines ran, by "
            "coverage; the tests that reach it passed; one of them fails without the patch. All but the first are as "
            "the files that were given claim them.</p>\n<table class=\"grades\">\n<thead><tr><th scope=\"col\">Touched "
            "symbol</th><th scope=\"col\">Reached</th><th scope=\"col\">Changed lines ran</th><th "
            "scope=\"col\">Passed</th>"
            "<th scope=\"col\">Pins the fix</th></tr></thead>\n<tbody>\n"
         << rows << "</tbody>\n</table>\n"
         << more_piece(hidden, "symbol");
  }
  if (!nearest.empty()) html << "<h3>Nearest tests</h3>\n<ul>\n" << nearest << "</ul>\n";
  const auto weakened = weakened_in_words(report);
  if (!weakened.empty()) html << "<h3>Made weaker by this patch</h3>\n<ul>\n" << items(weakened) << "</ul>\n";
  const auto& remarks = report.test_evidence.remarks;
  if (!remarks.empty()) html << "<h3>What that is worth</h3>\n<ul>\n" << items(remarks, 20) << "</ul>\n";
  return html;
}

}  // namespace patchgate
