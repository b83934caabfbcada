#pragma once

#include <filesystem>

#include "analyzers/git/repository.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// libgit2, once a process: no system, global or XDG configuration, no templates.
Result<void> prepare_libgit2();

/// The folder of objects and refs that `git_folder` (of a linked worktree, maybe) belongs to.
std::filesystem::path common_folder_of(const std::filesystem::path& git_folder);

/// Error (repository) where `folder` belongs to another user.
Result<void> check_owner(const std::filesystem::path& folder, Ownership ownership);

/// Error (repository) for a format that cannot be read here: SHA-256, partial clone, reftable, an extension unknown.
Result<void> check_format(const std::filesystem::path& common_folder);

}  // namespace patchgate
