#include <algorithm>

#include "analyzers/git/commit_notes.h"
#include "analyzers/git/repository.h"
#include "analyzers/git/state.h"
#include "analyzers/git/tree_delta.h"
#include "analyzers/model/bytes.h"
#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

bool is_file(std::uint32_t mode) { return mode == kModeFile || mode == kModeExecutable; }

Result<std::optional<git_oid>> first_parent_tree(const Objects& objects, const CommitInfo& commit) {
  if (commit.parents.empty()) return std::optional<git_oid>();
  PATCHGATE_TRY(const git_oid tree, objects.tree_of(commit.parents.front()));
  return std::optional(tree);
}

/// The three-way merge of three files; nothing where it conflicts. Knows no path, so no attribute can apply.
Result<std::optional<std::string>> merged(const Objects& objects, const Oid& ancestor, const Oid& ours,
                                          const Oid& theirs) {
  const Oid* ids[3] = {&ancestor, &ours, &theirs};
  std::string texts[3];
  git_merge_file_input inputs[3];
  for (int i = 0; i < 3; ++i) {
    PATCHGATE_TRY(const std::uint64_t size, objects.blob_size(*ids[i]));
    if (size > objects.limits().max_patch_blob) return std::optional<std::string>();
    PATCHGATE_TRY(texts[i], objects.blob(*ids[i], objects.limits().max_patch_blob));
    PATCHGATE_CHECK(check(git_merge_file_input_init(&inputs[i], GIT_MERGE_FILE_INPUT_VERSION), "merge files"));
    inputs[i].ptr = texts[i].data();
    inputs[i].size = texts[i].size();
  }
  git_merge_file_result result{};
  PATCHGATE_CHECK(
      check(git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2], nullptr), "merge three versions of a file"));
  std::optional<std::string> out;
  if (result.automergeable != 0) out.emplace(result.ptr == nullptr ? "" : result.ptr, result.len);
  git_merge_file_result_free(&result);
  return out;
}

/// Whether `undo` takes `done` back in one file: it swaps the very same blobs, or, where later commits touched the file
/// elsewhere, it leaves what a three-way revert of `done` would leave, to the byte.
Result<bool> undoes(const Objects& objects, const TreeDelta& undo, const TreeDelta& done) {
  if (undo.old_mode != done.new_mode || undo.new_mode != done.old_mode) return false;
  if (undo.old_id == done.new_id && undo.new_id == done.old_id) return true;
  if (!is_file(undo.old_mode) || !is_file(undo.new_mode)) return false;
  PATCHGATE_TRY(const auto reverted, merged(objects, done.new_id, undo.old_id, done.old_id));
  if (!reverted) return false;
  PATCHGATE_TRY(const Oid id, hash_of(*reverted, GIT_OBJECT_BLOB));
  return id == undo.new_id;
}

Result<bool> undoes(const Objects& objects, const std::vector<TreeDelta>& undo, const CommitInfo& commit) {
  PATCHGATE_TRY(const git_oid tree, objects.tree_of(commit.id));
  PATCHGATE_TRY(const auto before, first_parent_tree(objects, commit));
  PATCHGATE_TRY(const auto done, tree_delta(objects, before, tree, undo.size()));
  if (!done || done->size() != undo.size()) return false;
  for (std::size_t i = 0; i < undo.size(); ++i) {
    if (undo[i].path != (*done)[i].path) return false;
  }
  for (std::size_t i = 0; i < undo.size(); ++i) {
    PATCHGATE_TRY(const bool same, undoes(objects, undo[i], (*done)[i]));
    if (!same) return false;
  }
  return true;
}

/// Which files a commit changes is noted up to this many; of more it is only said that they are more.
constexpr std::size_t kMostFilesNoted = 256;
constexpr const char* kMoreFiles = "more";

std::string note_of(const std::optional<std::vector<TreeDelta>>& deltas) {
  if (!deltas || deltas->size() > kMostFilesNoted) return kMoreFiles;
  ByteWriter paths;
  for (const TreeDelta& delta : *deltas) paths.text(delta.path);
  return to_string(strong_hash(paths.take()));
}

Result<std::string> files_of(const Objects& objects, const CommitInfo& commit) {
  PATCHGATE_TRY(const git_oid tree, objects.tree_of(commit.id));
  PATCHGATE_TRY(const auto before, first_parent_tree(objects, commit));
  PATCHGATE_TRY(const auto done, tree_delta(objects, before, tree, kMostFilesNoted));
  return note_of(done);
}

