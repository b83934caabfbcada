#pragma once

#include <vector>

#include "analyzers/git/objects.h"

namespace patchgate {

/// All files below a tree, sorted by path; every name checked, no name twice. Errors: limit (entries, bytes of paths),
/// repository (a bad path, a damaged or missing object).
Result<std::vector<TreeEntry>> list_tree(const Objects& objects, const git_oid& tree);

/// Whether no path is there twice and none is a file and a folder at once; `entries` sorted by path.
Result<void> check_no_clash(const std::vector<TreeEntry>& entries);

/// The id that git would give to the tree of these files (sorted by path, without a clash).
Result<Oid> tree_id_of(const std::vector<TreeEntry>& entries);

}  // namespace patchgate
