#pragma once

#include <filesystem>

#include "analyzers/git/repository.h"

namespace patchgate {

/// Whether the file, with all links followed, lies in a work tree of the repository, its own or a linked one, where a
/// patch can put it. A file that is missing lies nowhere.
bool lies_in_a_work_tree(const Repository& repository, const std::filesystem::path& file);

}  // namespace patchgate
