#pragma once

#include <nlohmann/json.hpp>

#include "gate/reports/report.h"

namespace patchgate {

/// `coverage` of a symbol: null where none was given, or none of its changed lines is code.
nlohmann::ordered_json coverage_json(const SymbolProof& proof);
/// `evidence` of a symbol: the four grades, each "yes", "no" or "unknown", and by which tests.
nlohmann::ordered_json grades_json(const TouchedSymbol& symbol);
/// `test_evidence` of the report: what was checked, and tests made weaker.
nlohmann::ordered_json test_evidence_json(const TestEvidenceFound& found);

}  // namespace patchgate
