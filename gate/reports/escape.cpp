#include "gate/reports/escape.h"

#include <cstdint>

#include "analyzers/model/invisible.h"
#include "analyzers/model/utf8.h"

namespace patchgate {

namespace {

constexpr const char* kHex = "0123456789abcdef";

std::string hex(char32_t value, int digits) {
  std::string text(static_cast<std::size_t>(digits), '0');
  for (int i = digits - 1; i >= 0; --i, value >>= 4) text[static_cast<std::size_t>(i)] = kHex[value & 0xf];
  return text;
}

std::string escape_sequence(char32_t value) {
  if (value == '\n') return "\\n";
  if (value == '\r') return "\\r";
  if (value == '\t') return "\\t";
  if (value < 0x80) return "\\x" + hex(value, 2);
  if (value <= 0xffff) return "\\u" + hex(value, 4);
  return "\\U" + hex(value, 8);
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// `##[` and `##word[` at `at`, where both hashes are.
bool opens_logging_command(std::string_view text, std::size_t at) {
  std::size_t end = at + 2;
  while (end < text.size() && is_letter_or_digit(text[end])) ++end;
  return end < text.size() && text[end] == '[';
}

}  // namespace

std::string visible(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (!point.valid) {
      result += "\\x" + hex(point.value, 2);
    } else if (is_invisible(point.value)) {
      result += escape_sequence(point.value);
    } else {
      result += text.substr(at, point.length);
    }
    at += point.length;
  }
  return result;
}

std::string clipped(std::string_view visible_text, std::size_t most) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < visible_text.size(); ++count) {
    if (count == most) return std::string(visible_text.substr(0, at)) + "...";
    at += code_point_at(visible_text, at).length;
  }
  return std::string(visible_text);
}

std::string without_workflow_commands(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool line_start = true;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    const char c = text[at];
    if (line_start && text.substr(at, 2) == "::") {
      result += "\\x3a";
    } else if (c == '#' && at > 0 && text[at - 1] == '#' && opens_logging_command(text, at - 1)) {
      result += "\\x23";
    } else {
      result += text.substr(at, point.length);
    }
    // Runners trim all kinds of blanks before they look for `::`.
    const bool blank = c == ' ' || (point.valid && is_invisible(point.value));
    line_start = c == '\n' || c == '\r' || (line_start && blank);
    at += point.length;
  }
  return result;
}

std::string json_text(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (point.valid) {
      result += text.substr(at, point.length);
    } else {
      constexpr const char* kUpperHex = "0123456789ABCDEF";
      result += '%';
      result += kUpperHex[point.value >> 4];
      result += kUpperHex[point.value & 0xf];
    }
    at += point.length;
  }
  return result;
}

}  // namespace patchgate
