#include "analyzers/sql/code_tokens.h"

#include <algorithm>

namespace patchgate {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

class CodeScanner {
 public:
  explicit CodeScanner(std::string_view source) : text_(source) {}

  std::vector<CodeToken> run() {
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  void forward() {
    if (text_[at_++] == '\n') ++line_;
  }
  void add(CodeToken::Kind kind, std::size_t begin, std::uint32_t line, std::string value) {
    tokens_.push_back({kind, std::move(value), line, begin, at_, false});
    fresh_line_ = false;
  }

  void step() {
    const char c = peek();
    if (starts("\\\n") || starts("\\\r\n")) {
      while (peek() != '\n') ++at_;
      forward();
    } else if (c == '\n') {
      forward();
      if (in_directive_) tokens_.push_back({CodeToken::line_of_directive, "", line_, at_, at_, false});
      in_directive_ = false;
      fresh_line_ = true;
    } else if (starts("//")) {
      while (at_ < text_.size() && peek() != '\n') {
        if (starts("\\\n")) forward();
        forward_in_line();
      }
    } else if (starts("/*")) {
      const auto end = text_.find("*/", at_ + 2);
      const std::size_t stop = end == std::string_view::npos ? text_.size() : end + 2;
      while (at_ < stop) forward();
    } else if (c == '#' && fresh_line_) {
      take_directive();
    } else if (c == '"') {
      take_text(at_);
    } else if (c == '\'') {
      skip_character();
    } else if (is_letter(c)) {
      take_name();
    } else if (is_digit(c)) {
      const std::size_t begin = at_;
      while (is_letter(peek()) || is_digit(peek()) || peek() == '.' || (peek() == '\'' && hex_value(peek(1)) >= 0))
        ++at_;
      add(CodeToken::number, begin, line_, "");
    } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v') {
      ++at_;
    } else {
      take_sign();
    }
  }
  void forward_in_line() {
    if (at_ < text_.size() && peek() != '\n') ++at_;
  }
  void take_directive() {
    std::size_t word = at_ + 1;
    while (word < text_.size() && (text_[word] == ' ' || text_[word] == '\t')) ++word;
    const std::string_view rest = text_.substr(word);
    constexpr std::string_view kDefine = "define";
    if (rest.starts_with(kDefine)) {
      in_directive_ = true;
      fresh_line_ = false;
      at_ = word + kDefine.size();
      return;
    }
    // Nothing else in a directive is text of the program.
    while (at_ < text_.size() && peek() != '\n') {
      if (starts("\\\n")) forward();
      if (starts("\\\r\n")) ++at_;
      forward_in_line();
    }
  }
  void skip_character() {
    ++at_;
    while (at_ < text_.size() && peek() != '\'' && peek() != '\n') at_ += peek() == '\\' && peek(1) != '\n' ? 2 : 1;
    at_ = std::min(at_, text_.size());
    if (peek() == '\'') ++at_;
  }
  void take_name() {
    const std::size_t begin = at_;
    while (is_letter(peek()) || is_digit(peek())) ++at_;
    const std::string_view name = text_.substr(begin, at_ - begin);
    const bool raw = name == "R" || name == "u8R" || name == "uR" || name == "UR" || name == "LR";
    if (peek() == '"' && raw) return take_raw(begin);
    if (peek() == '"' && (name == "u8" || name == "u" || name == "U" || name == "L")) return take_text(begin);
    // "..."s is a text with a suffix.
    const bool suffix = !tokens_.empty() && tokens_.back().kind == CodeToken::text && tokens_.back().end == begin;
    if (!suffix) add(CodeToken::name, begin, line_, std::string(name));
  }
  void take_raw(std::size_t begin) {
    const std::uint32_t line = line_;
    constexpr std::size_t kLongestDelimiter = 16;
    const auto length = text_.substr(at_, kLongestDelimiter + 2).find('(');
    if (length == std::string_view::npos) {
      ++at_;
      return;
    }
    const std::size_t open = at_ + length;
    const std::string close = ")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"";
    const auto end = text_.find(close, open + 1);
    const std::size_t last = end == std::string_view::npos ? text_.size() : end;
    std::string value(text_.substr(open + 1, last - open - 1));
    const std::size_t stop = std::min(text_.size(), last + close.size());
    while (at_ < stop) forward();
    add(CodeToken::text, begin, line, std::move(value));
    tokens_.back().raw = true;
  }
  void take_text(std::size_t begin) {
    const std::uint32_t line = line_;
    std::string value;
    ++at_;
    while (at_ < text_.size() && peek() != '"' && peek() != '\n') {
      if (peek() == '\\') {
        take_escape(value);
      } else {
        value += text_[at_++];
      }
    }
    if (peek() == '"') ++at_;
    add(CodeToken::text, begin, line, std::move(value));
  }
  void take_escape(std::string& value) {
    ++at_;
    const char c = peek();
    if (c == '\n') return forward();
    if (c == '\r' && peek(1) == '\n') {
      ++at_;
      return forward();
    }
    ++at_;
    switch (c) {
      case 'n':
        value += '\n';
        return;
      case 't':
        value += '\t';
        return;
      case 'r':
        value += '\r';
        return;
      case 'x':
        value += static_cast<char>(take_number(16, 8));
        return;
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7':
        --at_;
        value += static_cast<char>(take_number(8, 3));
        return;
      case 'u':
      case 'U':
        take_number(16, c == 'u' ? 4 : 8);
        value += '?';  // no word of SQL has such a letter
        return;
      default:
        if (at_ <= text_.size()) value += c;
    }
  }
  unsigned take_number(unsigned base, int most) {
    unsigned number = 0;
    for (; most > 0 && hex_value(peek()) >= 0 && static_cast<unsigned>(hex_value(peek())) < base; --most)
      number = number * base + static_cast<unsigned>(hex_value(text_[at_++]));
    return number & 0xff;
  }
  void take_sign() {
    const std::size_t begin = at_;
    for (const std::string_view two : {"<<", "+=", "::", "->", "==", "&&", "||"}) {
      if (!starts(two)) continue;
      at_ += two.size();
      return add(CodeToken::sign, begin, line_, std::string(two));
    }
    ++at_;
    add(CodeToken::sign, begin, line_, std::string(1, text_[begin]));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool fresh_line_ = true;
  bool in_directive_ = false;
  std::vector<CodeToken> tokens_;
};

}  // namespace

std::vector<CodeToken> code_tokens(std::string_view source) { return CodeScanner(source).run(); }

}  // namespace patchgate
