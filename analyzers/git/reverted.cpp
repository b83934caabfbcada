#include <algorithm>
#include <map>
#include <set>

#include "analyzers/git/commit_files.h"
#include "analyzers/git/merge_texts.h"
#include "analyzers/git/repository.h"
#include "analyzers/git/state.h"

namespace patchgate {
namespace {

using Deltas = std::vector<TreeDelta>;
/// Commits that one commit takes back together.
constexpr std::size_t kLongestRun = 50;
/// Runs that are tried to the byte; that their sizes add up was seen before.
constexpr std::size_t kMostTrials = 16;
/// Commits of the patch, each of which takes one or several back.
constexpr std::size_t kMostUndoing = 50;

bool is_file(std::uint32_t mode) { return mode == kModeFile || mode == kModeExecutable; }

/// A commit that changes no file but those of the patch.
struct Candidate {
  CommitInfo commit;
  Deltas deltas;
  bool on_main_line = false;  ///< a first parent of first parents
};

/// What has to be undone, and which commits may be what it undoes.
class Search {
 public:
  Search(const Objects& objects, Deltas undo) : objects_(objects), undo_(std::move(undo)), wanted_(hashes_of(undo_)) {}

  /// Takes a commit into account; `main_line`: see Candidate.
  Result<void> look_at(const CommitInfo& commit, bool main_line, CommitNotes* notes);
  /// The newest commit alone, else a run of them; newest first. Empty: none.
  Result<std::vector<CommitInfo>> find();

 private:
  using Run = std::vector<const Candidate*>;
  Result<std::vector<CommitInfo>> find_run(const Run& line);
  Result<std::optional<std::size_t>> length_that_fits(const Run& line, std::size_t first);
  Result<bool> leads_to_head(const Run& line, std::size_t first, std::size_t count);
  Result<std::int64_t> size_of(const Oid& id);
  Result<std::optional<Oid>> taken_back(const TreeDelta& done, const Oid& now);
  Result<std::optional<std::string>> text_of(const Oid& id);

