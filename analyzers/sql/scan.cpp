#include "analyzers/sql/scan.h"

#include <algorithm>

namespace patchgate {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == '\0'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '$'; }
char in_capitals(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<SqlWord> run() {
    while (at_ < text_.size()) step();
    return std::move(words_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  bool starts_line() const {
    for (std::size_t i = at_; i > 0 && text_[i - 1] != '\n'; --i)
      if (!is_space(text_[i - 1])) return false;
    return true;
  }
  void skip_line() {
    const auto end = text_.find('\n', at_);
    at_ = end == std::string_view::npos ? text_.size() : end;
  }
  void add(SqlWord::Kind kind, std::size_t begin, std::string word) {
    words_.push_back({kind, std::move(word), begin, at_});
  }

  void step() {
    const char c = peek();
    if (is_space(c)) {
      ++at_;
    } else if (starts("--") || (c == '#' && peek(1) != '{' && starts_line())) {
      skip_line();
    } else if (starts("/*")) {
      skip_comment();
    } else if (c == '\'') {
      take_text(false);
    } else if ((c == 'E' || c == 'e') && peek(1) == '\'') {
      take_text(true);
    } else if (c == '"' || c == '`') {
      take_quoted(c);
    } else if (c == '\\' && starts_line()) {
      skip_line();
    } else if (!take_dollar_text() && !take_hole()) {
      take_plain();
    }
  }

  void skip_comment() {
    int depth = 0;
    while (at_ < text_.size()) {
      if (starts("/*")) {
        ++depth;
        at_ += 2;
      } else if (starts("*/")) {
        at_ += 2;
        if (--depth == 0) return;
      } else {
        ++at_;
      }
    }
  }
  void take_text(bool escapes) {
    const std::size_t begin = at_;
    at_ += escapes ? 2 : 1;
    while (at_ < text_.size()) {
      if (escapes && peek() == '\\') {
        at_ += 2;
      } else if (peek() == '\'' && peek(1) == '\'') {
        at_ += 2;
      } else if (text_[at_++] == '\'') {
        break;
      }
    }
    at_ = std::min(at_, text_.size());
    add(SqlWord::text, begin, "");
  }
  void take_quoted(char quote) {
    const std::size_t begin = at_++;
    std::string word;
    while (at_ < text_.size()) {
      if (peek() == quote && peek(1) == quote) {
        word += quote;
        at_ += 2;
      } else if (peek() == quote) {
        ++at_;
        break;
      } else {
        word += text_[at_++];
      }
    }
    add(SqlWord::quoted, begin, std::move(word));
  }
  bool take_dollar_text() {
    if (peek() != '$') return false;
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_name(text_[end]) && text_[end] != '$') ++end;
    if (end >= text_.size() || text_[end] != '$' || is_digit(peek(1))) return false;
    const std::string_view tag = text_.substr(at_, end + 1 - at_);
    if (tags_without_end_ == kMostTagsWithoutEnd) return false;
    const auto close = text_.find(tag, end + 1);
    if (close == std::string_view::npos) {
      ++tags_without_end_;
      return false;
    }
    const std::size_t begin = at_;
    at_ = close + tag.size();
    add(SqlWord::text, begin, std::string(text_.substr(end + 1, close - end - 1)));
    return true;
  }
  /// The end of `{...}` that begins at `from`; 0 where it is none that a template engine would fill.
  std::size_t end_of_braces(std::size_t from) const {
    constexpr std::size_t kLongest = 80;
    const std::string_view rest = text_.substr(from, kLongest);
    const bool two = rest.starts_with("{{");
    const auto close = rest.find(two ? "}}" : "}");
    if (close == std::string_view::npos || rest.substr(0, close).find('\n') != std::string_view::npos) return 0;
    return from + close + (two ? 2 : 1);
  }
  bool take_hole() {
    const std::size_t begin = at_;
    const std::size_t end = end_of_hole();
    if (end == 0) return false;
    at_ = end;
    add(SqlWord::hole, begin, "");
    return true;
  }
  std::size_t end_of_hole() const {
    const char c = peek();
    if (c == kHole) return at_ + 1;
    if (c == '{') return end_of_braces(at_);
    if ((c == '$' || c == '#') && peek(1) == '{') return end_of_braces(at_ + 1);
    if (c == '?') return peek(1) == '|' || peek(1) == '&' ? 0 : end_of_digits(at_ + 1);
    if (c == '$' && is_name(peek(1)) && peek(1) != '$') return end_of_name(at_ + 1);
    if (c == ':' && (at_ == 0 || text_[at_ - 1] != ':') && is_name(peek(1))) {
      // a[1:2] is a slice.
      const bool slice = is_digit(peek(1)) && at_ > 0 && is_digit(text_[at_ - 1]);
      return slice ? 0 : end_of_name(at_ + 1);
    }
    if (c == '@' && is_letter(peek(1))) return end_of_name(at_ + 1);
    if (c == '@' && peek(1) == '@' && is_letter(peek(2))) return end_of_name(at_ + 2);
    if (c == '%') return end_of_conversion();
    return 0;
  }
  std::size_t end_of_digits(std::size_t from) const {
    while (from < text_.size() && is_digit(text_[from])) ++from;
    return from;
  }
  std::size_t end_of_name(std::size_t from) const {
    while (from < text_.size() && is_name(text_[from])) ++from;
    return from;
  }
  /// %s, %-10.3lld, SQLite's %q %Q %w, Python's %(name)s, Qt's %1. `a % b` is none.
  std::size_t end_of_conversion() const {
    std::size_t end = at_ + 1;
    const auto is = [&](std::string_view set) { return end < text_.size() && set.find(text_[end]) != set.npos; };
    if (is("(")) {
      const auto close = text_.find(')', end);
      if (close == std::string_view::npos || close - end > 60) return 0;
      end = close + 1;
    }
    while (is("-+#0123456789.*'")) ++end;
    const std::size_t digits = end;
    while (is("hljztL")) ++end;
    if (is("diouxXeEfFgGaAcspqQwz")) {
      const bool ends = end + 1 >= text_.size() || !is_letter(text_[end + 1]) || text_[end + 1] == '_';
      return ends ? end + 1 : 0;
    }
    const bool of_qt = digits > at_ + 1 && is_digit(text_[at_ + 1]) && digits <= at_ + 3 && digits == end &&
                       (at_ == 0 || is_space(text_[at_ - 1]) || !is_name(text_[at_ - 1]));
    return of_qt ? digits : 0;
  }
  void take_plain() {
    const std::size_t begin = at_;
    if (!is_letter(peek())) {
      ++at_;
      if (is_digit(text_[begin]))
        while (at_ < text_.size() && (is_digit(peek()) || peek() == '.')) ++at_;
      add(SqlWord::sign, begin, std::string(text_.substr(begin, at_ - begin)));
      return;
    }
    std::string word;
    for (; at_ < text_.size() && is_name(peek()); ++at_) word += in_capitals(peek());
    add(SqlWord::name, begin, std::move(word));
  }

  /// Each of them costs a look at the whole rest of the text.
  static constexpr int kMostTagsWithoutEnd = 16;

  std::string_view text_;
  std::size_t at_ = 0;
  int tags_without_end_ = 0;
  std::vector<SqlWord> words_;
};

}  // namespace

std::vector<SqlWord> sql_words(std::string_view text) { return Scanner(text).run(); }

}  // namespace patchgate
