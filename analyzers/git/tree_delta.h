#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/git/objects.h"

namespace patchgate {

/// One file that differs between two trees. An empty id: it is not on that side.
struct TreeDelta {
  std::string path;
  Oid old_id, new_id;
  std::uint32_t old_mode = 0;
  std::uint32_t new_mode = 0;
};

/// The files that differ, sorted by path; equal folders are not entered. Nothing where there are more than `most`, or
/// where it takes more than limits().max_tree_entries entries to tell.
Result<std::optional<std::vector<TreeDelta>>> tree_delta(const Objects& objects, const std::optional<git_oid>& old_tree,
                                                         const std::optional<git_oid>& new_tree, std::size_t most);

}  // namespace patchgate
