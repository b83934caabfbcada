#pragma once

#include <vector>

#include "analyzers/model/fact.h"
#include "analyzers/model/patch.h"
#include "gate/pipeline/open_policy.h"

namespace patchgate {

/// What a policy that is loaded says about facts of a patch; of one that stands in for a missing one an advice.
Verdict verdict_by(const OpenedPolicy& policy, const Patch& patch, const Facts& facts);

/// So many users a part of the project has to show that an impact is not low, by any of these policies.
std::uint32_t deciding_fan_in(const std::vector<OpenedPolicy>& policies);

}  // namespace patchgate
