#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "gate/reports/escape.h"

namespace patchgate {

namespace {

constexpr std::string_view kZeroWidthSpace = "\xe2\x80\x8b";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

bool continues_with(std::string_view text, std::size_t at, std::string_view word) {
  if (text.size() - at < word.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, char b) { return a == lower(b); });
}

/// `:name:` with a letter in it, where neither colon belongs to a `::`.
bool opens_emoji(std::string_view text, std::size_t at) {
  if (at > 0 && text[at - 1] == ':') return false;
  bool letter = false;
  std::size_t end = at + 1;
  for (; end < text.size() && text[end] != ':'; ++end) {
    const char c = text[end];
    if (is_letter(c)) letter = true;
    if (!is_letter(c) && !is_digit(c) && c != '_' && c != '+' && c != '-') return false;
  }
  return letter && end < text.size() && !(end + 1 < text.size() && text[end + 1] == ':');
}

/// What the forge would find in plain text, broken after the character at `at`: mentions, references to issues
/// (`#1`, `GH-1`, `!1`, `%1`, `$1`), addresses, e-mail, emoji.
bool breaks_after(std::string_view text, std::size_t at) {
  const char c = text[at];
  const bool digit_follows = at + 1 < text.size() && is_digit(text[at + 1]);
  if (c == '@' || c == '#') return true;
  if (c == '!' || c == '%' || c == '$') return digit_follows;
  if (c == '-') return digit_follows && at >= 2 && continues_with(text, at - 2, "gh-");
  if (c == ':') return continues_with(text, at, "://") || opens_emoji(text, at);
  return lower(c) == 'w' && at >= 2 && continues_with(text, at - 2, "www.");
}

bool is_markup(char c) { return std::string_view("\\`*_{}[]|~$!").find(c) != std::string_view::npos; }

/// Where a block could begin, the first characters could make it a heading, a list, a quote, a rule or a command of the
/// forge (`/close`).
bool opens_block(std::string_view text) {
  if (std::string_view("-+=/").find(text.front()) != std::string_view::npos) return true;
  const std::size_t end = text.find_first_not_of("0123456789");
  return end != std::string_view::npos && end > 0 && (text[end] == '.' || text[end] == ')');
}

std::string entity_of(char c) {
  if (c == '&') return "&amp;";
  if (c == '<') return "&lt;";
  if (c == '>') return "&gt;";
  return {};
}

std::size_t longest_backtick_run(std::string_view text) {
  std::size_t longest = 0, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// `plain` went through visible().
std::string code_span(const std::string& plain) {
  if (plain.empty()) return "` `";
  const std::string fence(longest_backtick_run(plain) + 1, '`');
  const bool only_blanks = plain.find_first_not_of(' ') == std::string::npos;
  const bool blanks_would_go = plain.front() == ' ' && plain.back() == ' ' && !only_blanks;
  const bool pad = plain.front() == '`' || plain.back() == '`' || blanks_would_go;
  const std::string blank = pad ? " " : "";
  return fence + blank + plain + blank + fence;
}

}  // namespace

std::string markdown_prose(std::string_view text) {
  const std::string plain = visible(text);
  std::string result;
  if (!plain.empty() && opens_block(plain)) result += kZeroWidthSpace;
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const char c = plain[at];
    if (const std::string entity = entity_of(c); !entity.empty()) {
      result += entity;
      continue;
    }
    if (is_markup(c)) result += '\\';
    result += c;
    if (breaks_after(plain, at)) result += kZeroWidthSpace;
  }
  return result;
}

std::string markdown_code(std::string_view text) { return code_span(visible(text)); }

std::string markdown_code_in_table(std::string_view text) {
  std::string plain;
  // A backslash in front of a pipe would escape the escape.
  for (const char c : visible(text)) {
    if (c == '|') {
      std::size_t backslashes = 0;
      for (; !plain.empty() && plain.back() == '\\'; plain.pop_back()) ++backslashes;
      for (; backslashes > 0; --backslashes) plain += "\\x5c";
      plain += '\\';
    }
    plain += c;
  }
  return code_span(plain);
}

}  // namespace patchgate
