#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// As far as telling strings from the rest needs it.
struct CodeToken {
  enum Kind { name, text, number, sign, line_of_directive };
  Kind kind = sign;
  std::string value;  ///< text: its content; sign: `<<`, `+=`, `::`, `->`, or one character
  std::uint32_t line = 0;
  std::size_t begin = 0, end = 0;
  bool raw = false;  ///< a raw string
};

/// Comments, characters and #include lines are none. The end of a preprocessor directive is a token of its own.
std::vector<CodeToken> code_tokens(std::string_view source);

}  // namespace patchgate
