#pragma once

#include <cstddef>
#include <string_view>

namespace patchgate {

/// One step through bytes that claim to be UTF-8.
struct CodePoint {
  char32_t value = 0;      ///< of the byte itself where it is not valid
  std::size_t length = 1;  ///< bytes taken; 1 where it is not valid
  bool valid = false;      ///< strict (RFC 3629): no overlong form, no surrogate, at most U+10FFFF
};

/// The code point at `at`, which must be less than text.size().
CodePoint code_point_at(std::string_view text, std::size_t at);

}  // namespace patchgate
