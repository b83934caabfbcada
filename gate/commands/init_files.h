#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/commands/project_signs.h"

namespace patchgate {

/// A file that `init` would write, relative to the repository.
struct StarterFile {
  std::string path;
  std::string text;
};

inline constexpr const char* kGitLabProject = ".gitlab/patchgate-project.yml";

/// What a repository with these signs starts with: the policy first, then a job for each of its CI systems that
/// patchgate has one for (GitHub, GitLab, Jenkins). Pure.
std::vector<StarterFile> starter_files(const ProjectSigns& signs);

/// The job file for GitLab that this program ships with (ci/gitlab/templates/patchgate.yml).
std::string_view gitlab_component();

/// The systems that no job is written for.
std::vector<std::string> without_a_job(const ProjectSigns& signs);

/// Writes the policy alone into the work tree of `repo` (default: here), unless there is one. Gives the exit code.
int write_starter_policy(const std::optional<std::string>& repo);

}  // namespace patchgate
