#include "analyzers/git/tree_list.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "analyzers/git/escape.h"
#include "analyzers/git/path_check.h"

namespace patchgate {
namespace {

bool by_path(const TreeEntry& a, const TreeEntry& b) { return a.path < b.path; }

tl::unexpected<Error> bad_path(std::string_view path, const std::string& why) {
  return fail(Error::Kind::repository,
              "the tree has a path that no patch may have: " + escaped_in_quotes(path) + ": " + why,
              "remove it with `git rm --cached` and commit again; nothing of this tree was judged");
}

Result<void> check_names(const git_tree* tree, const std::string& folder) {
  std::vector<std::string_view> names;
  names.reserve(git_tree_entrycount(tree));
  for (std::size_t i = 0; i < git_tree_entrycount(tree); ++i) {
    const std::string_view name = git_tree_entry_name(git_tree_entry_byindex(tree, i));
    if (const auto why = why_bad_name(name)) return bad_path(folder + std::string(name), *why);
    names.push_back(name);
  }
  if (!std::is_sorted(names.begin(), names.end())) std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) return bad_path(folder + std::string(*twice), "the name is there twice");
  return {};
}

/// Trees are walked without recursion: their depth is the patch's choice.
class Walk {
 public:
  explicit Walk(const Objects& objects) : objects_(objects) {}

  Result<std::vector<TreeEntry>> run(const git_oid& root) {
    PATCHGATE_CHECK(enter(root));
    while (!stack_.empty()) {
      Level& level = stack_.back();
      if (level.next == git_tree_entrycount(level.tree)) {
        folder_.resize(level.folder_length);
        stack_.pop_back();
        continue;
      }
      PATCHGATE_CHECK(visit(git_tree_entry_byindex(level.tree, level.next++)));
    }
    if (!std::is_sorted(found_.begin(), found_.end(), by_path)) std::sort(found_.begin(), found_.end(), by_path);
    return std::move(found_);
  }

 private:
  struct Level {
    const git_tree* tree;
    std::size_t next;
    std::size_t folder_length;  ///< of folder_ once this level is left
  };

  struct OidHash {
    std::size_t operator()(const git_oid& id) const {
      std::size_t out = 0;
      std::memcpy(&out, id.id, sizeof out);
      return out;
    }
  };
  struct OidEqual {
    bool operator()(const git_oid& a, const git_oid& b) const { return git_oid_equal(&a, &b) != 0; }
  };

  Result<void> enter(const git_oid& id) {
    // A bomb is few trees named many times: each is read and checked once.
    auto known = trees_.find(id);
    if (known == trees_.end()) {
      PATCHGATE_TRY(TreeHandle tree, objects_.tree(id));
      PATCHGATE_CHECK(check_names(tree.get(), folder_));
      known = trees_.emplace(id, std::move(tree)).first;
    }
    stack_.push_back({known->second.get(), 0, folder_.size()});
    return {};
  }

  Result<void> visit(const git_tree_entry* entry) {
    const std::string_view name = git_tree_entry_name(entry);
    if (++entries_ > objects_.limits().max_tree_entries) {
      return fail(Error::Kind::limit,
                  "the tree has more than " + std::to_string(objects_.limits().max_tree_entries) + " entries");
    }
    if (folder_.size() + name.size() > kMaxPathBytes) {
      return bad_path(folder_ + std::string(name), "longer than " + std::to_string(kMaxPathBytes) + " bytes");
    }
    const std::uint32_t mode = git_tree_entry_filemode(entry);
    if (mode == kModeTree) {
      const std::size_t length = folder_.size();
      folder_.append(name).push_back('/');
      PATCHGATE_CHECK(enter(*git_tree_entry_id(entry)));
      stack_.back().folder_length = length;
      return {};
    }
    path_bytes_ += folder_.size() + name.size();
    if (path_bytes_ > objects_.limits().max_path_bytes) {
      return fail(Error::Kind::limit, "the paths of the tree have more than " +
                                          std::to_string(objects_.limits().max_path_bytes) + " bytes in all");
    }
    found_.push_back({folder_ + std::string(name), to_oid(*git_tree_entry_id(entry)), mode});
    return {};
  }

  const Objects& objects_;
  std::unordered_map<git_oid, TreeHandle, OidHash, OidEqual> trees_;
  std::vector<Level> stack_;
  std::string folder_;
  std::vector<TreeEntry> found_;
  std::size_t entries_ = 0;
  std::uint64_t path_bytes_ = 0;
};

std::string raw_entry(std::uint32_t mode, std::string_view name, const git_oid& id) {
  std::string out = mode == kModeTree         ? "40000"
                    : mode == kModeExecutable ? "100755"
                    : mode == kModeLink       ? "120000"
                    : mode == kModeSubmodule  ? "160000"
                                              : "100644";
  out.append(" ").append(name).push_back('\0');
  out.append(reinterpret_cast<const char*>(id.id), GIT_OID_RAWSZ);
  return out;
}

using EntryIt = std::vector<TreeEntry>::const_iterator;

/// Files [first, last) all lie below a folder whose path has `prefix` bytes, the slash included. Depth: a path has at
/// most kMaxPathBytes / 2 folders.
Result<Oid> tree_id_of(EntryIt first, EntryIt last, std::size_t prefix) {
  std::string raw;
  while (first != last) {
    const std::string_view rest = std::string_view(first->path).substr(prefix);
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) {
      PATCHGATE_TRY(const git_oid id, from_oid(first->blob));
      raw += raw_entry(first->mode, rest, id);
      ++first;
      continue;
    }
    const std::string_view folder = std::string_view(first->path).substr(0, prefix + slash + 1);
    const EntryIt end =
        std::find_if(first, last, [&](const TreeEntry& entry) { return !entry.path.starts_with(folder); });
    PATCHGATE_TRY(const Oid below, tree_id_of(first, end, folder.size()));
    PATCHGATE_TRY(const git_oid id, from_oid(below));
    raw += raw_entry(kModeTree, rest.substr(0, slash), id);
    first = end;
  }
  return hash_of(raw, GIT_OBJECT_TREE);
}

}  // namespace

Result<std::vector<TreeEntry>> list_tree(const Objects& objects, const git_oid& tree) {
  return Walk(objects).run(tree);
}

Result<void> check_no_clash(const std::vector<TreeEntry>& entries) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string& path = entries[i].path;
    if (i > 0 && entries[i - 1].path == path) return bad_path(path, "the name is there twice");
    const auto below = std::lower_bound(entries.begin(), entries.end(), TreeEntry{path + "/", {}, 0}, by_path);
    if (below != entries.end() && below->path.starts_with(path + "/")) {
      return bad_path(path, "it is a file and a folder at once");
    }
  }
  return {};
}

Result<Oid> tree_id_of(const std::vector<TreeEntry>& entries) { return tree_id_of(entries.begin(), entries.end(), 0); }

}  // namespace patchgate
