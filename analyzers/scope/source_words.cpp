#include "analyzers/scope/source_words.h"

#include <algorithm>
#include <utility>

namespace patchgate {
namespace {

/// Other spellings of what directives and blocks begin with; the longest first.
constexpr std::pair<std::string_view, std::string_view> kDigraphs[] = {
    {"%:%:", "##"}, {"%:", "#"}, {"<%", "{"}, {"%>", "}"}};

bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 128;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool continues_name(char c) { return starts_name(c) || is_digit(c); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

bool is_string_prefix(std::string_view name) {
  return name == "R" || name == "LR" || name == "uR" || name == "UR" || name == "u8R" || name == "L" || name == "u" ||
         name == "U" || name == "u8";
}

}  // namespace

bool has_splices(std::string_view text) {
  return text.find("\\\n") != std::string_view::npos || text.find("\\\r\n") != std::string_view::npos;
}

std::string without_splices(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      const auto line_break = i + 1 < text.size() && text[i + 1] == '\r' ? i + 2 : i + 1;
      if (line_break < text.size() && text[line_break] == '\n') {
        i = line_break;
        continue;
      }
    }
    plain += text[i];
  }
  return plain;
}

bool SourceWords::skip_blanks(bool within_line) {
  bool passed = false;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '\n') {
      if (within_line) return passed;
      passed = true;
      ++at_;
    } else if (is_blank(c)) {
      ++at_;
    } else if (text_.compare(at_, 2, "//") == 0) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (text_.compare(at_, 2, "/*") == 0) {
      const auto end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? text_.size() : end + 2;
    } else {
      break;
    }
  }
  return passed;
}

void SourceWords::skip_quoted(char quote) {
  ++at_;
  while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') at_ += text_[at_] == '\\' ? 2 : 1;
  if (at_ < text_.size() && text_[at_] == quote) ++at_;
  at_ = std::min(at_, text_.size());
}

void SourceWords::skip_raw_string() {
  constexpr std::size_t kLongestDelimiter = 16;
  // Not looked for any further: a text of many such words would take for ever.
  const auto open = text_.substr(at_, kLongestDelimiter + 2).find('(');
  if (open == std::string_view::npos) return skip_quoted('"');
  const auto close = ")" + std::string(text_.substr(at_ + 1, open - 1)) + "\"";
  const auto end = text_.find(close, at_ + open);
  at_ = end == std::string_view::npos ? text_.size() : end + close.size();
}

SourceWord SourceWords::cut() {
  using Kind = SourceWord::Kind;
  const auto begin = at_;
  const auto word = [&](Kind kind) { return SourceWord{kind, text_.substr(begin, at_ - begin), false}; };
  const char c = text_[at_];
  if (starts_name(c)) {
    while (at_ < text_.size() && continues_name(text_[at_])) ++at_;
    const auto name = text_.substr(begin, at_ - begin);
    if (at_ >= text_.size() || (text_[at_] != '"' && text_[at_] != '\'') || !is_string_prefix(name))
      return word(Kind::name);
    if (name.back() == 'R' && text_[at_] == '"') {
      skip_raw_string();
    } else {
      skip_quoted(text_[at_]);
    }
    return word(Kind::text);
  }
  if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
    while (at_ < text_.size()) {
      const char d = text_[at_];
      const bool digit_separator = d == '\'' && at_ + 1 < text_.size() && continues_name(text_[at_ + 1]);
      const bool sign = (d == '+' || d == '-') && (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E' ||
                                                   text_[at_ - 1] == 'p' || text_[at_ - 1] == 'P');
      if (!continues_name(d) && d != '.' && !digit_separator && !(sign && at_ > begin)) break;
      ++at_;
    }
    return word(Kind::number);
  }
  if (c == '"' || c == '\'') {
    skip_quoted(c);
    return word(Kind::text);
  }
  for (const auto& [spelt, meant] : kDigraphs) {
    if (text_.compare(at_, spelt.size(), spelt) != 0) continue;
    at_ += spelt.size();
    return {Kind::punctuation, meant, false};
  }
  const bool pair = at_ + 1 < text_.size() && text_[at_ + 1] == c && (c == ':' || c == '#' || c == '[' || c == ']');
  at_ += pair ? 2 : 1;
  return word(Kind::punctuation);
}

SourceWord SourceWords::next() {
  const bool starts_line = skip_blanks(/*within_line=*/false) || at_line_start_;
  at_line_start_ = false;
  if (at_ >= text_.size()) return {};
  auto word = cut();
  word.starts_line = starts_line;
  return word;
}

SourceWord SourceWords::next_on_line() {
  skip_blanks(/*within_line=*/true);
  if (at_ >= text_.size() || text_[at_] == '\n') return {};
  return cut();
}

std::string_view SourceWords::include_name(bool& quoted) {
  skip_blanks(/*within_line=*/true);
  if (at_ >= text_.size()) return {};
  quoted = text_[at_] == '"';
  if (!quoted && text_[at_] != '<') return {};
  const auto line = std::min(text_.find('\n', at_), text_.size());
  const auto end = text_.substr(0, line).find(quoted ? '"' : '>', at_ + 1);
  if (end == std::string_view::npos) return {};
  const auto name = text_.substr(at_ + 1, end - at_ - 1);
  at_ = end + 1;
  return name;
}

}  // namespace patchgate
