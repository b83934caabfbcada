#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace patchgate {

/// For the text or an attribute of HTML: visible() text in which nothing is markup, and nothing a command for a runner
/// that prints the page to its log.
std::string html_text(std::string_view text);

/// Markup of our own: a string literal and nothing else, so that no name from a patch becomes markup by mistake.
class Markup {
 public:
  template <std::size_t kSize>
  consteval Markup(const char (&literal)[kSize]) : text_(literal, kSize - 1) {}  // NOLINT(google-explicit-constructor)
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// A piece of a page as it grows. Markup goes in by literals, all else through html_text().
class Html {
 public:
  Html& operator<<(Markup markup) {
    text_ += markup.text();
    return *this;
  }
  Html& operator<<(const Html& piece) {
    text_ += piece.text_;
    return *this;
  }
  Html& operator<<(std::uint64_t number) {
    text_ += std::to_string(number);
    return *this;
  }
  /// At most `most` characters of it.
  Html& words(std::string_view text, std::size_t most = 600);
  /// With two decimals at most: for a coordinate.
  Html& coordinate(double number);
  /// A file of ours that was embedded: a style sheet, a script.
  Html& own_file(std::string_view text) {
    text_ += text;
    return *this;
  }
  bool empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace patchgate
