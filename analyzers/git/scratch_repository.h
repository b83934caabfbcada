#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// One commit of a repository made up for a trial: the whole tree, by path.
struct ScratchCommit {
  std::string branch;  ///< moves to this commit
  std::string parent;  ///< a branch of an earlier commit; empty = a root
  std::string message;
  std::map<std::string, std::string> files;
};

/// Makes a repository in `folder` (which must exist) with these commits, author and clock fixed; HEAD is on the first
/// branch, nothing is checked out. Error (io) where the folder cannot be written.
Result<void> make_scratch_repository(const std::filesystem::path& folder, const std::vector<ScratchCommit>& commits);

}  // namespace patchgate
