#pragma once

#include "policies/engine/policy.h"

namespace patchgate {

/// The policy of a repository with an organisation's floor under it. The floor's rules come first, marked as such. A
/// rule of the repository with the same id counts where it asks for at least as much, else the floor's does, and a note
/// says so. Risk bands and table are the stricter of both in each place, branches of hotfixes those of either, what
/// happens where no rule applies the stricter of both.
Policy with_floor(Policy policy, Policy floor);

}  // namespace patchgate
