#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/git/objects.h"
#include "analyzers/model/patch.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// The three-way merge of three texts; nothing where it conflicts. Knows no path, so no attribute can apply.
Result<std::optional<std::string>> merged_texts(std::string_view ancestor, std::string_view ours,
                                                std::string_view theirs);

/// The same of three blobs; nothing also where one is larger than limits().max_patch_blob.
Result<std::optional<std::string>> merged_blobs(const Objects& objects, const Oid& ancestor, const Oid& ours,
                                                const Oid& theirs);

/// Two changes of the same text that overlap or touch: why a merge of both conflicts.
struct Clash {
  Hunk ours, theirs;
};
/// In order of place, at most `most`.
Result<std::vector<Clash>> clashes(std::string_view ancestor, std::string_view ours, std::string_view theirs,
                                   std::size_t most);

}  // namespace patchgate
