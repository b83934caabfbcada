#include "gate/reports/test_evidence.h"

#include "gate/reports/phrases.h"

namespace patchgate {
namespace {

std::string lines_run(const SymbolProof& proof, const char* noun) {
  const auto& lines = proof.coverage;
  std::string text = std::to_string(lines.covered) + " of " + std::to_string(lines.lines()) + " " + noun;
  if (lines.unknown > 0 && lines.covered > 0) text += ", " + std::to_string(lines.unknown) + " unknown";
  return text;
}

std::string executed(const TouchedSymbol& symbol, Answer answer) {
  const auto& proof = symbol.proof;
  if (!proof.coverage_given) return "executed unknown (no coverage)";
  if (answer == Answer::unknown)
    return "executed unknown" + (proof.why_uncovered.empty() ? " (no changed line is code that the coverage counts)"
                                                             : " (" + proof.why_uncovered + ")");
  std::string text = (answer == Answer::yes ? "executed " : "not executed, ") + lines_run(proof, "changed lines");
  if (proof.coverage.branches > 0)
    text += " (" + std::to_string(proof.coverage.branches_taken) + " of " + std::to_string(proof.coverage.branches) +
            " branches)";
  return text;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string passed(const TouchedSymbol& symbol, Answer answer) {
  const auto& proof = symbol.proof;
  if (!proof.results_given) return "passed unknown (no results)";
  if (proof.tests_failed > 0) return "FAILED " + joined(proof.failed);
  if (answer == Answer::no) return "no test to pass";
  if (answer == Answer::unknown) return "passed unknown (no result of a test that reaches it)";
  std::string text = "passed " + counted(proof.tests_passed, "test");
  if (proof.tests_without_result > 0) text += " (" + std::to_string(proof.tests_without_result) + " without a result)";
  return text;
}

std::string pinned(const TouchedSymbol& symbol, Answer answer) {
  if (answer == Answer::yes) return "pins the fix: " + joined(symbol.proof.pinned_by) + " [claimed]";
  return answer == Answer::no ? "none pins the fix" : "pins the fix unknown";
}

bool anything_given(const TouchedSymbol& symbol) {
  return !symbol.in_test_code && (symbol.proof.coverage_given || symbol.proof.results_given);
}

}  // namespace

std::string grades_in_words(const TouchedSymbol& symbol) {
  if (!anything_given(symbol)) return {};
  const auto grades = grades_of(symbol);
  std::string text = grades.reached == Answer::yes ? "reached by " + counted(symbol.tests_total, "test")
                     : grades.reached == Answer::no
                         ? symbol.tests.empty() ? "reached by no test" : "reached by no test that counts"
                         : "reached unknown";
  text += ", " + executed(symbol, grades.executed) + ", " + passed(symbol, grades.passed);
  if (symbol.proof.results_given) text += ", " + pinned(symbol, grades.pinned);
  return text;
}

std::string grades_in_short(const TouchedSymbol& symbol) {
  if (!anything_given(symbol)) return {};
  const auto grades = grades_of(symbol);
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (symbol.proof.coverage_given)
    add(grades.executed == Answer::unknown ? "executed unknown" : "executed " + lines_run(symbol.proof, "lines"));
  if (symbol.proof.results_given)
    add(symbol.proof.tests_failed > 0  ? "**failed**"
        : grades.passed == Answer::yes ? "passed"
        : grades.passed == Answer::no  ? "no test to pass"
                                       : "passed unknown");
  if (grades.pinned == Answer::yes) add("pins the fix [claimed]");
  return text;
}

std::vector<std::string> weakened_in_words(const Report& report) {
  std::vector<std::string> lines;
  for (const auto& one : report.test_evidence.weakened) {
    std::string line = one.test.empty() ? "" : one.test + ": ";
    line += one.what + " (";
    if (one.base.line != 0) line += "base " + at_place(one.base);
    if (one.head.line != 0) line += (one.base.line != 0 ? ", head " : "head ") + at_place(one.head);
    line += ")";
    if (!one.was.empty() && !one.now.empty()) {
      line += ": " + one.was + " -> " + one.now;
    } else if (!one.was.empty() || !one.now.empty()) {
      line += ": " + one.was + one.now;
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace patchgate
