#include "analyzers/rollout/spelled_tokens.h"

#include <algorithm>
#include <array>

namespace patchgate {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80U;
}

bool is_operator(char c) { return std::string_view("+-*/%&|^<>=!~?:.").find(c) != std::string_view::npos; }

class CodeScanner {
 public:
  explicit CodeScanner(std::string_view text) : text_(text) {}

  std::vector<SpelledToken> read() {
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  bool at(std::string_view spelling) const { return text_.substr(at_).starts_with(spelling); }

  void skip_to(std::size_t end) {
    end = std::min(end, text_.size());
    line_ += static_cast<std::uint32_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                   text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    at_ = end;
  }

  /// The end of the line at hand, spliced lines joined.
  std::size_t end_of_line() const {
    std::size_t end = at_;
    while (true) {
      end = std::min(text_.find('\n', end), text_.size());
      if (end == text_.size() || end == 0) return end;
      const std::size_t last = text_[end - 1] == '\r' && end > 1 ? end - 2 : end - 1;
      if (text_[last] != '\\') return end;
      ++end;
    }
  }

  void step() {
    const char c = text_[at_];
    if (c == '\n') {
      ++line_;
      ++at_;
      fresh_line_ = true;
      return;
    }
    if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' || c == '\\') {
      ++at_;
      return;
    }
    if (at("//")) return skip_to(end_of_line());
    if (at("/*")) {
      const auto end = text_.find("*/", at_ + 2);
      return skip_to(end == std::string_view::npos ? text_.size() : end + 2);
    }
    if (c == '#' && fresh_line_) return read_directive();
    fresh_line_ = false;
    if (c == '"') return read_string(at_);
    if (c == '\'') return read_character();
    if (is_word(c)) return read_word();
    constexpr std::array<std::string_view, 4> kPairs{"&&", "||", "::", "->"};
    const auto pair = std::find_if(kPairs.begin(), kPairs.end(), [&](std::string_view one) { return at(one); });
    add(SpelledToken::Kind::other, at_, pair == kPairs.end() ? 1 : 2);
  }

  void add(SpelledToken::Kind kind, std::size_t begin, std::size_t length) {
    const auto text = text_.substr(begin, length);
    const bool joined = begin > 0 && is_operator(text_[begin]) && is_operator(text_[begin - 1]);
    tokens_.push_back({kind, joined, line_, text, text});
    at_ = begin + length;
  }

  void read_directive() {
    constexpr std::array<std::string_view, 6> kSkipped{"include", "define", "pragma", "error", "warning", "line"};
    const std::size_t begin = at_;
    const std::size_t end = end_of_line();
    std::size_t word = begin + 1;
    while (word < end && (text_[word] == ' ' || text_[word] == '\t')) ++word;
    const auto name = text_.substr(word, end - word);
    const bool skipped =
        std::any_of(kSkipped.begin(), kSkipped.end(), [&](std::string_view one) { return name.starts_with(one); });
    const auto all = text_.substr(begin, end - begin);
    if (!skipped) tokens_.push_back({SpelledToken::Kind::directive, false, line_, all, all});
    skip_to(end);
  }

  void read_word() {
    std::size_t end = at_;
    while (end < text_.size() && (is_word(text_[end]) || is_separator(end))) ++end;
    const auto word = text_.substr(at_, end - at_);
    if (end < text_.size() && text_[end] == '"') {
      if (word == "R" || word == "LR" || word == "uR" || word == "UR" || word == "u8R") return read_raw(end);
      if (word == "L" || word == "u" || word == "U" || word == "u8") return read_string(end);
    }
    add(SpelledToken::Kind::word, at_, word.size());
  }

  /// The ' in 1'000.
  bool is_separator(std::size_t i) const {
    return text_[i] == '\'' && text_[at_] >= '0' && text_[at_] <= '9' && i + 1 < text_.size() && is_word(text_[i + 1]);
  }

  void read_string(std::size_t quote) {
    std::size_t end = quote + 1;
    while (end < text_.size() && text_[end] != '"' && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
    end = std::min(end, text_.size());
    const std::size_t behind = end < text_.size() && text_[end] == '"' ? end + 1 : end;
    add_text(quote + 1, end, behind);
  }

  void read_raw(std::size_t quote) {
    const auto open = std::min(text_.find('(', quote), text_.size());
    const std::string close = ")" + std::string(text_.substr(quote + 1, open - std::min(open, quote + 1))) + "\"";
    const auto end = std::min(text_.find(close, open), text_.size());
    const auto begin = std::min(open + 1, end);
    add_text(begin, end, std::min(end + close.size(), text_.size()));
  }

  /// The literal from here to `behind`, whose content is [begin, end).
  void add_text(std::size_t begin, std::size_t end, std::size_t behind) {
    tokens_.push_back(
        {SpelledToken::Kind::text, false, line_, text_.substr(begin, end - begin), text_.substr(at_, behind - at_)});
    skip_to(behind);
  }

  void read_character() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != '\'' && text_[end] != '\n') end += text_[end] == '\\' ? 2 : 1;
    end = std::min(end, text_.size());
    add(SpelledToken::Kind::other, at_, (end < text_.size() && text_[end] == '\'' ? end + 1 : end) - at_);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  bool fresh_line_ = true;
  std::vector<SpelledToken> tokens_;
};

}  // namespace

std::vector<SpelledToken> spelled_tokens(std::string_view text) { return CodeScanner(text).read(); }

}  // namespace patchgate
