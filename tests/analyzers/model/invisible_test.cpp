#include "analyzers/model/invisible.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Range {
  const char* what;
  char32_t first, last;
};

// Both ends are not seen; what stands before and after is.
const Range kHidden[] = {
    {"DEL, C1, no-break space", 0x7f, 0xa0},
    {"soft hyphen", 0xad, 0xad},
    {"combining grapheme joiner", 0x34f, 0x34f},
    {"Arabic letter mark", 0x61c, 0x61c},
    {"Arabic pound marks", 0x890, 0x891},
    {"Hangul fillers", 0x115f, 0x1160},
    {"Ogham space", 0x1680, 0x1680},
    {"Khmer inherent vowels", 0x17b4, 0x17b5},
    {"Mongolian variation selectors and vowel separator", 0x180b, 0x180f},
    {"blanks, zero-width characters, direction marks", 0x2000, 0x200f},
    {"separators, embeddings and overrides, narrow space", 0x2028, 0x202f},
    {"wide space, word joiner, isolates", 0x205f, 0x206f},
    {"empty Braille pattern", 0x2800, 0x2800},
    {"ideographic space", 0x3000, 0x3000},
    {"Hangul filler", 0x3164, 0x3164},
    {"variation selectors", 0xfe00, 0xfe0f},
    {"byte order mark", 0xfeff, 0xfeff},
    {"halfwidth Hangul filler", 0xffa0, 0xffa0},
    {"interlinear annotations", 0xfff0, 0xfffb},
    {"Kaithi number sign", 0x110bd, 0x110bd},
    {"Egyptian format controls", 0x13430, 0x1343f},
    {"shorthand format controls", 0x1bca0, 0x1bca3},
    {"musical format controls", 0x1d173, 0x1d17a},
    {"tags, more variation selectors", 0xe0000, 0xe0fff},
};

TEST(Invisible, KnowsWhatIsNotSeen) {
  for (const auto& [what, first, last] : kHidden) {
    EXPECT_FALSE(is_invisible(first - 1)) << what;
    EXPECT_TRUE(is_invisible(first)) << what;
    EXPECT_TRUE(is_invisible(last)) << what;
    EXPECT_FALSE(is_invisible(last + 1)) << what;
  }
}

TEST(Invisible, ControlsAreAndLettersAreNot) {
  for (const char32_t hidden : {0x00, 0x09, 0x0a, 0x1b, 0x1f}) EXPECT_TRUE(is_invisible(hidden)) << +hidden;
  for (const char32_t seen : {0x20, 0x41, 0x7e, 0xf6, 0x301, 0x4e2d, 0xfffd, 0x1f600, 0x10ffff})
    EXPECT_FALSE(is_invisible(seen)) << +seen;
}

}  // namespace
}  // namespace patchgate
