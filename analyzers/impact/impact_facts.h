#pragma once

#include "analyzers/graph/context.h"

namespace patchgate {

/// States impact.level and its numbers, and says why in sentences, from touched symbols that are measured and ordered.
void state_impact(const Context& context, Findings& findings);

}  // namespace patchgate
