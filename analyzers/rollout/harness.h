#pragma once

#include "analyzers/rollout/formats.h"

namespace patchgate {

/// A Harness pipeline (developer.harness.io, "Create a Kubernetes canary deployment"): of the stages that deploy, the
/// last one counts. What waits and stops is what stands between K8sCanaryDeploy and the next step that deploys or
/// deletes.
extern const RolloutFormat harness_pipeline;

}  // namespace patchgate
