#include "gate/pipeline/which_patch.h"

#include "gate/pipeline/files.h"

namespace patchgate {

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
  const auto ci = read_ci_environment(environment, read);
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
