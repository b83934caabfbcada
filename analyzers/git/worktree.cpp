#include <algorithm>

#include "analyzers/git/escape.h"
#include "analyzers/git/path_check.h"
#include "analyzers/git/state.h"
#include "analyzers/git/tree_list.h"
#include "analyzers/git/work_folder.h"

namespace patchgate {
namespace {

constexpr std::uint64_t kMaxIndexBytes = 512U << 20U;
constexpr std::uint64_t kMaxWorkFile = 1U << 30U;
constexpr std::uint64_t kMaxKept = 1U << 30U;

bool by_path(const TreeEntry& a, const TreeEntry& b) { return a.path < b.path; }

bool flagged(const git_index_entry& entry, unsigned flag) { return (entry.flags_extended & flag) != 0; }

/// The index of the work tree, each path checked.
Result<IndexHandle> open_index(const Objects& objects) {
  git_index* raw = nullptr;
  PATCHGATE_CHECK(check(git_repository_index(&raw, objects.repository()), "open the index"));
  IndexHandle index(raw);
  struct stat status {};
  if (const char* file = git_index_path(raw); file != nullptr && stat(file, &status) == 0) {
    if (static_cast<std::uint64_t>(status.st_size) > kMaxIndexBytes) {
      return fail(Error::Kind::limit, "the index has " + std::to_string(status.st_size) + " bytes, limit " +
                                          std::to_string(kMaxIndexBytes));
    }
  }
  PATCHGATE_CHECK(check(git_index_read(raw, /*force=*/1), "read the index"));
  if (git_index_has_conflicts(raw) != 0) {
    return fail(Error::Kind::repository, "the index has files in conflict",
                "finish the merge: `git status` lists them, `git add` marks them as resolved");
  }
  if (git_index_entrycount(raw) > objects.limits().max_tree_entries) {
    return fail(Error::Kind::limit, "the index has " + std::to_string(git_index_entrycount(raw)) + " files, limit " +
                                        std::to_string(objects.limits().max_tree_entries));
  }
  return index;
}

TreeEntry entry_of(const git_index_entry& entry) { return {entry.path, to_oid(entry.id), entry.mode}; }

Result<std::vector<TreeEntry>> entries_of(const git_index* index) {
  std::vector<TreeEntry> out;
  for (std::size_t i = 0; i < git_index_entrycount(index); ++i) {
    const git_index_entry* entry = git_index_get_byindex(const_cast<git_index*>(index), i);
    if (const auto why = why_bad_path(entry->path)) {
      return fail(Error::Kind::repository,
                  "the index has a path that no patch may have: " + escaped_in_quotes(entry->path) + ": " + *why,
                  "remove it with `git rm --cached`");
    }
    out.push_back(entry_of(*entry));
  }
  std::sort(out.begin(), out.end(), by_path);
  PATCHGATE_CHECK(check_no_clash(out));
  return out;
}

/// Lists what git would add, were everything added.
class WorkTreeScan {
 public:
  WorkTreeScan(Objects& objects, const git_index* index, std::vector<TreeEntry> tracked)
      : objects_(objects), index_(const_cast<git_index*>(index)), tracked_(std::move(tracked)) {
    git_config* raw = nullptr;
    int answer = 1;
    if (git_repository_config_snapshot(&raw, objects.repository()) == 0) {
      const ConfigHandle config(raw);
      if (git_config_get_bool(&answer, raw, "core.filemode") != 0) answer = 1;
    }
    modes_count_ = answer != 0;
    struct stat status {};
    if (const char* file = git_index_path(index); file != nullptr && stat(file, &status) == 0) {
      index_written_ = status.st_mtim.tv_sec;
    }
  }

  Result<std::vector<TreeEntry>> run(const std::filesystem::path& top) {
    PATCHGATE_TRY(const WorkFolder disk, WorkFolder::open(top));
    std::vector<std::string> pending = {""};
    while (!pending.empty()) {
      const std::string folder = std::move(pending.back());
      pending.pop_back();
      PATCHGATE_TRY(const std::vector<WorkFolder::Item> items, disk.list(folder));
      for (const WorkFolder::Item& item : items) {
        if (item.name == ".git") continue;
        if (++visited_ > objects_.limits().max_tree_entries) {
          return fail(Error::Kind::limit,
                      "the work tree has more than " + std::to_string(objects_.limits().max_tree_entries) +
                          " files and folders",
                      "name what is no source in .gitignore");
        }
        std::string path = folder.empty() ? item.name : folder + "/" + item.name;
        if (S_ISDIR(item.status.st_mode)) {
          if (enters(disk, path)) pending.push_back(std::move(path));
        } else {
          PATCHGATE_CHECK(take(disk, path, item.status));
        }
      }
    }
    add_what_is_not_on_disk();
    std::sort(found_.begin(), found_.end(), by_path);
    return std::move(found_);
  }

 private:
  const git_index_entry* tracked(const std::string& path) const {
    return git_index_get_bypath(index_, path.c_str(), 0);
  }

  bool has_tracked_below(const std::string& folder) const {
    const TreeEntry wanted{folder + "/", {}, 0};
    const auto at = std::lower_bound(tracked_.begin(), tracked_.end(), wanted, by_path);
    return at != tracked_.end() && at->path.starts_with(wanted.path);
  }

  bool ignored(const std::string& path) const {
    int answer = 0;
    return git_ignore_path_is_ignored(&answer, objects_.repository(), path.c_str()) == 0 && answer != 0;
  }

  bool enters(const WorkFolder& disk, const std::string& path) const {
    if (tracked(path) != nullptr) return false;  // a submodule, or a file replaced by a folder that is not added yet
    if (has_tracked_below(path)) return true;
    return !ignored(path + "/") && !disk.exists(path + "/.git");  // a repository of its own is no part of this one
  }

