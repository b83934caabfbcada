#pragma once

#include <optional>
#include <string>

#include "gate/commands/reported_verdict.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// Where a report does not agree with itself, in one sentence: a rule that does more than the verdict says, or another
/// thing than its own level and result say. None where it agrees. A verdict "none" is not asked.
std::optional<std::string> contradiction(const ReportedVerdict& verdict);

/// The same against the policy that made it: its rules with their levels, what each of them does by its result, and the
/// verdict that follows. The results themselves are believed: the lists that rules ask for, such as the touched
/// symbols, are not whole in a report, so that they cannot be judged again from it. `observe_only`: there is no policy
/// on the base, the rules are only observed.
std::optional<std::string> contradiction(const ReportedVerdict& verdict, const Policy& policy, bool observe_only);

}  // namespace patchgate
