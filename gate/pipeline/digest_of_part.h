#pragma once

#include "gate/pipeline/digest.h"
#include "gate/pipeline/look_limits.h"
#include "gate/pipeline/overlay.h"

namespace patchgate {

/// Of a part of the project the inputs say too little: which part it is depends on the time, and on generated files
/// that only the scan saw.
void add_what_was_read(const LookLimits& limits, const TwoSides& sides, Digest& digest);

}  // namespace patchgate
