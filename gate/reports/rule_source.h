#pragma once

#include <string>

#include "gate/reports/report.h"

namespace patchgate {

/// The commit in which the line of a rule stands: the base, for a policy of the repository; empty for a built-in policy
/// and for one that was given as a file.
Oid commit_of_rule(const RuleOutcome& rule, const Report& report);

/// Which line of which policy asks for it: "builtin:hotfix@1:24", ".patchgate/policy.json:7 at 1a2b3c4d5e6f", and that
/// it is of the organisation's floor. Names as they came: escape them where they are written. Empty where that is not
/// known.
std::string source_of_rule(const RuleOutcome& rule, const Report& report);

}  // namespace patchgate