  /// As git: unchanged where the index knows this very state of the file. A file as young as the index may have
  /// changed after it without a trace.
  bool known_unchanged(const git_index_entry& entry, const struct stat& status) const {
    const auto same_time = [](const git_index_time& kept, const timespec& now) {
      return kept.seconds == static_cast<std::int32_t>(now.tv_sec) &&
             (kept.nanoseconds == 0 || kept.nanoseconds == static_cast<std::uint32_t>(now.tv_nsec));
    };
    return S_ISLNK(status.st_mode) == (entry.mode == kModeLink) &&
           entry.file_size == static_cast<std::uint32_t>(status.st_size) &&
           entry.ino == static_cast<std::uint32_t>(status.st_ino) && same_time(entry.mtime, status.st_mtim) &&
           same_time(entry.ctime, status.st_ctim) && entry.mtime.seconds < index_written_ &&
           !flagged(entry, GIT_INDEX_ENTRY_INTENT_TO_ADD);
  }

  std::uint32_t mode_of(const git_index_entry* entry, const struct stat& status) const {
    if (S_ISLNK(status.st_mode)) return kModeLink;
    if (!modes_count_ && entry != nullptr && entry->mode != kModeLink) return entry->mode;
    return (status.st_mode & S_IXUSR) != 0 ? kModeExecutable : kModeFile;
  }

  Result<void> take(const WorkFolder& disk, const std::string& path, const struct stat& status) {
    const bool link = S_ISLNK(status.st_mode);
    if (!link && !S_ISREG(status.st_mode)) return {};
    const git_index_entry* entry = tracked(path);
    if (entry == nullptr && ignored(path)) return {};
    if (const auto why = why_bad_path(path)) {
      return fail(Error::Kind::repository,
                  "the work tree has a path that no patch may have: " + escaped_in_quotes(path) + ": " + *why,
                  "remove the file, or name it in .gitignore");
    }
    const std::uint32_t mode = mode_of(entry, status);
    if (entry != nullptr && known_unchanged(*entry, status)) {
      found_.push_back({path, to_oid(entry->id), mode});
      return {};
    }
    PATCHGATE_TRY(std::string content, disk.read(path, link, kMaxWorkFile));
    PATCHGATE_TRY(Oid id, hash_of(content, GIT_OBJECT_BLOB));
    if (entry != nullptr && !link && id != to_oid(entry->id) && content.find("\r\n") != std::string::npos) {
      PATCHGATE_TRY(const Oid normal, hash_of(with_lf(content), GIT_OBJECT_BLOB));
      if (normal == to_oid(entry->id)) id = normal;  // checked out with CRLF, otherwise unchanged
    }
    PATCHGATE_CHECK(keep(id, std::move(content)));
    found_.push_back({path, std::move(id), mode});
    return {};
  }

  static std::string with_lf(const std::string& text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') out += text[i];
    }
    return out;
  }

  Result<void> keep(const Oid& id, std::string content) {
    if (objects_.has(id)) return {};
    if (content.size() > objects_.limits().max_source_blob) {
      objects_.remember_size(id, content.size());
      return {};
    }
    kept_ += content.size();
    if (kept_ > kMaxKept) {
      return fail(Error::Kind::limit,
                  "the work tree has more than " + std::to_string(kMaxKept) + " bytes of changed and new files",
                  "name what is no source in .gitignore");
    }
    objects_.remember(id, std::move(content));
    return {};
  }

  /// Submodules, and files left out by a sparse checkout: as the index has them.
  void add_what_is_not_on_disk() {
    std::sort(found_.begin(), found_.end(), by_path);
    std::vector<TreeEntry> more;
    for (const TreeEntry& entry : tracked_) {
      if (std::binary_search(found_.begin(), found_.end(), entry, by_path)) continue;
      const git_index_entry* kept = tracked(entry.path);
      if (entry.mode == kModeSubmodule || (kept != nullptr && flagged(*kept, GIT_INDEX_ENTRY_SKIP_WORKTREE))) {
        more.push_back(entry);
      }
    }
    found_.insert(found_.end(), more.begin(), more.end());
  }

  Objects& objects_;
  git_index* index_;
  std::vector<TreeEntry> tracked_;
  std::vector<TreeEntry> found_;
  std::int64_t index_written_ = 0;
  std::size_t visited_ = 0;
  std::uint64_t kept_ = 0;
  bool modes_count_ = true;
};

}  // namespace

Result<std::vector<TreeEntry>> staged_entries(const Objects& objects) {
  if (git_repository_is_bare(objects.repository()) != 0) {
    return fail(Error::Kind::repository, "a bare repository has no index", "judge a commit: --base REV --head REV");
  }
  PATCHGATE_TRY(const IndexHandle index, open_index(objects));
  PATCHGATE_TRY(std::vector<TreeEntry> out, entries_of(index.get()));
  // Named by `git add -N` only: not staged yet.
  std::erase_if(out, [&](const TreeEntry& entry) {
    const git_index_entry* kept = git_index_get_bypath(index.get(), entry.path.c_str(), 0);
    return kept != nullptr && flagged(*kept, GIT_INDEX_ENTRY_INTENT_TO_ADD);
  });
  return out;
}

Result<std::vector<TreeEntry>> work_folder_entries(Objects& objects, const std::filesystem::path& work_folder) {
  PATCHGATE_TRY(const IndexHandle index, open_index(objects));
  PATCHGATE_TRY(std::vector<TreeEntry> tracked, entries_of(index.get()));
  return WorkTreeScan(objects, index.get(), std::move(tracked)).run(work_folder);
}

}  // namespace patchgate