  const Objects& objects_;
  Deltas undo_;
  PathHashes wanted_;
  std::vector<Candidate> candidates_;
  std::map<Oid, std::int64_t> sizes_;
  std::map<Oid, std::string> texts_;  // that exist nowhere else
  std::size_t trials_ = 0;
};

Result<void> Search::look_at(const CommitInfo& commit, bool main_line, CommitNotes* notes) {
  std::optional<std::string> note;
  if (notes != nullptr) note = notes->find(CommitNotes::About::files, commit.id);
  const auto fits = [&](const std::string& text) {
    const auto hashes = hashes_in(text);
    // Of a commit with more files than are noted only the comparison itself can tell.
    if (!hashes) return undo_.size() > kMostFilesNoted;
    return !hashes->empty() && std::includes(wanted_.begin(), wanted_.end(), hashes->begin(), hashes->end());
  };
  if (note && !fits(*note)) return {};
  const bool to_note = notes != nullptr && !note;
  auto deltas = deltas_of(objects_, commit, to_note ? std::max(undo_.size(), kMostFilesNoted) : undo_.size());
  if (!deltas && deltas.error().kind == Error::Kind::limit) return {};
  if (!deltas) return tl::unexpected(deltas.error());
  if (to_note) {
    const bool few = *deltas && (*deltas)->size() <= kMostFilesNoted;
    notes->keep(CommitNotes::About::files, commit.id, note_of(few ? *deltas : std::nullopt));
  }
  if (!*deltas || (*deltas)->empty() || (*deltas)->size() > undo_.size()) return {};
  const auto in_patch = [&](const TreeDelta& delta) {
    const auto at = std::lower_bound(undo_.begin(), undo_.end(), delta.path,
                                     [](const TreeDelta& a, const std::string& path) { return a.path < path; });
    return at != undo_.end() && at->path == delta.path;
  };
  if (!std::all_of((*deltas)->begin(), (*deltas)->end(), in_patch)) return {};
  candidates_.push_back({commit, std::move(**deltas), main_line});
  return {};
}

Result<std::vector<CommitInfo>> Search::find() {
  Run main_line, all;
  for (const auto& candidate : candidates_) {
    if (candidate.deltas.size() == undo_.size()) {
      PATCHGATE_TRY(const bool same, leads_to_head({&candidate}, 0, 1));
      if (same) return std::vector<CommitInfo>{candidate.commit};
    }
    if (candidate.on_main_line) main_line.push_back(&candidate);
    if (candidate.commit.parents.size() < 2) all.push_back(&candidate);
  }
  PATCHGATE_TRY(auto found, find_run(main_line));
  if (found.empty() && all != main_line) {
    PATCHGATE_TRY(found, find_run(all));
  }
  return found;
}

Result<std::vector<CommitInfo>> Search::find_run(const Run& line) {
  for (std::size_t first = 0; first + 1 < line.size() && trials_ < kMostTrials; ++first) {
    PATCHGATE_TRY(const auto count, length_that_fits(line, first));
    if (!count) continue;
    ++trials_;
    PATCHGATE_TRY(const bool same, leads_to_head(line, first, *count));
    if (!same) continue;
    std::vector<CommitInfo> found;
    for (std::size_t i = first; i < first + *count; ++i) found.push_back(line[i]->commit);
    return found;
  }
  return std::vector<CommitInfo>();
}

/// How many commits from `first` on (two or more), taken back, give each file the size that it has on head.
Result<std::optional<std::size_t>> Search::length_that_fits(const Run& line, std::size_t first) {
  std::map<std::string_view, std::int64_t> missing;  // bytes
  std::set<std::string_view> untouched;
  for (const TreeDelta& file : undo_) {
    PATCHGATE_TRY(const auto now, size_of(file.old_id));
    PATCHGATE_TRY(const auto then, size_of(file.new_id));
    missing.emplace(file.path, then - now);
    untouched.insert(file.path);
  }
  std::size_t wrong = static_cast<std::size_t>(
      std::count_if(missing.begin(), missing.end(), [](const auto& entry) { return entry.second != 0; }));
  for (std::size_t i = first; i < line.size() && i < first + kLongestRun; ++i) {
    for (const TreeDelta& done : line[i]->deltas) {
      PATCHGATE_TRY(const auto before, size_of(done.old_id));
      PATCHGATE_TRY(const auto after, size_of(done.new_id));
      auto& left = missing[done.path];
      wrong -= left != 0 ? 1U : 0U;
      left -= before - after;
      wrong += left != 0 ? 1U : 0U;
      untouched.erase(done.path);
    }
    if (i > first && wrong == 0 && untouched.empty()) return std::optional(i - first + 1);
  }
  return std::optional<std::size_t>();
}

/// Whether taking back `count` commits, one after the other as `git revert` does, leaves what head has, to the byte.
Result<bool> Search::leads_to_head(const Run& line, std::size_t first, std::size_t count) {
  struct Now {
    Oid id;
    std::uint32_t mode;
  };
  std::map<std::string_view, Now> now;
  for (const TreeDelta& file : undo_) now.emplace(file.path, Now{file.old_id, file.old_mode});
  for (std::size_t i = first; i < first + count; ++i) {
    for (const TreeDelta& done : line[i]->deltas) {
      Now& file = now.at(done.path);
      if (file.mode != done.new_mode) return false;
      PATCHGATE_TRY(const auto id, taken_back(done, file.id));
      if (!id) return false;
      file = {*id, done.old_mode};
    }
  }
  return std::all_of(undo_.begin(), undo_.end(), [&](const TreeDelta& file) {
    return now.at(file.path).id == file.new_id && now.at(file.path).mode == file.new_mode;
  });
}

/// What a file of `now` becomes when `done` is taken back; nothing where that conflicts.
Result<std::optional<Oid>> Search::taken_back(const TreeDelta& done, const Oid& now) {
  if (now == done.new_id) return std::optional(done.old_id);
  if (!is_file(done.old_mode) || !is_file(done.new_mode)) return std::optional<Oid>();
  PATCHGATE_TRY(const auto ancestor, text_of(done.new_id));
  PATCHGATE_TRY(const auto ours, text_of(now));
  PATCHGATE_TRY(const auto theirs, text_of(done.old_id));
  if (!ancestor || !ours || !theirs) return std::optional<Oid>();
  PATCHGATE_TRY(auto merged, merged_texts(*ancestor, *ours, *theirs));
  if (!merged) return std::optional<Oid>();
  PATCHGATE_TRY(Oid id, hash_of(*merged, GIT_OBJECT_BLOB));
  texts_.insert_or_assign(id, std::move(*merged));
  return std::optional(std::move(id));
}

Result<std::optional<std::string>> Search::text_of(const Oid& id) {
  if (const auto made = texts_.find(id); made != texts_.end()) return std::optional(made->second);
  PATCHGATE_TRY(const std::uint64_t size, objects_.blob_size(id));
  if (size > objects_.limits().max_patch_blob) return std::optional<std::string>();
  PATCHGATE_TRY(std::string text, objects_.blob(id, objects_.limits().max_patch_blob));
  return std::optional(std::move(text));
}

/// 0 where the file is not there, or is none that git has the content of.
Result<std::int64_t> Search::size_of(const Oid& id) {
  if (id.empty()) return 0;
  if (const auto known = sizes_.find(id); known != sizes_.end()) return known->second;
  const auto size = objects_.blob_size(id);
  const auto bytes = size ? static_cast<std::int64_t>(*size) : 0;
  sizes_.emplace(id, bytes);
  return bytes;
}

}  // namespace

Result<std::vector<CommitInfo>> Repository::find_reverted(const Oid& merge_base, const Oid& head, const Oid& target,
                                                          std::size_t most, CommitNotes* notes) const {
  const Objects& objects = state_->objects;
  PATCHGATE_TRY(const git_oid base_tree, objects.tree_of(merge_base));
  PATCHGATE_TRY(const git_oid head_tree, objects.tree_of(head));
  PATCHGATE_TRY(auto undo, tree_delta(objects, base_tree, head_tree, limits().max_deltas));
  if (!undo || undo->empty()) return std::vector<CommitInfo>();
  Search search(objects, std::move(*undo));

  PATCHGATE_TRY(const git_oid tip, from_oid(target));
  git_revwalk* raw = nullptr;
  PATCHGATE_CHECK(check(git_revwalk_new(&raw, objects.repository()), "walk the history"));
  const WalkHandle walk(raw);
  PATCHGATE_CHECK(check(git_revwalk_push(raw, &tip), "walk the history of " + target));
  // Newest first already; asking libgit2 to sort would make it read the whole history before the first commit.
  git_oid next{};
  Oid main_line = target;
  for (std::size_t seen = 0; seen < most; ++seen) {
    const int rc = git_revwalk_next(&next, raw);
    // A shallow clone: what lies beyond cannot be compared.
    if (rc == GIT_ITEROVER || (rc < 0 && shallow())) break;
    PATCHGATE_CHECK(check(rc, "walk the history of " + target));
    PATCHGATE_TRY(const CommitInfo info, commit(to_oid(next)));
    if (shallow() && !info.parents.empty() && !objects.has(info.parents.front())) break;
    const bool on_main_line = info.id == main_line;
    if (on_main_line) main_line = info.parents.empty() ? Oid() : info.parents.front();
    PATCHGATE_CHECK(search.look_at(info, on_main_line, notes));
  }
  return search.find();
}

Result<std::vector<CommitInfo>> Repository::find_all_reverted(const Oid& merge_base, const Oid& head, const Oid& target,
                                                              std::size_t most, CommitNotes* notes) const {
  PATCHGATE_TRY(auto whole, find_reverted(merge_base, head, target, most, notes));
  if (!whole.empty()) return whole;
  std::vector<CommitInfo> found;
  std::set<Oid> undoing;
  PATCHGATE_TRY(CommitInfo at, commit(head));
  while (at.id != merge_base) {
    if (at.parents.size() != 1 || undoing.size() == kMostUndoing) return std::vector<CommitInfo>();
    // A branch of one commit was looked at as a whole.
    if (undoing.empty() && at.parents.front() == merge_base) return found;
    PATCHGATE_TRY(const auto reverted, find_reverted(at.parents.front(), at.id, at.parents.front(), most, notes));
    if (reverted.empty()) return std::vector<CommitInfo>();
    undoing.insert(at.id);
    found.insert(found.end(), reverted.begin(), reverted.end());
    PATCHGATE_TRY(at, commit(at.parents.front()));
  }
  // What the branch itself did and undid is no revert of the target.
  const bool inside =
      std::any_of(found.begin(), found.end(), [&](const CommitInfo& info) { return undoing.contains(info.id); });
  if (inside) found.clear();
  std::stable_sort(found.begin(), found.end(),
                   [](const CommitInfo& a, const CommitInfo& b) { return a.time > b.time; });
  return found;
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
  return !reverted.empty();
}

}  // namespace patchgate
