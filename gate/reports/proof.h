#pragma once

#include <string>
#include <vector>

#include "gate/reports/report.h"

namespace patchgate {

/// What earned a pass, one line each: for each rule that could have blocked, applied on a condition and holds, the
/// test, the rollout or the values that made it hold. Empty for a verdict that is none, and for a patch of which no
/// proof was asked. Texts are as they came: escape them where they are written.
std::vector<std::string> proofs(const Report& report);

}  // namespace patchgate
