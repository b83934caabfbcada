#pragma once

#include "analyzers/rollout/formats.h"

namespace patchgate {

/// An Argo `Rollout` (argoproj.io/v1alpha1; argo-rollouts.readthedocs.io): canary or blue-green.
extern const RolloutFormat argo_rollouts;

}  // namespace patchgate
