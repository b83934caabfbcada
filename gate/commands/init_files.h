#pragma once

#include <optional>
#include <string>
#include <vector>

namespace patchgate {

/// A file that `init` would write, relative to the repository.
struct StarterFile {
  std::string path;
  std::string text;
};

/// What a repository that looks like this starts with: the policy, and a job for each CI system that it uses (GitHub's
/// when it uses none). Pure.
std::vector<StarterFile> starter_files(const std::vector<std::string>& branches, bool github, bool gitlab);

/// Writes the policy alone into the work tree of `repo` (default: here), unless there is one. Gives the exit code.
int write_starter_policy(const std::optional<std::string>& repo);

}  // namespace patchgate
