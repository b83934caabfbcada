#pragma once

#include "analyzers/git/repository.h"
#include "gate/pipeline/sources.h"

namespace patchgate {

/// Finds the scripts among the files of `patch` that some build file of either side runs, and says so in `build_role`
/// and `run_by`. Reads build files only where the patch has a script. A script that a program or another script runs,
/// or a build file of more than 1 MiB, is not found.
Result<void> find_generators(const Repository& repository, const Sides& sides, Patch& patch);

}  // namespace patchgate
