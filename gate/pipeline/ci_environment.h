#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/model/patch.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// One way to find the two sides of the patch. Names are revisions as Repository::resolve takes them.
struct CiRange {
  enum class Kind {
    commits,       ///< base .. head
    first_parent,  ///< `head` is a merge made by CI, of the target and `merged`: its first parent .. itself
  };
  Kind kind = Kind::commits;
  std::string base;  ///< empty for first_parent
  std::string head;
  std::string merged;       ///< first_parent: the second parent that tells it from a merge made by the author
  bool base_is_tip = true;  ///< false: the base may lie behind the target's tip, and so may the policy read from it
  std::string why;          ///< what it was taken from, for the report: "pull_request.base.sha"
};

/// What a CI run says about the change it was started for. All of it comes from the service, not from the patch, but
/// names of branches and labels are chosen by people: escape them.
struct CiEnvironment {
  std::string provider;  ///< "github", "gitlab"
  std::string event;     ///< "pull_request", "merge_group", "push", …; GitLab: "merge_request (detached)", "branch"
  std::vector<CiRange> ranges;      ///< the first that can be found counts; empty: see why_no_range
  std::string why_no_range;         ///< and what to do
  std::string target, source;       ///< short names of branches; empty = not known
  std::string default_branch;       ///< short name; empty = not known
  std::vector<std::string> labels;  ///< as they were when the run was started
  bool fork = false;                ///< the patch comes from another repository
  /// A push of `source`, which is not the default branch. Taken as a patch for the default branch, until somebody who
  /// knows which branches patches are meant for calls take_as_target.
  bool pushed_beside_default = false;
  std::optional<CiRange> since_last_push;  ///< of that push; none for a new branch
};

using EnvironmentVariables = std::map<std::string, std::string, std::less<>>;
/// Reads a file of at most the given number of bytes; an error where it is larger or cannot be read.
using FileReader = std::function<Result<std::string>(const std::string& path, std::size_t most)>;

/// The variables that read_ci_environment looks at, to be taken from the process.
const std::vector<std::string>& ci_variables();

/// None outside of GitHub Actions (GITHUB_ACTIONS) and GitLab CI (GITLAB_CI). The event of GitHub (GITHUB_EVENT_PATH,
/// at most 4 MiB) is read as untrusted JSON; errors (config) name its file and line. GitLab's are its CI_* variables.
Result<std::optional<CiEnvironment>> read_ci_environment(const EnvironmentVariables& env, const FileReader& read);

/// Patches are meant for the branch that was pushed (pushed_beside_default): it is the target, and the tip before the
/// push is the first base to be tried.
void take_as_target(CiEnvironment& ci);

/// What settle_range needs to know of a repository.
struct CommitLookup {
  std::function<Result<Oid>(const std::string& revision)> resolve;
  std::function<Result<std::vector<Oid>>(const Oid& commit)> parents;
};

struct CiCommits {
  Oid base;  ///< the tip of the base ref; the patch starts at merge_base(base, head)
  Oid head;
  bool base_is_tip = true;
  std::string why;  ///< which range it was
};

/// The first range both of whose sides exist. One whose sides are the same commit is passed over: an empty patch here
/// only means that CI named the base badly. Error (repository) where none is left: each range and why, with the advice
/// to fetch the whole history or to pass --base.
Result<CiCommits> settle_range(const CiEnvironment& ci, const CommitLookup& lookup);

}  // namespace patchgate
