#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "gate/reports/report.h"

namespace patchgate {

/// A line for each statement that takes data away or covers more rows than before, then for each migration that has no
/// way back or was edited, then how many statements could not be parsed and where the first is. Names as they came:
/// escape them.
std::vector<std::string> data_at_risk_lines(const Report& report);

/// {"sql": [...], "migrations": [...]}.
nlohmann::ordered_json data_at_risk_json(const Report& report);

}  // namespace patchgate
