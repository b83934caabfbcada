#pragma once

#include "analyzers/git/repository.h"
#include "analyzers/model/rollout.h"

namespace patchgate {

/// What analyzers/rollout looks into beside the manifests: the changed C and C++ files, and of head CMakeLists.txt,
/// Dockerfile and compose files, by path. A file of more than 1 MiB is left out, and those after 16 MiB or 2,000 files.
/// The build files are read only `for_manifests`.
Result<RolloutInputs> rollout_inputs(const Repository& repository, const Snapshot& head, const Patch& patch,
                                     bool for_manifests);

}  // namespace patchgate
