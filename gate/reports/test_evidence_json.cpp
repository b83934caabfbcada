#include "gate/reports/test_evidence_json.h"

#include "gate/reports/escape.h"

namespace patchgate {
namespace {

using Json = nlohmann::ordered_json;

Json texts(const std::vector<std::string>& values) {
  Json array = Json::array();
  for (const auto& value : values) array.push_back(json_text(value));
  return array;
}

Json place_or_null(const Place& at) {
  if (at.file.empty() || at.line == 0) return nullptr;
  return {{"file", json_text(at.file)}, {"line", at.line}};
}

Json text_or_null(const std::string& value) { return value.empty() ? Json(nullptr) : Json(json_text(value)); }

}  // namespace

Json coverage_json(const SymbolProof& proof) {
  const auto& lines = proof.coverage;
  if (!proof.coverage_given || lines.lines() == 0) return nullptr;
  return {
      {"changed_lines", lines.lines()}, {"covered", lines.covered},
      {"unknown", lines.unknown},       {"why", text_or_null(proof.why_uncovered)},
      {"branches", lines.branches},     {"branches_taken", lines.branches_taken},
  };
}

Json grades_json(const TouchedSymbol& symbol) {
  const auto grades = grades_of(symbol);
  return {
      {"reached", name_of(grades.reached)},
      {"executed", name_of(grades.executed)},
      {"passed", name_of(grades.passed)},
      {"pins_the_fix", name_of(grades.pinned)},
      {"tests_passed", symbol.proof.tests_passed},
      {"tests_failed", symbol.proof.tests_failed},
      {"tests_without_result", symbol.proof.tests_without_result},
      {"failed", texts(symbol.proof.failed)},
      {"pinned_by", texts(symbol.proof.pinned_by)},
  };
}

Json test_evidence_json(const TestEvidenceFound& found) {
  Json weakened = Json::array();
  for (const auto& one : found.weakened) {
    weakened.push_back({
        {"test", text_or_null(one.test)},
        {"what", json_text(one.what)},
        {"base", place_or_null(one.base)},
        {"head", place_or_null(one.head)},
        {"was", text_or_null(one.was)},
        {"now", text_or_null(one.now)},
    });
  }
  return {{"remarks", texts(found.remarks)}, {"weakened", weakened}};
}

}  // namespace patchgate
