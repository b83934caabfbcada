#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// A token of C or C++, spelling alone.
struct CodeToken {
  enum class Kind : std::uint8_t {
    word,
    text,
    other
  };  ///< identifiers, keywords and numbers; string literals; the rest
  Kind kind = Kind::other;
  std::string_view text;  ///< a string literal's content, as written between its quotes
  std::uint32_t line = 0;

  bool is(std::string_view spelling) const { return kind != Kind::text && text == spelling; }
};

/// Tokens without comments and preprocessor directives, in the order of the text, which must outlive them. `&&`, `||`,
/// `::` and `->` are one token each, every other punctuation is a token a character. Macros are not expanded, and both
/// branches of an `#if` are there.
std::vector<CodeToken> code_tokens(std::string_view text);

}  // namespace patchgate
