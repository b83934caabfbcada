#pragma once

#include "analyzers/rollout/formats.h"

namespace patchgate {

/// Flag definitions of flagd (flagd.dev/reference/flag-definitions), as JSON or YAML. The share is that of the variants
/// whose value is true in a `fractional` without conditions around it; its weights are relative to their sum, and one
/// that is left out is 1 (flagd.dev/reference/custom-operations/fractional-operation).
extern const RolloutFormat flagd_flags;

}  // namespace patchgate
