#pragma once

#include "analyzers/rollout/formats.h"

namespace patchgate {

/// A Harness pipeline (developer.harness.io, "Create a Kubernetes canary deployment"): of the stages that deploy, the
/// last one counts; or a template of one stage. What waits and stops is what stands between the step that deploys the
/// canary and the next one that deploys or deletes.
extern const RolloutFormat harness_pipeline;

}  // namespace patchgate
