#pragma once

#include <vector>

#include "analyzers/model/patch.h"
#include "gate/pipeline/overlay_input.h"

namespace patchgate {

/// Units of the base that include the header that `change` touches, chosen so that they saw it differently, the
/// smallest first: at most three, and as many more as it takes until each hunk lies in lines that one of them compiles.
/// Among 200 units of a header, those of other flags first; what none of these compiles is taken to be inactive. Where
/// the patch adds a condition, units of other flags count as seeing it differently.
Result<std::vector<const IndexedUnit*>> readers_of_header(const OverlayInput& input,
                                                          const std::vector<IndexedUnit>& units,
                                                          const FileChange& change);

}  // namespace patchgate
