#pragma once

#include <optional>

#include "analyzers/model/recovery_step.h"
#include "analyzers/model/rollout.h"

namespace patchgate {

/// How to stop the declared rollout that counts, in the words of the system that runs it; with a command where the
/// manifest names all that it needs. Nothing where no rollout is declared, or where all is replaced at once.
///
/// Commands: Argo Rollouts' kubectl plugin (`abort`, `undo`), `kubectl rollout undo`. Flagger has none: it routes back
/// by itself as soon as the target's pod spec changes. CodeDeploy asks for the id of the deployment.
std::optional<RecoveryStep> stop_rollout(const RolloutFindings& found);

}  // namespace patchgate
