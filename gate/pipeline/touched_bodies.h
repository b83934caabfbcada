#pragma once

#include <vector>

#include "analyzers/model/body_shape.h"
#include "gate/pipeline/overlay.h"

namespace patchgate {

/// What each touched function does on both sides, in the order of sides.touched.symbols. Each file is parsed once more
/// on each side, by a unit that read it, with all other bodies skipped; nothing of it is kept in the index. A body that
/// cannot be had is unknown, with the reason. Fails only when the worker is lost.
Result<std::vector<TouchedBody>> touched_bodies(const OverlayInput& input, const TwoSides& sides);

}  // namespace patchgate
