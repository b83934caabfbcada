#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/graph/context.h"
#include "gate/pipeline/open_patch.h"
#include "gate/reports/leave_taken.h"

namespace patchgate {

/// The facts as they would be stated under another policy: its bands of risk and its patterns of a hotfix.
using FactsUnder = std::function<Facts(const Policy& policy)>;

/// What the policy on head would say, where the patch changes a file below .patchgate: it is read and checked, its
/// tests are run, and it judges the patch, with head's exceptions added to `leave`, which has neither exceptions nor
/// overrides. `floor`: as of
/// open_policy. `verdict`: the one that counts. Nothing where the patch leaves these files alone.
Result<std::optional<PolicyPreview>> preview_policy(const Repository& repository, const OpenedPatch& opened,
                                                    const std::string& floor, const Verdict& verdict,
                                                    const std::vector<std::string>& paths, Leave leave,
                                                    const FactsUnder& facts_under);

/// Whether preview_policy has something to look at.
bool changes_the_policy(const Patch& patch);

}  // namespace patchgate
