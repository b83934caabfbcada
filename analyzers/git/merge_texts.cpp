#include "analyzers/git/merge_texts.h"

#include <algorithm>
#include <utility>

#include "analyzers/git/hunks.h"

namespace patchgate {
namespace {

/// [begin, end) in lines of the ancestor; an insertion is the empty place in front of `begin`.
std::pair<std::uint64_t, std::uint64_t> place_of(const LineRange& range) {
  if (range.count == 0) return {std::uint64_t{range.first} + 1, std::uint64_t{range.first} + 1};
  return {range.first, std::uint64_t{range.first} + range.count};
}

bool touch(const Hunk& a, const Hunk& b) {
  const auto [begin, end] = place_of(a.base);
  const auto [other_begin, other_end] = place_of(b.base);
  return begin <= other_end && other_begin <= end;
}

}  // namespace

Result<std::optional<std::string>> merged_texts(std::string_view ancestor, std::string_view ours,
                                                std::string_view theirs) {
  const std::string_view texts[3] = {ancestor, ours, theirs};
  git_merge_file_input inputs[3];
  for (int i = 0; i < 3; ++i) {
    PATCHGATE_CHECK(check(git_merge_file_input_init(&inputs[i], GIT_MERGE_FILE_INPUT_VERSION), "merge files"));
    inputs[i].ptr = texts[i].data();
    inputs[i].size = texts[i].size();
  }
  git_merge_file_result result{};
  PATCHGATE_CHECK(
      check(git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2], nullptr), "merge three versions of a file"));
  std::optional<std::string> out;
  if (result.automergeable != 0) out.emplace(result.ptr == nullptr ? "" : result.ptr, result.len);
  git_merge_file_result_free(&result);
  return out;
}

Result<std::optional<std::string>> merged_blobs(const Objects& objects, const Oid& ancestor, const Oid& ours,
                                                const Oid& theirs) {
  const Oid* ids[3] = {&ancestor, &ours, &theirs};
  std::string texts[3];
  for (int i = 0; i < 3; ++i) {
    PATCHGATE_TRY(const std::uint64_t size, objects.blob_size(*ids[i]));
    if (size > objects.limits().max_patch_blob) return std::optional<std::string>();
    PATCHGATE_TRY(texts[i], objects.blob(*ids[i], objects.limits().max_patch_blob));
  }
  return merged_texts(texts[0], texts[1], texts[2]);
}

Result<std::vector<Clash>> clashes(std::string_view ancestor, std::string_view ours, std::string_view theirs,
                                   std::size_t most) {
  PATCHGATE_TRY(const auto left, hunks_between(ancestor, ours));
  PATCHGATE_TRY(const auto right, hunks_between(ancestor, theirs));
  std::vector<Clash> found;
  std::size_t first = 0;
  for (const Hunk& theirs_hunk : right) {
    while (first < left.size() && place_of(left[first].base).second < place_of(theirs_hunk.base).first) ++first;
    for (std::size_t i = first; i < left.size() && found.size() < most && touch(left[i], theirs_hunk); ++i) {
      found.push_back({left[i], theirs_hunk});
    }
    if (found.size() >= most) break;
  }
  return found;
}

}  // namespace patchgate
