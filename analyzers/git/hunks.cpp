#include "analyzers/git/hunks.h"

#include "analyzers/git/content.h"
#include "analyzers/git/handles.h"

namespace patchgate {
namespace {

LineRange range_of(int first, int count) {
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(count)};
}

int keep_hunk(const git_diff_delta*, const git_diff_hunk* hunk, void* out) {
  static_cast<std::vector<Hunk>*>(out)->push_back(
      {range_of(hunk->old_start, hunk->old_lines), range_of(hunk->new_start, hunk->new_lines)});
  return 0;
}

int skip_line(const git_diff_delta*, const git_diff_hunk*, const git_diff_line*, void*) { return 0; }

}  // namespace

Result<std::vector<Hunk>> hunks_between(std::string_view base, std::string_view head) {
  std::vector<Hunk> out;
  if (base == head) return out;
  if (base.empty() || head.empty()) {
    const auto lines = static_cast<std::uint32_t>(line_count(base.empty() ? head : base));
    out.push_back(base.empty() ? Hunk{{0, 0}, {1, lines}} : Hunk{{1, lines}, {0, 0}});
    return out;
  }
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
  options.context_lines = 0;
  options.interhunk_lines = 0;
  PATCHGATE_CHECK(check(git_diff_buffers(base.data(), base.size(), nullptr, head.data(), head.size(), nullptr, &options,
                                         nullptr, nullptr, keep_hunk, skip_line, &out),
                        "compare two blobs"));
  return out;
}

}  // namespace patchgate
