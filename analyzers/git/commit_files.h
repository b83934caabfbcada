#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/git/commit_notes.h"
#include "analyzers/git/repository.h"
#include "analyzers/git/tree_delta.h"

namespace patchgate {

using PathHashes = std::vector<std::uint64_t>;  ///< sorted

/// Of a commit that changes more files it is only said that they are more.
inline constexpr std::size_t kMostFilesNoted = 256;

/// The files that a commit changes against its first parent (all that it has, where it has none); nothing where there
/// are more than `most`.
Result<std::optional<std::vector<TreeDelta>>> deltas_of(const Objects& objects, const CommitInfo& commit,
                                                        std::size_t most);

std::uint64_t path_hash(const std::string& path);
PathHashes hashes_of(const std::vector<TreeDelta>& deltas);

/// What CommitNotes::About::files says; nothing stands for more than kMostFilesNoted, and for a note that makes no
/// sense.
std::string note_of(const std::optional<std::vector<TreeDelta>>& deltas);
std::optional<PathHashes> hashes_in(const std::string& note);

}  // namespace patchgate
