#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/git/repository.h"
#include "analyzers/model/patch.h"
#include "analyzers/model/result.h"
#include "gate/pipeline/sources.h"

namespace patchgate {

/// How many commits back the one that was exactly reverted is looked for.
inline constexpr std::size_t kRevertsTried = 200;

/// Which patch is meant, as the command line and the CI environment say it. What is empty is found out.
struct PatchRequest {
  std::string base, head;      ///< revisions (see Repository::resolve)
  std::string target, source;  ///< branch names
  bool worktree = false, staged = false;
};

struct OpenedPatch {
  Patch patch;
  Sides sides;                       ///< base = the merge base
  Snapshot base_tip;                 ///< where policy, exceptions and catalogues are read from
  std::vector<CommitInfo> reverted;  ///< what the patch undoes exactly, newest first
};

/// Resolves both ends, finds the merge base, and diffs. Errors say what to do next.
///
/// The head is HEAD by default; the base the upstream or default branch of the repository (for --worktree and --staged:
/// HEAD). The target is the branch that the base was named by, the source that of the head; a commit that was named by
/// its id has neither. `notes` as in Repository::find_reverted.
Result<OpenedPatch> open_patch(Repository& repository, const PatchRequest& request, CommitNotes* notes = nullptr);

/// "release/2.4" of "refs/heads/release/2.4" and of "refs/remotes/origin/release/2.4"; empty for other refs.
std::string branch_of_ref(const std::string& ref);

}  // namespace patchgate
