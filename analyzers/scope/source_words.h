#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace patchgate {

/// A word of a C or C++ text, cut roughly: good enough to know which names stand where.
struct SourceWord {
  enum class Kind {
    end,
    name,         ///< an identifier or a keyword
    number,       ///< a preprocessing number
    text,         ///< a string or a character, quotes included
    punctuation,  ///< one byte, or one of :: ## [[ ]]
  };
  Kind kind = Kind::end;
  std::string_view text;
  bool starts_line = false;
};

/// Cuts a text into words: comments left out, raw strings known. Any bytes will do.
class SourceWords {
 public:
  /// `text` has to outlive it, and has no line splices any more (see without_splices).
  explicit SourceWords(std::string_view text) : text_(text) {}

  SourceWord next();
  /// All up to the end of this line as one text, comments left out as far as they go over lines: for directives.
  /// Leaves the line break.
  SourceWord next_on_line();
  /// `<…>` or `"…"` after #include, without its quotes; empty when something else stands there.
  std::string_view include_name(bool& quoted);

 private:
  /// Skips blanks and comments, and line breaks unless `within_line`; says whether one was passed.
  bool skip_blanks(bool within_line);
  SourceWord cut();
  void skip_quoted(char quote);
  void skip_raw_string();

  std::string_view text_;
  std::size_t at_ = 0;
  bool at_line_start_ = true;
};

/// Backslash and line break taken out, as the language does first of all.
std::string without_splices(std::string_view text);
bool has_splices(std::string_view text);

}  // namespace patchgate
