#include "analyzers/git/tree_delta.h"

#include <algorithm>
#include <string_view>

#include "analyzers/git/path_check.h"

namespace patchgate {
namespace {

struct Named {
  std::string_view name;
  const git_tree_entry* entry;
};

std::vector<Named> names_of(const git_tree* tree) {
  std::vector<Named> out;
  if (tree == nullptr) return out;
  out.reserve(git_tree_entrycount(tree));
  for (std::size_t i = 0; i < git_tree_entrycount(tree); ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(tree, i);
    out.push_back({git_tree_entry_name(entry), entry});
  }
  std::sort(out.begin(), out.end(), [](const Named& a, const Named& b) { return a.name < b.name; });
  return out;
}

std::uint32_t mode_of(const git_tree_entry* entry) {
  return entry == nullptr ? 0 : static_cast<std::uint32_t>(git_tree_entry_filemode(entry));
}

/// Depth first, without recursion.
class Comparison {
 public:
  Comparison(const Objects& objects, std::size_t most) : objects_(objects), most_(most) {}

  Result<std::optional<std::vector<TreeDelta>>> run(const std::optional<git_oid>& old_tree,
                                                    const std::optional<git_oid>& new_tree) {
    pending_.push_back({"", old_tree, new_tree});
    while (!pending_.empty() && !too_many_) {
      const Pair pair = std::move(pending_.back());
      pending_.pop_back();
      PATCHGATE_CHECK(compare(pair));
    }
    if (too_many_) return std::optional<std::vector<TreeDelta>>();
    std::sort(found_.begin(), found_.end(), [](const TreeDelta& a, const TreeDelta& b) { return a.path < b.path; });
    return std::optional(std::move(found_));
  }

 private:
  struct Pair {
    std::string folder;  ///< with its slash
    std::optional<git_oid> old_tree, new_tree;
  };

  Result<TreeHandle> load(const std::optional<git_oid>& id) const {
    if (!id) return TreeHandle();
    return objects_.tree(*id);
  }

  Result<void> compare(const Pair& pair) {
    PATCHGATE_TRY(const TreeHandle old_tree, load(pair.old_tree));
    PATCHGATE_TRY(const TreeHandle new_tree, load(pair.new_tree));
    const std::vector<Named> olds = names_of(old_tree.get());
    const std::vector<Named> news = names_of(new_tree.get());
    visited_ += olds.size() + news.size();
    if (visited_ > objects_.limits().max_tree_entries || pair.folder.size() > kMaxPathBytes) too_many_ = true;
    std::size_t i = 0;
    std::size_t j = 0;
    while (!too_many_ && (i < olds.size() || j < news.size())) {
      const bool take_old = j == news.size() || (i < olds.size() && olds[i].name <= news[j].name);
      const bool take_new = i == olds.size() || (j < news.size() && news[j].name <= olds[i].name);
      const std::string_view name = take_old ? olds[i].name : news[j].name;
      add(pair.folder + std::string(name), take_old ? olds[i++].entry : nullptr, take_new ? news[j++].entry : nullptr);
    }
    return {};
  }

  void add(std::string path, const git_tree_entry* old_entry, const git_tree_entry* new_entry) {
    const std::uint32_t old_mode = mode_of(old_entry);
    const std::uint32_t new_mode = mode_of(new_entry);
    if (old_entry != nullptr && new_entry != nullptr && old_mode == new_mode &&
        git_oid_equal(git_tree_entry_id(old_entry), git_tree_entry_id(new_entry)) != 0) {
      return;
    }
    std::optional<git_oid> old_folder, new_folder;
    TreeDelta delta{path, {}, {}, 0, 0};
    if (old_mode == kModeTree) {
      old_folder = *git_tree_entry_id(old_entry);
    } else if (old_entry != nullptr) {
      delta.old_id = to_oid(*git_tree_entry_id(old_entry));
      delta.old_mode = old_mode;
    }
    if (new_mode == kModeTree) {
      new_folder = *git_tree_entry_id(new_entry);
    } else if (new_entry != nullptr) {
      delta.new_id = to_oid(*git_tree_entry_id(new_entry));
      delta.new_mode = new_mode;
    }
    if (!delta.old_id.empty() || !delta.new_id.empty()) {
      found_.push_back(std::move(delta));
      if (found_.size() > most_) too_many_ = true;
    }
    if (old_folder || new_folder) pending_.push_back({path + "/", old_folder, new_folder});
  }

  const Objects& objects_;
  std::size_t most_;
  std::vector<Pair> pending_;
  std::vector<TreeDelta> found_;
  std::size_t visited_ = 0;
  bool too_many_ = false;
};

}  // namespace

Result<std::optional<std::vector<TreeDelta>>> tree_delta(const Objects& objects, const std::optional<git_oid>& old_tree,
                                                         const std::optional<git_oid>& new_tree, std::size_t most) {
  return Comparison(objects, most).run(old_tree, new_tree);
}

}  // namespace patchgate
