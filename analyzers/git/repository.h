#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/patch.h"
#include "analyzers/model/result.h"
#include "analyzers/model/way_back.h"

namespace patchgate {

/// Hard limits; past one the answer is Error::Kind::limit with the count, or an unread file.
struct GitLimits {
  std::uint64_t max_patch_blob = 8U << 20U;     ///< bytes; a larger changed file is unread
  std::uint64_t max_patch_total = 256U << 20U;  ///< bytes of all changed blobs
  std::uint64_t max_source_blob = 64U << 20U;   ///< bytes; for parsing
  std::size_t max_deltas = 20'000;
  std::size_t max_tree_entries = 1'000'000;    ///< of one tree, folders included
  std::uint64_t max_path_bytes = 128U << 20U;  ///< of all paths of one tree together
};

class CommitNotes;

/// Whether a repository that belongs to another user may be read.
enum class Ownership { must_match, trusted };

struct TreeEntry {
  std::string path;
  Oid blob;
  std::uint32_t mode = 0;  ///< git's: 0100644, 0100755, 0120000 link, 0160000 submodule
};

/// The files of one side: a commit's tree, the git index, or the work tree. Sorted by path.
class Snapshot {
 public:
  const std::vector<TreeEntry>& entries() const { return entries_; }
  const TreeEntry* find(std::string_view path) const;
  bool is_folder(std::string_view path) const;   ///< some entry lies below it
  const Oid& commit() const { return commit_; }  ///< empty for index and work tree
  const Oid& tree() const { return tree_; }

 private:
  friend class Repository;
  std::vector<TreeEntry> entries_;
  Oid commit_, tree_;
};

/// A revision as the user named it, resolved.
struct Revision {
  Oid commit;
  std::string ref;  ///< full ref name where it was named by one ("refs/heads/main"), else empty
};

struct CommitInfo {
  Oid id;
  std::vector<Oid> parents;
  std::string summary;
  std::int64_t time = 0;  ///< committer, seconds since the epoch
  std::string author;
};

/// A ref and the object at its end, annotated tags peeled.
struct NamedObject {
  enum class Kind { blob, commit, other };
  std::string ref;  ///< full name
  Oid id;
  Kind kind = Kind::other;
};

/// A commit and the e-mail addresses of those who made it, as the commit says.
struct CommitMakers {
  Oid commit;
  std::vector<std::string> emails;  ///< its author's, then those of `Co-authored-by:` lines; may hold empty ones
};

/// One git repository, read by objects only: no attributes, no filters, no configuration but the repository's own
/// format, no process is ever started. Works on a bare repository.
class Repository {
 public:
  /// Finds the repository that `folder` is in (or that it is). Errors (repository): not a repository, SHA-256, partial
  /// clone, another owner; each says what to do.
  static Result<Repository> open(const std::filesystem::path& folder, GitLimits limits = {},
                                 Ownership ownership = Ownership::must_match);
  Repository(Repository&&) noexcept;
  Repository& operator=(Repository&&) noexcept;
  ~Repository();

  const std::filesystem::path& git_folder() const;   ///< the common .git
  const std::filesystem::path& work_folder() const;  ///< empty when bare
  bool shallow() const;
  const GitLimits& limits() const;

  /// HEAD, a full id, a full ref, or a short name in refs/heads, refs/remotes, refs/tags (in this order); tags are
  /// peeled. Anything with ^ ~ @{ : or longer than 1 KiB is refused (usage).
  Result<Revision> resolve(std::string_view name) const;
  /// Error (repository) "no merge base" with `fetch-depth: 0` advice, also where a shallow clone hides it.
  Result<Oid> merge_base(const Oid& a, const Oid& b) const;
  Result<CommitInfo> commit(const Oid& id) const;
  /// First-parent ancestors of `tip` (itself included), newest first, at most `most`.
  Result<std::vector<CommitInfo>> history(const Oid& tip, std::size_t most) const;
  /// The branch HEAD points to ("refs/heads/x"); empty when detached or unborn.
  std::string head_ref() const;
  /// The upstream of HEAD's branch, else origin/HEAD's target, else main, else master (full ref); empty when there is
  /// none.
  std::string default_base_ref() const;
  std::vector<std::string> local_refs() const;
  /// The refs below `prefix` ("refs/patchgate/overrides/"), by name. Error (limit) where there are more than `most`.
  /// One that leads nowhere is of kind `other`.
  Result<std::vector<NamedObject>> objects_below(std::string_view prefix, std::size_t most) const;
  /// The folders of all work trees that the repository has, its own and linked ones; those that are gone too.
  std::vector<std::filesystem::path> work_trees() const;
  /// Who made the commits that `head` has and `base` has not; no .mailmap is asked. Error (limit) past `most` commits.
  Result<std::vector<CommitMakers>> makers_between(const Oid& base, const Oid& head, std::size_t most) const;
  /// Where git looks for hooks: core.hooksPath, of the user's configuration too, else hooks in the git folder. The one
  /// question for which that configuration is read.
  Result<std::filesystem::path> hooks_folder() const;

