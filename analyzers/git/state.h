#pragma once

#include <filesystem>
#include <vector>

#include "analyzers/git/objects.h"
#include "analyzers/git/repository.h"

namespace patchgate {

struct Repository::State {
  Objects objects;
  std::filesystem::path git_folder;
  std::filesystem::path work_folder;
};

/// What the git index holds, sorted by path. Error (repository) while a merge is not resolved.
Result<std::vector<TreeEntry>> staged_entries(const Objects& objects);
/// What lies in the work tree, sorted by path; content that git does not have yet is remembered in `objects`.
Result<std::vector<TreeEntry>> work_folder_entries(Objects& objects, const std::filesystem::path& work_folder);

}  // namespace patchgate
