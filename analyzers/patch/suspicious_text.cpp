#include "analyzers/patch/suspicious_text.h"

#include <array>

namespace patchgate {
namespace {

/// As bytes of UTF-8: all that begin so. Joiners (U+200C, U+200D) are left out: emoji and some scripts need them.
constexpr std::array<std::string_view, 22> kHidden{
    "\xe2\x80\x8b", "\xe2\x80\x8e", "\xe2\x80\x8f",  // zero-width space, direction marks
    "\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac", "\xe2\x80\xad", "\xe2\x80\xae",  // embeddings and overrides
    "\xe2\x81\xa0", "\xe2\x81\xa1", "\xe2\x81\xa2", "\xe2\x81\xa3", "\xe2\x81\xa4",  // word joiner, invisible operators
    "\xe2\x81\xa6", "\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9",                  // isolates
    "\xd8\x9c",                                                                      // Arabic letter mark
    "\xe1\x85\x9f", "\xe1\x85\xa0", "\xe3\x85\xa4",                                  // Hangul fillers
    "\xf3\xa0\x80",                                                                  // tags
};

bool hides(std::string_view line) {
  for (const auto hidden : kHidden)
    if (line.find(hidden) != std::string_view::npos) return true;
  return false;
}

}  // namespace

std::vector<std::uint32_t> suspicious_lines(std::string_view text, const std::vector<Hunk>& hunks) {
  std::vector<std::uint32_t> found;
  std::size_t begin = 0;
  std::uint32_t number = 1;
  auto hunk = hunks.begin();
  while (begin < text.size() && hunk != hunks.end()) {
    auto end = text.find('\n', begin);
    if (end == std::string_view::npos) end = text.size();
    while (hunk != hunks.end() && number >= hunk->head.first + hunk->head.count) ++hunk;
    if (hunk != hunks.end() && number >= hunk->head.first && hides(text.substr(begin, end - begin)))
      found.push_back(number);
    begin = end + 1;
    ++number;
  }
  return found;
}

}  // namespace patchgate
