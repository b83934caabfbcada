#include "gate/pipeline/open_patch.h"

namespace patchgate {
namespace {

Result<Revision> base_revision(const Repository& repository, const PatchRequest& request) {
  if (!request.base.empty()) return repository.resolve(request.base);
  if (request.worktree || request.staged) return repository.resolve("HEAD");
  const auto ref = repository.default_base_ref();
  if (ref.empty()) {
    return fail(Error::Kind::repository, "there is no upstream and no default branch to compare with",
                "name the base: patchgate check --base main --head HEAD");
  }
  return repository.resolve(ref);
}

}  // namespace

std::string branch_of_ref(const std::string& ref) {
  if (ref.starts_with("refs/heads/")) return ref.substr(11);
  if (ref.starts_with("refs/remotes/")) {
    const auto slash = ref.find('/', 13);
    if (slash != std::string::npos) return ref.substr(slash + 1);
  }
  return {};
}

Result<OpenedPatch> open_patch(Repository& repository, const PatchRequest& request, CommitNotes* notes) {
  OpenedPatch opened;
  auto& patch = opened.patch;
  PATCHGATE_TRY(const auto base, base_revision(repository, request));
  patch.base = base.commit;
  patch.target_ref = !request.target.empty() ? request.target : branch_of_ref(base.ref);
  patch.source_ref = request.source;

  Oid head_commit;
  if (request.worktree || request.staged) {
    PATCHGATE_TRY(const auto head, repository.resolve("HEAD"));
    head_commit = head.commit;
    if (patch.source_ref.empty()) patch.source_ref = branch_of_ref(repository.head_ref());
    if (patch.target_ref.empty() && request.base.empty()) patch.target_ref = branch_of_ref(repository.head_ref());
  } else {
    PATCHGATE_TRY(const auto head, repository.resolve(request.head.empty() ? "HEAD" : request.head));
    head_commit = head.commit;
    if (patch.source_ref.empty()) {
      const bool is_head = request.head.empty() || request.head == "HEAD";
      patch.source_ref = branch_of_ref(is_head ? repository.head_ref() : head.ref);
    }
  }
  PATCHGATE_TRY(patch.merge_base, repository.merge_base(base.commit, head_commit));
  if (!request.worktree && !request.staged && patch.merge_base == head_commit) {
    // An allow for nothing would look like a pass, most of all when base and head were swapped.
    return fail(Error::Kind::repository,
                "the head is part of " + (patch.target_ref.empty() ? "the base" : patch.target_ref) +
                    " already: there is no patch to judge",
                "name both ends: patchgate check --base BASE --head HEAD");
  }
  PATCHGATE_TRY(opened.sides.base, repository.snapshot(patch.merge_base));
  PATCHGATE_TRY(opened.base_tip, repository.snapshot(base.commit));
  if (request.worktree) {
    PATCHGATE_TRY(opened.sides.head, repository.worktree());
    patch.head = opened.sides.head.tree();
  } else if (request.staged) {
    PATCHGATE_TRY(opened.sides.head, repository.staged());
    patch.head = opened.sides.head.tree();
  } else {
    PATCHGATE_TRY(opened.sides.head, repository.snapshot(head_commit));
    patch.head = head_commit;
  }
  PATCHGATE_TRY(patch.files, repository.diff(opened.sides.base, opened.sides.head));
  if (!request.worktree && !request.staged && !patch.files.empty()) {
    PATCHGATE_TRY(opened.reverted,
                  repository.find_all_reverted(patch.merge_base, patch.head, base.commit, kRevertsTried, notes));
    if (!opened.reverted.empty()) patch.revert_of = opened.reverted.front().id;
    for (const CommitInfo& reverted : opened.reverted) {
      PATCHGATE_TRY(const bool itself, repository.is_exact_revert(reverted.id, kRevertsTried, notes));
      patch.reverts_a_revert = patch.reverts_a_revert || itself;
    }
  }
  return opened;
}

}  // namespace patchgate
