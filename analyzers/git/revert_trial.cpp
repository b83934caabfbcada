#include <algorithm>

#include "analyzers/git/merge_texts.h"
#include "analyzers/git/repository.h"
#include "analyzers/git/state.h"
#include "analyzers/git/tree_delta.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostClashesAFile = 5;

bool is_file(std::uint32_t mode) { return mode == kModeFile || mode == kModeExecutable; }

/// Whether a folder of `tree` stands where `path` needs a file, or a file where it needs a folder.
bool blocked_by_kind(const git_tree* tree, const std::string& path) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    git_tree_entry* raw = nullptr;
    if (git_tree_entry_bypath(&raw, tree, path.substr(0, slash).c_str()) != 0) return false;
    const TreeEntryHandle entry(raw);
    if (git_tree_entry_type(raw) != GIT_OBJECT_TREE) return true;
  }
  git_tree_entry* raw = nullptr;
  if (git_tree_entry_bypath(&raw, tree, path.c_str()) != 0) return false;
  const TreeEntryHandle entry(raw);
  return git_tree_entry_type(raw) == GIT_OBJECT_TREE;
}

struct Side {
  Oid id;
  std::uint32_t mode = 0;
  friend bool operator==(const Side&, const Side&) = default;
};

Side side_of(const git_tree* tree, const std::string& path) {
  git_tree_entry* raw = nullptr;
  if (git_tree_entry_bypath(&raw, tree, path.c_str()) != 0) return {};
  const TreeEntryHandle entry(raw);
  return {to_oid(*git_tree_entry_id(raw)), static_cast<std::uint32_t>(git_tree_entry_filemode(raw))};
}

using Conflicts = std::vector<RevertConflict>;

Conflicts whole_file(const std::string& path, const char* why) { return {{path, {}, {}, why}}; }

/// The texts of one file: before the patch, after it, and on the target now.
Result<Conflicts> try_texts(const std::string& path, const std::string& before, const std::string& after,
                            const std::string& now) {
  Conflicts out;
  PATCHGATE_TRY(const auto both, merged_texts(before, now, after));
  if (!both) {
    PATCHGATE_TRY(const auto found, clashes(before, now, after, kMostClashesAFile));
    for (const Clash& clash : found)
      out.push_back({path, clash.theirs.head, clash.ours.head, "the target changed the same lines"});
    return out.empty() ? whole_file(path, "does not merge onto the target") : out;
  }
  PATCHGATE_TRY(const auto back, merged_texts(after, *both, before));
  if (back) return out;
  PATCHGATE_TRY(const auto found, clashes(after, *both, before, kMostClashesAFile));
  for (const Clash& clash : found)
    out.push_back({path, clash.theirs.base, clash.ours.head, "the target changed lines beside it"});
  return out.empty() ? whole_file(path, "cannot be taken back by itself") : out;
}

/// One file of the patch where the target has `now`.
Result<Conflicts> try_file(const Objects& objects, const TreeDelta& patch, const Side& now) {
  const Side before{patch.old_id, patch.old_mode};
  const Side after{patch.new_id, patch.new_mode};
  if (now == after || now == before) return Conflicts();
  if (now.id.empty()) return whole_file(patch.path, "the target removed it");
  if (before.id.empty()) return whole_file(patch.path, "the target added it with another content");
  if (after.id.empty()) return whole_file(patch.path, "the patch removes what the target changed");
  if (!is_file(before.mode) || !is_file(after.mode) || !is_file(now.mode)) {
    return whole_file(patch.path, "the target changed it, and it is no plain file");
  }
  // A mode merges like content: only one side may have changed it.
  if (before.mode != after.mode && now.mode != after.mode && now.mode != before.mode) {
    return whole_file(patch.path, "the target changed its mode");
  }
  const Oid* ids[3] = {&before.id, &after.id, &now.id};
  std::string texts[3];
  for (int i = 0; i < 3; ++i) {
    PATCHGATE_TRY(const std::uint64_t size, objects.blob_size(*ids[i]));
    if (size > objects.limits().max_patch_blob) return whole_file(patch.path, "too large to be merged here");
    PATCHGATE_TRY(texts[i], objects.blob(*ids[i], objects.limits().max_patch_blob));
  }
  return try_texts(patch.path, texts[0], texts[1], texts[2]);
}

}  // namespace

Result<Repository::RevertTrial> Repository::try_revert(const Oid& merge_base, const Oid& head, const Oid& onto) const {
  const Objects& objects = state_->objects;
  PATCHGATE_TRY(const git_oid base_tree, objects.tree_of(merge_base));
  PATCHGATE_TRY(const git_oid head_tree, objects.tree_of(head));
  PATCHGATE_TRY(const git_oid onto_id, objects.tree_of(onto));
  PATCHGATE_TRY(const TreeHandle onto_tree, objects.tree(onto_id));
  PATCHGATE_TRY(const auto patch, tree_delta(objects, base_tree, head_tree, limits().max_deltas));
  if (!patch) return fail(Error::Kind::limit, "the patch changes too many files to try its revert");
  RevertTrial out;
  for (const TreeDelta& file : *patch) {
    auto found = whole_file(file.path, "a folder of the target is in its way");
    if (file.old_id.empty() || !blocked_by_kind(onto_tree.get(), file.path)) {
      PATCHGATE_TRY(found, try_file(objects, file, side_of(onto_tree.get(), file.path)));
    }
    out.conflicts.insert(out.conflicts.end(), found.begin(), found.end());
  }
  out.clean = out.conflicts.empty();
  return out;
}

}  // namespace patchgate
