#include "gate/reports/utf8.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace patchgate {

namespace {

struct Range {
  char32_t first, last;
};

// Unicode general categories Cc, Cf, Zl, Zp, Zs without the space itself, and letters that are drawn as nothing (Hangul
// fillers, Khmer inherent vowels, variation selectors). Rising, so that a search can stop early.
constexpr std::array<Range, 26> kInvisible{{
    {0x0000, 0x001f},   {0x007f, 0x00a0},   {0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x0600, 0x0605}, {0x061c, 0x061c},
    {0x06dd, 0x06dd},   {0x070f, 0x070f},   {0x08e2, 0x08e2}, {0x115f, 0x1160}, {0x1680, 0x1680}, {0x17b4, 0x17b5},
    {0x180b, 0x180f},   {0x2000, 0x200f},   {0x2028, 0x202f}, {0x205f, 0x206f}, {0x3000, 0x3000}, {0x3164, 0x3164},
    {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0}, {0xfff0, 0xfffb}, {0xfffe, 0xffff}, {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
}};

struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t least;  // smallest value that needs this length
};

Lead lead_of(std::uint8_t byte) {
  if (byte < 0x80) return {1, byte, 0};
  if (byte >= 0xc2 && byte <= 0xdf) return {2, static_cast<char32_t>(byte & 0x1f), 0x80};
  if (byte >= 0xe0 && byte <= 0xef) return {3, static_cast<char32_t>(byte & 0x0f), 0x800};
  if (byte >= 0xf0 && byte <= 0xf4) return {4, static_cast<char32_t>(byte & 0x07), 0x10000};
  return {0, 0, 0};
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = static_cast<std::uint8_t>(text[at]);
  const CodePoint broken{byte, 1, false};
  const Lead lead = lead_of(byte);
  if (lead.length == 0 || text.size() - at < lead.length) return broken;
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    const auto next = static_cast<std::uint8_t>(text[at + i]);
    if ((next & 0xc0) != 0x80) return broken;
    value = (value << 6) | (next & 0x3fU);
  }
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < lead.least || value > 0x10ffff || surrogate) return broken;
  return {value, lead.length, true};
}

bool is_invisible(char32_t code_point) {
  const auto range = std::find_if(kInvisible.begin(), kInvisible.end(),
                                  [&](const Range& candidate) { return code_point <= candidate.last; });
  return range != kInvisible.end() && code_point >= range->first;
}

}  // namespace patchgate
