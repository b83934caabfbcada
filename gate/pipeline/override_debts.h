#pragma once

#include <cstdint>
#include <vector>

#include "gate/pipeline/open_patch.h"
#include "policies/engine/debts.h"

namespace patchgate {

/// What is still to be done for overrides of earlier patches: of those that name the target of this patch, and of those
/// that name no target and whose commit is in the base. `kept`: from the repository's refs. Debts that were paid on the
/// base are left out, those that this patch pays are there.
Result<std::vector<Debt>> open_debts(const Repository& repository, const OpenedPatch& opened,
                                     const std::vector<BreakGlass>& kept, std::int64_t now);

}  // namespace patchgate