/// Whether the notes tell that `commit` changes other files than the patch that is noted as `wanted`.
bool changes_other_files(const Objects& objects, const std::string& wanted, const CommitInfo& commit,
                         CommitNotes* notes) {
  if (notes == nullptr || wanted == kMoreFiles) return false;
  if (const auto note = notes->find(CommitNotes::About::files, commit.id)) return *note != wanted;
  const auto note = files_of(objects, commit);
  if (!note) return false;  // whoever compares the two says what is wrong
  notes->keep(CommitNotes::About::files, commit.id, *note);
  return *note != wanted;
}

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

/// Whether one file of the patch can be taken back where the target now has `ours`.
Result<bool> applies(const Objects& objects, const TreeDelta& patch, const Side& ours) {
  const Side before{patch.old_id, patch.old_mode};
  const Side after{patch.new_id, patch.new_mode};
  if (ours == after || ours == before) return true;
  if (!is_file(before.mode) || !is_file(after.mode) || !is_file(ours.mode)) return false;
  // A mode merges like content: only one side may have changed it.
  if (before.mode != after.mode && ours.mode != after.mode && ours.mode != before.mode) return false;
  PATCHGATE_TRY(const auto result, merged(objects, after.id, ours.id, before.id));
  return result.has_value();
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
    bool good = file.old_id.empty() || !blocked_by_kind(onto_tree.get(), file.path);
    if (good) {
      PATCHGATE_TRY(good, applies(objects, file, side_of(onto_tree.get(), file.path)));
    }
    if (!good) out.conflicts.push_back(file.path);
  }
  out.clean = out.conflicts.empty();
  return out;
}

Result<std::optional<Oid>> Repository::find_reverted(const Oid& merge_base, const Oid& head, const Oid& target,
                                                     std::size_t most, CommitNotes* notes) const {
  const Objects& objects = state_->objects;
  PATCHGATE_TRY(const git_oid base_tree, objects.tree_of(merge_base));
  PATCHGATE_TRY(const git_oid head_tree, objects.tree_of(head));
  PATCHGATE_TRY(const auto undo, tree_delta(objects, base_tree, head_tree, limits().max_deltas));
  if (!undo || undo->empty()) return std::optional<Oid>();
  const std::string wanted = note_of(undo);

  PATCHGATE_TRY(const git_oid tip, from_oid(target));
  git_revwalk* raw = nullptr;
  PATCHGATE_CHECK(check(git_revwalk_new(&raw, objects.repository()), "walk the history"));
  const WalkHandle walk(raw);
  PATCHGATE_CHECK(check(git_revwalk_push(raw, &tip), "walk the history of " + target));
  // Newest first already; asking libgit2 to sort would make it read the whole history before the first commit.
  git_oid next{};
  for (std::size_t seen = 0; seen < most; ++seen) {
    const int rc = git_revwalk_next(&next, raw);
    // A shallow clone: what lies beyond cannot be compared.
    if (rc == GIT_ITEROVER || (rc < 0 && shallow())) break;
    PATCHGATE_CHECK(check(rc, "walk the history of " + target));
    PATCHGATE_TRY(const CommitInfo info, commit(to_oid(next)));
    if (shallow() && !info.parents.empty() && !objects.has(info.parents.front())) break;
    if (changes_other_files(objects, wanted, info, notes)) continue;
    auto found = undoes(objects, *undo, info);
    if (!found && found.error().kind == Error::Kind::limit) continue;
    if (!found) return tl::unexpected(found.error());
    if (*found) return std::optional<Oid>(info.id);
  }
  return std::optional<Oid>();
}

Result<bool> Repository::is_exact_revert(const Oid& id, std::size_t most, CommitNotes* notes) const {
  PATCHGATE_TRY(const CommitInfo info, commit(id));
  if (info.parents.empty()) return false;
  const Oid& parent = info.parents.front();
  if (shallow() && !state_->objects.has(parent)) {
    return fail(Error::Kind::repository, "the parent of " + id + " is not in this shallow clone",
                "use `fetch-depth: 0` or `git fetch --unshallow`");
  }
  PATCHGATE_TRY(const auto reverted, find_reverted(parent, id, parent, most, notes));
  return reverted.has_value();
}

}  // namespace patchgate
