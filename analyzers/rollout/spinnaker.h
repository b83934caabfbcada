#pragma once

#include "analyzers/rollout/formats.h"

namespace patchgate {

/// A Spinnaker pipeline as JSON (spinnaker.io, "Canary analysis"): a stage `kayentaCanary` waits for its lifetime and
/// fails below the score `pass`. The share of the canary is how many servers it has, which a pipeline does not say.
extern const RolloutFormat spinnaker_pipeline;

}  // namespace patchgate
