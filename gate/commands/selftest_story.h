#pragma once

#include <filesystem>
#include <vector>

#include "analyzers/git/scratch_repository.h"

namespace patchgate {

/// The story that selftest judges: a service whose encoder every request goes through, on branch release/1; hotfix/bad
/// takes out the guard that keeps absent fields out of a PATCH request; hotfix/good does the same with a test and a
/// staged rollout.
std::vector<ScratchCommit> selftest_commits();

/// The compile database of that service in `folder`.
std::string selftest_compile_database(const std::filesystem::path& folder);

}  // namespace patchgate