  /// The files of a commit. Every path is checked (see path_check.h): a bad one is an error that names it, escaped.
  Result<Snapshot> snapshot(const Oid& commit) const;
  /// What is staged; what is in the work tree (tracked files, and untracked ones that are not ignored; links are never
  /// followed, no filter is applied, submodules are as the index has them). Blobs that git does not have are kept in
  /// memory, for blob() and diff() of this Repository.
  Result<Snapshot> staged();
  Result<Snapshot> worktree();

  /// The content of a blob, its size checked first against `limit` bytes (0: limits().max_source_blob).
  Result<std::string> blob(const Oid& id, std::uint64_t limit = 0) const;

  /// Renames (50 %) and copies (of files that the patch changes) found, hunks without context, attributes ignored, text
  /// forced. `added` and `deleted` count as git's --numstat. A file of another kind that looks binary has no hunks.
  /// Error (limit) with the count past max_deltas; (repository) where an object is missing or damaged.
  Result<std::vector<FileChange>> diff(const Snapshot& base, const Snapshot& head) const;

  /// Lines added by each of the last `most` non-merge commits from `tip` on (itself included, first parent each),
  /// newest first. A history's first commit is left out, for it changes nothing, and a shallow clone's oldest one,
  /// whose size is not known. With `notes` only commits that they know nothing of are compared with their parents; the
  /// answer is the same.
  Result<std::vector<std::uint64_t>> recent_sizes(const Oid& tip, std::size_t most, CommitNotes* notes = nullptr) const;

  /// Merges merge_base..head onto `onto` and takes it back again as one change, in memory, file by file (as `git
  /// revert` of the squashed patch does, but for renames: a file that the patch moves and the target changes is a
  /// conflict).
  struct RevertTrial {
    bool clean = false;
    std::vector<RevertConflict> conflicts;  ///< sorted by path, then place; at most 5 a file
  };
  Result<RevertTrial> try_revert(const Oid& merge_base, const Oid& head, const Oid& onto) const;

  /// What merge_base..head takes back exactly, among the last `most` ancestors of `target` (by commit time, merges
  /// against their first parent): the newest commit whose change it undoes, else a run of commits (at most 50) that
  /// change no other files than the patch. Exactly: the same files, and each is to the byte what taking the commits
  /// back one after the other leaves. Newest first; empty if there are none. With `notes` only commits that change
  /// files of the patch alone are looked at.
  Result<std::vector<CommitInfo>> find_reverted(const Oid& merge_base, const Oid& head, const Oid& target,
                                                std::size_t most, CommitNotes* notes = nullptr) const;
  /// The same; also where merge_base..head is a line of at most 50 commits each of which is such a revert by itself.
  Result<std::vector<CommitInfo>> find_all_reverted(const Oid& merge_base, const Oid& head, const Oid& target,
                                                    std::size_t most, CommitNotes* notes = nullptr) const;
  /// Who wrote the last `most` commits before and with `tip` (by commit time, merges and commits of more than 256 files
  /// left out) that change any of `paths`; names as the .mailmap of `tip` has them. Most commits first, then by name.
  Result<std::vector<CodeAuthor>> recent_authors(const Oid& tip, const std::vector<std::string>& paths,
                                                 std::size_t most, CommitNotes* notes = nullptr) const;
  /// Whether `commit` itself exactly undoes some of the `most` commits before it.
  Result<bool> is_exact_revert(const Oid& commit, std::size_t most, CommitNotes* notes = nullptr) const;

 private:
  struct State;
  explicit Repository(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace patchgate
