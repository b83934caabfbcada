#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// A pattern for paths and branch names, over '/'-separated text:
///   *   any characters but '/'        ?   one character but '/'
///   **  as a whole segment: any number of segments (`a/**` is everything below a, not a itself)
///   \x  the character x itself
/// Everything else stands for itself; upper and lower case differ. The whole text must match.
class Glob {
 public:
  /// Fails (Error::Kind::config, without a place) on what other tools read differently: `a**b`, `[ab]`, `{a,b}`, an
  /// empty pattern, a backslash at the end, and on more than 1024 bytes.
  static Result<Glob> compile(std::string_view pattern);

  /// Takes at most (bytes of text + 1) × (bytes of pattern + 2) steps, whatever the two are.
  bool matches(std::string_view text) const;
  /// As `matches`, and adds the number of steps taken to `steps`.
  bool matches(std::string_view text, std::uint64_t& steps) const;

  const std::string& pattern() const { return pattern_; }

 private:
  enum class Kind : std::uint8_t {
    literal,       ///< this byte
    one,           ///< a byte but '/'
    continuation,  ///< the rest of a UTF-8 character; may be skipped
    star,          ///< any bytes but '/'; may be skipped
    dirs,          ///< `**/`: may be skipped together with the `inside` that follows it
    inside,        ///< the bytes of those segments; a '/' may end them
    anything,      ///< one byte, '/' too
    rest,          ///< any bytes; may be skipped
  };
  struct Token {
    Kind kind;
    char byte;
  };
  using States = std::vector<std::uint8_t>;  ///< one flag for each token, and one for the end
  void enter(States& states, std::size_t token) const;
  void step(const States& from, char byte, States& to) const;

  std::string pattern_;
  std::string beginning_;  ///< the bytes that every text has to begin with
  std::vector<Token> tokens_;
};

}  // namespace patchgate
