#include "gate/pipeline/which_patch.h"

#include <algorithm>

#include "gate/pipeline/files.h"
#include "gate/pipeline/open_policy.h"
#include "policies/engine/hotfix.h"

namespace patchgate {
namespace {

/// Whether patches are meant for the branch that was pushed, by the policy of the default branch or the trusted one
/// that was named. Not so where that cannot be read: the patch is then everything since the default branch.
bool is_target(const CiEnvironment& ci, const CheckOptions& options, const Repository& repository) {
  const auto usual = repository.resolve("refs/remotes/origin/" + ci.default_branch);
  if (!usual) return false;
  const auto tree = repository.snapshot(usual->commit);
  if (!tree) return false;
  const auto policy = open_policy(repository, *tree, options.policy.value_or(""), options.floor.value_or(""));
  if (!policy || !policy->loaded.policy) return false;
  const auto& patterns = policy->loaded.policy->hotfix.target;
  return std::any_of(patterns.begin(), patterns.end(), [&](const auto& glob) { return glob.matches(ci.source); });
}

}  // namespace

Result<PatchRequest> which_patch(const CheckOptions& options, const EnvironmentVariables& environment,
                                 const Repository& repository, std::vector<std::string>& notes) {
  PatchRequest request;
  request.base = options.base.value_or("");
  request.head = options.head.value_or("");
  request.target = options.target.value_or("");
  request.source = options.source.value_or("");
  request.worktree = options.worktree;
  request.staged = options.staged;
  const auto read = [](const std::string& path, std::size_t most) { return read_input_file(path, most); };
  auto ci = read_ci_environment(environment, read);
  if (ci && *ci && (*ci)->pushed_beside_default && is_target(**ci, options, repository)) take_as_target(**ci);
  if (options.base || options.head || options.worktree || options.staged) {
    // The ends are named by hand; what branch it is all meant for is still what CI says.
    if (ci && *ci && request.target.empty()) request.target = (*ci)->target;
    if (ci && *ci && request.source.empty()) request.source = (*ci)->source;
    return request;
  }
  if (!ci) return tl::unexpected(ci.error());
  if (!*ci) return request;
  const CommitLookup lookup{[&](const std::string& revision) -> Result<Oid> {
                              PATCHGATE_TRY(const auto found, repository.resolve(revision));
                              return found.commit;
                            },
                            [&](const Oid& commit) -> Result<std::vector<Oid>> {
                              PATCHGATE_TRY(const auto info, repository.commit(commit));
                              return info.parents;
                            }};
  PATCHGATE_TRY(const auto range, settle_range(**ci, lookup));
  request.base = range.base;
  request.head = range.head;
  if (request.target.empty()) request.target = (*ci)->target;
  if (request.source.empty()) request.source = (*ci)->source;
  notes.push_back("base and head from " + (*ci)->provider + " (" + range.why + ")");
  if (!range.base_is_tip)
    notes.emplace_back("the base that CI named may lie behind the tip of the target branch, and so may the policy");
  return request;
}

}  // namespace patchgate
