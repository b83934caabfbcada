#pragma once

#include "analyzers/model/risk_table.h"
#include "policies/engine/document.h"

namespace patchgate {

/// Reads a `risk` object over `table`: what it does not name stays as it is. Errors also where the result makes no
/// sense: bands that do not rise, a risk that falls while impact or likelihood rises.
void read_risk(const JsonNode& node, RiskTable& table);

}  // namespace patchgate
