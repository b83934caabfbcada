#pragma once

#include "analyzers/rollout/formats.h"

namespace patchgate {

/// A template of CloudFormation or SAM (docs.aws.amazon.com): its functions with a DeploymentPreference, its CodeDeploy
/// deployment groups and configurations. What `!Ref` names is looked up in the same template; what another function
/// fills in is not known.
extern const RolloutFormat cloudformation;

}  // namespace patchgate
