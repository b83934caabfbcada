#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/fact.h"
#include "policies/engine/policy.h"
#include "policies/engine/verdict.h"

namespace patchgate {

/// Total and pure: every policy and all facts have a verdict. `touched_paths`: the paths that the patch changes, old
/// and new names, relative to the repository; they decide which rules with `paths` apply. The decision is the strongest
/// effect of a rule; `none` where the policy has no rules, or none of them applied and it does not say what then
/// (`if_no_rule_applies`).
Verdict evaluate(const Policy& policy, const Facts& facts, const std::vector<std::string>& touched_paths);

/// The verdict of rules that nobody has put in force yet: all rules at observe, the decision a warning (a verdict of
/// none stays one). `why`: "no policy on main yet".
Verdict as_advice(Verdict verdict, std::string_view why);

}  // namespace patchgate
