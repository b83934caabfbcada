#pragma once

#include <filesystem>
#include <string>

#include "gate/pipeline/open_policy.h"

namespace patchgate {

/// Puts the floor (--floor: a file, or a built-in policy by its name) under the policy that was opened. Rules of the
/// pack that stands in for a policy that the base does not have are only observed; those of the floor hold. What is
/// wrong with it is an error of the policy: a file in the work tree (links followed) too, where the patch could bring
/// it along.
void add_floor(const std::string& file, const Repository* repository, OpenedPolicy& opened);

}  // namespace patchgate
