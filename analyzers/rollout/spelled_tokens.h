#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// A token of C or C++, spelling alone.
struct SpelledToken {
  /// word: identifiers, keywords and numbers; text: string literals; directive: `#if` and its kin; other: the rest
  enum class Kind : std::uint8_t { word, text, directive, other };
  Kind kind = Kind::other;
  bool joined = false;  ///< an operator's sign right behind another one: the second - of `--`, not of `- -`
  std::uint32_t line = 0;
  std::string_view text;      ///< of a string literal what stands between its quotes
  std::string_view spelling;  ///< all of it

  bool is(std::string_view wanted) const { return kind != Kind::text && text == wanted; }
  /// The compiler cannot tell them apart.
  friend bool operator==(const SpelledToken& a, const SpelledToken& b) {
    return a.kind == b.kind && a.joined == b.joined && a.spelling == b.spelling;
  }
};

/// Tokens in the order of the text, which must outlive them; without comments and without the directives `#include`,
/// `#define`, `#pragma`, `#error`, `#warning`, `#line`. Any other directive is one token. `&&`, `||`, `::` and `->` are
/// one token each, every other punctuation is a token a character. Macros are not expanded, and both branches of an
/// `#if` are there.
std::vector<SpelledToken> spelled_tokens(std::string_view text);

}  // namespace patchgate
