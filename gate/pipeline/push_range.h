#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzers/git/repository.h"
#include "gate/pipeline/pushed_refs.h"

namespace patchgate {

/// What of a push is judged: the commits that a ref brings, against the branch that they are meant for.
struct PushRange {
  Oid base, head;
  std::string target;  ///< short name of the remote's branch; empty = not known
  std::string source;  ///< short name of the pushed branch; empty for a tag
};

/// A range, or why there is nothing to judge.
struct PushedPatch {
  std::optional<PushRange> range;
  std::string why_none;
};

/// `remote`: the name of the remote (a URL: the branches of all remotes count). What is pushed to a branch that patches
/// are meant for (the remote's default branch, or one that the hotfix patterns of its policy name) is compared with
/// what is there; anything else with the nearest of those branches, as this clone knows them. Errors (repository) where
/// a commit is not here.
Result<PushedPatch> range_of_push(const Repository& repository, const std::string& remote, const PushedRef& pushed);

}  // namespace patchgate
