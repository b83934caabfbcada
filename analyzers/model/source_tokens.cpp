#include "analyzers/model/source_tokens.h"

#include <algorithm>
#include <string>

namespace patchgate {
namespace {

bool is_word_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || (c & 0x80) != 0;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_word_start(c) || is_digit(c); }

/// Which part of the `#if`s around a place is compiled.
class Conditions {
 public:
  void directive(std::string_view name, std::string_view condition) {
    if (name == "if" || name == "ifdef" || name == "ifndef") {
      const bool never = name == "if" && (condition == "0" || condition == "false");
      const bool always = name == "if" && (condition == "1" || condition == "true");
      levels_.push_back({never, always});
    } else if ((name == "else" || name == "elif") && !levels_.empty()) {
      auto& level = levels_.back();
      level.off = level.always_before;
    } else if (name == "endif" && !levels_.empty()) {
      levels_.pop_back();
    }
  }
  bool off() const {
    return std::any_of(levels_.begin(), levels_.end(), [](const Level& level) { return level.off; });
  }

 private:
  struct Level {
    bool off = false, always_before = false;
  };
  std::vector<Level> levels_;
};

class Cutter {
 public:
  Cutter(std::string_view text, std::size_t most) : text_(text), most_(most) {}

  std::vector<SourceToken> cut() {
    while (at_ < text_.size() && tokens_.size() < most_) step();
    end_directive();
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void step() {
    const char c = peek();
    if (c == '\\' && (peek(1) == '\n' || (peek(1) == '\r' && peek(2) == '\n'))) {
      at_ += peek(1) == '\n' ? 2 : 3;
      ++line_;
      return;
    }
    if (c == '\n') {
      end_directive();
      line_begins_ = true;
      ++line_;
      ++at_;
      return;
    }
    if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v') {
      ++at_;
      return;
    }
    if (c == '#' && line_begins_) {
      in_directive_ = true;
      directive_begins_ = tokens_.size();
    }
    line_begins_ = false;
    token();
  }

  void token() {
    const auto begin = at_;
    const auto line = line_;
    const auto kind = take();
    tokens_.push_back({kind, in_directive_, off_, line, text_.substr(begin, at_ - begin)});
  }

  SourceToken::Kind take() {
    using Kind = SourceToken::Kind;
    const char c = peek();
    if (c == '/' && peek(1) == '/') {
      while (at_ < text_.size() && peek() != '\n') {
        if (peek() == '\\' && peek(1) == '\n') {
          ++line_;
          ++at_;
        }
        ++at_;
      }
      at_ = std::min(at_, text_.size());
      return Kind::comment;
    }
    if (c == '/' && peek(1) == '*') {
      take_until("*/", 2);
      return Kind::comment;
    }
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
      while (is_word(peek()) || peek() == '.' || (peek() == '\'' && is_word(peek(1))) ||
             ((peek() == '+' || peek() == '-') && (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E')))
        ++at_;
      return Kind::number;
    }
    if (is_word_start(c)) {
      const auto begin = at_;
      while (is_word(peek())) ++at_;
      const auto word = text_.substr(begin, at_ - begin);
      if (peek() == '"' && word.back() == 'R' && word.size() <= 3) return take_raw();
      return Kind::word;
    }
    if (c == '"' || c == '\'') {
      ++at_;
      while (at_ < text_.size() && peek() != c && peek() != '\n') at_ += peek() == '\\' && peek(1) != '\n' ? 2 : 1;
      at_ = std::min(at_ + (peek() == c ? 1U : 0U), text_.size());
      return Kind::text;
    }
    const auto two = text_.substr(at_, 2);
    at_ += two == "::" || two == "->" || two == "==" || two == "<<" ? 2 : 1;
    return Kind::sign;
  }

  SourceToken::Kind take_raw() {
    const auto open = text_.find('(', at_);
    constexpr std::size_t kLongestDelimiter = 16;
    if (open == std::string_view::npos || open - at_ - 1 > kLongestDelimiter) {
      ++at_;
      return SourceToken::Kind::text;
    }
    take_until(")" + std::string(text_.substr(at_ + 1, open - at_ - 1)) + "\"", 1);
    return SourceToken::Kind::text;
  }

  void take_until(std::string_view end, std::size_t skip) {
    const auto found = text_.find(end, at_ + skip);
    const auto stop = found == std::string_view::npos ? text_.size() : found + end.size();
    line_ += static_cast<std::uint32_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                   text_.begin() + static_cast<std::ptrdiff_t>(stop), '\n'));
    at_ = stop;
  }

  void end_directive() {
    if (!in_directive_) return;
    in_directive_ = false;
    std::vector<std::string_view> words;
    for (auto i = directive_begins_ + 1; i < tokens_.size() && words.size() < 3; ++i)
      if (tokens_[i].kind != SourceToken::Kind::comment) words.push_back(tokens_[i].spelling);
    if (words.empty()) return;
    conditions_.directive(words[0], words.size() == 2 ? words[1] : std::string_view());
    off_ = conditions_.off();
  }

  std::string_view text_;
  std::size_t most_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool line_begins_ = true, in_directive_ = false, off_ = false;
  std::size_t directive_begins_ = 0;
  Conditions conditions_;
  std::vector<SourceToken> tokens_;
};

}  // namespace

std::vector<SourceToken> source_tokens(std::string_view text, std::size_t most) { return Cutter(text, most).cut(); }

std::vector<bool> lines_with_code(const std::vector<SourceToken>& tokens) {
  std::vector<bool> lines(tokens.empty() ? 1 : tokens.back().line + 1U);
  for (const auto& token : tokens)
    if (token.kind != SourceToken::Kind::comment && !token.directive && !token.switched_off) lines[token.line] = true;
  return lines;
}

}  // namespace patchgate
