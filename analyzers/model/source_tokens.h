#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace patchgate {

/// A word of C or C++ source as it stands there, before any macro is expanded.
struct SourceToken {
  enum class Kind : std::uint8_t { word, number, text, sign, comment };
  Kind kind = Kind::sign;
  bool directive = false;     ///< in a line that begins with `#`
  bool switched_off = false;  ///< inside `#if 0`, or behind the `#else` of `#if 1`
  std::uint32_t line = 0;     ///< where it begins, from 1
  std::string_view spelling;  ///< into the text that was given; of a comment with its `//` or `/*`
};

/// Cuts source into words: comments and raw strings are whole, a sign is one character (`::`, `->` and `==` are two).
/// Never fails: what ends too early ends with the text. At most `most` tokens.
std::vector<SourceToken> source_tokens(std::string_view text, std::size_t most = 2'000'000);

/// By line (from 1; 0 is not used): whether something stands there that is neither comment nor directive nor
/// switched off.
std::vector<bool> lines_with_code(const std::vector<SourceToken>& tokens);

}  // namespace patchgate
