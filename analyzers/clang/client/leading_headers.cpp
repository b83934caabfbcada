#include "analyzers/clang/client/leading_headers.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace patchgate {
namespace {

constexpr std::size_t kMostHeaders = 256;
constexpr std::size_t kLongestName = 512;

/// Reads as far as the text is plain: a line that goes on behind a backslash, a trigraph and any odd byte end it.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<std::string> run() {
    std::vector<std::string> headers;
    while (headers.size() < kMostHeaders && skip_blank(/*lines=*/true)) {
      const auto header = directive();
      if (header.empty()) break;
      headers.emplace_back(header);
    }
    return headers;
  }

 private:
  bool starts(std::string_view word) const { return text_.substr(at_).starts_with(word); }
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  static bool is_plain(char c) { return (c >= 0x20 && c != 0x7f && c != '\\') || c == '\t' || c == '\n'; }

  /// The text up to `end`, which is skipped too; false when it is not there or what lies before it is not plain.
  bool skip_to(std::string_view end) {
    const auto found = text_.find(end, at_);
    if (found == std::string_view::npos) return false;
    const auto between = text_.substr(at_, found - at_);
    // Bytes above 0x7f are fine in a comment.
    const auto odd = [](char c) { return !is_plain(c) && static_cast<unsigned char>(c) < 0x80; };
    if (std::any_of(between.begin(), between.end(), odd) || between.find("\?\?/") != std::string_view::npos)
      return false;
    at_ = found + end.size();
    return true;
  }

  /// White space and comments; with `lines`, ends of lines as well. False at what can't be read.
  bool skip_blank(bool lines) {
    while (true) {
      if (here() == ' ' || here() == '\t' || (lines && here() == '\n')) {
        ++at_;
      } else if (starts("/*")) {
        at_ += 2;
        if (!skip_to("*/")) return false;
      } else if (starts("//")) {
        if (!skip_to("\n")) return false;
        --at_;
      } else {
        return true;
      }
    }
  }

  /// One include directive with the end of its line; empty when it is none, or not plain.
  std::string_view directive() {
    if (here() != '#') return {};
    ++at_;
    if (!skip_blank(false) || !starts("include")) return {};
    at_ += 7;
    if (!skip_blank(false) || (here() != '"' && here() != '<')) return {};
    const auto begin = at_;
    const char close = here() == '"' ? '"' : '>';
    for (++at_; here() != close; ++at_) {
      const bool part = here() > 0x20 && here() < 0x7f && here() != '\\' && here() != '?' && here() != '"';
      if (!part || at_ - begin > kLongestName) return {};
    }
    const auto header = text_.substr(begin, ++at_ - begin);
    if (header.size() < 3 || !skip_blank(false) || here() != '\n') return {};
    return header;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// It would be ignored in Clang's main file, and is not in any other.
bool has_pragma_of_headers(std::string_view text) {
  for (auto at = text.find("ragma"); at != std::string_view::npos; at = text.find("ragma", at + 1)) {
    auto end = text.find('\n', at);
    while (end != std::string_view::npos && text[end - 1] == '\\') end = text.find('\n', end + 1);
    const auto line = text.substr(at, end == std::string_view::npos ? end : end - at);
    if (line.find("once") != std::string_view::npos || line.find("system_header") != std::string_view::npos)
      return true;
  }
  return false;
}

}  // namespace

std::optional<std::vector<std::string>> leading_headers(std::string_view text) {
  if (has_pragma_of_headers(text) || text.find("include_next") != std::string_view::npos) return std::nullopt;
  return Scanner(text).run();
}

}  // namespace patchgate
