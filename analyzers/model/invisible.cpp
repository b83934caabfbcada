#include "analyzers/model/invisible.h"

#include <algorithm>
#include <array>

namespace patchgate {

namespace {

struct Range {
  char32_t first, last;
};

// Unicode 15, general categories Cc, Cf, Zl, Zp, Zs without the space itself, its Default_Ignorable_Code_Points (Hangul
// fillers, Khmer inherent vowels, variation selectors) and the empty Braille pattern. Rising, so that a search can stop
// early.
constexpr std::array<Range, 31> kInvisible{{
    {0x0000, 0x001f},   {0x007f, 0x00a0},   {0x00ad, 0x00ad},   {0x034f, 0x034f},   {0x0600, 0x0605},
    {0x061c, 0x061c},   {0x06dd, 0x06dd},   {0x070f, 0x070f},   {0x0890, 0x0891},   {0x08e2, 0x08e2},
    {0x115f, 0x1160},   {0x1680, 0x1680},   {0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x2000, 0x200f},
    {0x2028, 0x202f},   {0x205f, 0x206f},   {0x2800, 0x2800},   {0x3000, 0x3000},   {0x3164, 0x3164},
    {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb},   {0xfffe, 0xffff},
    {0x110bd, 0x110bd}, {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a},
    {0xe0000, 0xe0fff},
}};

}  // namespace

bool is_invisible(char32_t code_point) {
  const auto range = std::find_if(kInvisible.begin(), kInvisible.end(),
                                  [&](const Range& candidate) { return code_point <= candidate.last; });
  return range != kInvisible.end() && code_point >= range->first;
}

}  // namespace patchgate
