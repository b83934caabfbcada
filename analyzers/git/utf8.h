#pragma once

#include <cstddef>
#include <string_view>

namespace patchgate {

struct Utf8Char {
  char32_t code = 0;
  std::size_t length = 0;  ///< bytes; 0 where the text does not start with well-formed UTF-8
};

/// The first character of `text`. Overlong forms, surrogates and codes above U+10FFFF are not well-formed.
inline Utf8Char next_utf8(std::string_view text) {
  if (text.empty()) return {};
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {};
  char32_t code = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xc0U) != 0x80) return {};
    code = (code << 6U) | (next & 0x3fU);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kSmallest[length] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return {};
  return {code, length};
}

}  // namespace patchgate
