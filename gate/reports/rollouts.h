#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "gate/reports/report.h"

namespace patchgate {

/// What was declared about the rollout, for people: of the plan that counts a line with its system, place, first stage
/// and what stops it, then whether it ships the patch, then what the manifest cannot show. Flags that guard touched
/// code likewise. Empty where nothing was declared. Names as they came: escape them where they are written.
std::vector<std::string> rollout_lines(const Report& report);

/// The key "rollout" of the JSON report.
nlohmann::ordered_json rollout_json(const Report& report);

}  // namespace patchgate
