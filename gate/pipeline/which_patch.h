#pragma once

#include <string>
#include <vector>

#include "analyzers/git/repository.h"
#include "gate/cli/options.h"
#include "gate/pipeline/ci_environment.h"
#include "gate/pipeline/open_patch.h"

namespace patchgate {

/// Which patch is meant: what the command line says; for what it leaves open, what the CI environment says; else
/// nothing (open_patch knows the defaults of a repository). `notes` says where base and head were taken from, when CI
/// named them.
Result<PatchRequest> which_patch(const CheckOptions& options, const EnvironmentVariables& environment,
                                 const Repository& repository, std::vector<std::string>& notes);

}  // namespace patchgate
