#pragma once

#include <vector>

#include "analyzers/graph/context.h"
#include "analyzers/rollout/flag_share.h"

namespace patchgate {

/// Adds to findings.rollout what flags do for the patch. Where they guard all that is touched and that is stronger than
/// the plans there, the weakest of the flags becomes the first plan. Errors (config): a catalogue that cannot be read.
Result<void> look_at_flags(const Context& context, const std::vector<FlagShare>& shares, Findings& findings);

}  // namespace patchgate
