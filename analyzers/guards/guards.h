#pragma once

#include "analyzers/graph/context.h"

namespace patchgate {

/// Conditions that the patch removes or weakens in front of code that stays. States guards.removed.count and
/// guards.weakened.count; fills Findings::code_changes. To be run after the sinks are known.
extern const Analyzer guards_removed;

}  // namespace patchgate
