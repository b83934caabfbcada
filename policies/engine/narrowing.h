#pragma once

#include <vector>

#include "analyzers/model/result.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// Warnings about rules whose `when` the author of a patch can switch off by what they claim: a branch's name,
/// coverage, a rollout. Not where the rule says with `narrows` why that is fine, and about patch.hotfix only where the
/// policy knows a hotfix by the branch that it comes from alone: the target is not the author's to choose.
void find_avoidable_rules(const Policy& policy, std::vector<Error>& warnings);

}  // namespace patchgate
