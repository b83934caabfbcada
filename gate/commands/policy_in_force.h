#pragma once

#include <optional>
#include <string>

#include "gate/pipeline/open_policy.h"

namespace patchgate {

/// The policy that a patch for `rev` (default HEAD) would be judged by: `file` where one is given (or a built-in one by
/// its name), else that of the revision, else the built-in hotfix pack.
Result<OpenedPolicy> policy_in_force(const std::optional<std::string>& repo, const std::optional<std::string>& rev,
                                     const std::optional<std::string>& file,
                                     const std::optional<std::string>& floor = {});

/// "policy base:.patchgate/policy.json at 1a2b3c4d5e6f", a line.
std::string describe_source(const OpenedPolicy& opened);

/// A rule in words, some lines.
std::string describe_rule(const Rule& rule);

}  // namespace patchgate
