#include "analyzers/model/test_evidence.h"

#include "analyzers/model/touched.h"

namespace patchgate {

const char* name_of(Answer answer) {
  switch (answer) {
    case Answer::no:
      return "no";
    case Answer::yes:
      return "yes";
    case Answer::unknown:
      break;
  }
  return "unknown";
}

TestGrades grades_of(const TouchedSymbol& symbol) {
  const SymbolProof& proof = symbol.proof;
  TestGrades grades;
  if (symbol.tests_total > 0) {
    grades.reached = Answer::yes;
  } else if (symbol.known_fan_in && symbol.seen.transitive) {
    grades.reached = Answer::no;
  }
  if (proof.coverage_given) {
    if (proof.coverage.covered > 0) {
      grades.executed = Answer::yes;
    } else if (proof.coverage.missed > 0 && proof.coverage.unknown == 0) {
      grades.executed = Answer::no;
    }
  }
  if (proof.results_given) {
    if (proof.tests_failed > 0 || grades.reached == Answer::no) {
      grades.passed = Answer::no;
    } else if (proof.tests_passed > 0) {
      grades.passed = Answer::yes;
    }
  }
  if (proof.base_results_given) {
    const bool all_told = proof.tests_passed > 0 && proof.tests_without_result == 0;
    if (!proof.pinned_by.empty()) {
      grades.pinned = Answer::yes;
    } else if (grades.reached == Answer::no || all_told) {
      grades.pinned = Answer::no;
    }
  }
  return grades;
}

}  // namespace patchgate
