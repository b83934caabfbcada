#include <algorithm>

#include "analyzers/git/repository.h"
#include "analyzers/git/state.h"
#include "analyzers/git/tree_list.h"

namespace patchgate {
namespace {

std::vector<TreeEntry>::const_iterator first_not_before(const std::vector<TreeEntry>& entries, std::string_view path) {
  return std::lower_bound(entries.begin(), entries.end(), path,
                          [](const TreeEntry& entry, std::string_view wanted) { return entry.path < wanted; });
}

}  // namespace

const TreeEntry* Snapshot::find(std::string_view path) const {
  const auto at = first_not_before(entries_, path);
  return at != entries_.end() && at->path == path ? &*at : nullptr;
}

bool Snapshot::is_folder(std::string_view path) const {
  while (path.ends_with('/')) path.remove_suffix(1);
  if (path.empty()) return !entries_.empty();
  const std::string prefix = std::string(path) + "/";
  const auto at = first_not_before(entries_, prefix);
  return at != entries_.end() && at->path.starts_with(prefix);
}

Result<Snapshot> Repository::snapshot(const Oid& commit) const {
  PATCHGATE_TRY(const git_oid tree, state_->objects.tree_of(commit));
  Snapshot out;
  PATCHGATE_TRY(out.entries_, list_tree(state_->objects, tree));
  out.commit_ = commit;
  out.tree_ = to_oid(tree);
  return out;
}

Result<Snapshot> Repository::staged() {
  PATCHGATE_TRY(std::vector<TreeEntry> entries, staged_entries(state_->objects));
  Snapshot out;
  PATCHGATE_TRY(out.tree_, tree_id_of(entries));
  out.entries_ = std::move(entries);
  return out;
}

Result<Snapshot> Repository::worktree() {
  if (state_->work_folder.empty()) {
    return fail(Error::Kind::repository, "a bare repository has no work tree", "judge a commit: --base REV --head REV");
  }
  PATCHGATE_TRY(std::vector<TreeEntry> entries, work_folder_entries(state_->objects, state_->work_folder));
  Snapshot out;
  PATCHGATE_TRY(out.tree_, tree_id_of(entries));
  out.entries_ = std::move(entries);
  return out;
}

}  // namespace patchgate
