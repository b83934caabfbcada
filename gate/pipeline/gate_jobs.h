#pragma once

#include "analyzers/git/repository.h"
#include "analyzers/model/patch.h"

namespace patchgate {

/// A file that by its place says what CI runs: GitHub, GitLab, Gitea, Forgejo, Azure, Bitbucket, CircleCI, Buildkite,
/// Travis, Drone, Woodpecker, Jenkins, pre-commit; local actions and included files in their folders.
bool is_ci_file(const std::string& path);

/// Gives class `gate` to files of CI that name patchgate on either side, under either name: they run this gate. One
/// whose content cannot be read counts, too.
Result<void> mark_gate_jobs(const Repository& repository, Patch& patch);

}  // namespace patchgate
