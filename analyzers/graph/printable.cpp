#include "analyzers/graph/printable.h"

#include <algorithm>
#include <cstdint>

#include "analyzers/model/invisible.h"
#include "analyzers/model/utf8.h"

namespace patchgate {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";

void append_hex(std::string& out, std::uint32_t value, unsigned digits) {
  for (unsigned i = digits; i-- > 0;) out += kHex[(value >> (4 * i)) & 0xfU];
}

/// In JSON a character beyond 16 bits takes two escapes.
void append_escape(std::string& out, std::uint32_t c, bool json) {
  if (c > 0xffff && json) {
    append_escape(out, 0xd800U + ((c - 0x10000U) >> 10U), true);
    append_escape(out, 0xdc00U + ((c - 0x10000U) & 0x3ffU), true);
    return;
  }
  out += c > 0xffff ? "\\U" : "\\u";
  append_hex(out, c, c > 0xffff ? 8 : 4);
}

/// Most names: no character needs a second look.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f && c != '\\' && c != '"'; });
}

std::string escaped(std::string_view text, bool json) {
  if (is_plain(text)) return std::string(text);
  std::string out;
  out.reserve(text.size() + 2);
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    if (!c.valid) {
      out += json ? "\\\\x" : "\\x";
      append_hex(out, c.value, 2);
    } else if (c.value == '\\') {
      out += "\\\\";
    } else if (c.value == '"' && json) {
      out += "\\\"";
    } else if (c.value == '\t') {
      out += "\\t";
    } else if (c.value == '\n') {
      out += "\\n";
    } else if (c.value == '\r') {
      out += "\\r";
    } else if (is_invisible(c.value)) {
      append_escape(out, c.value, json);
    } else {
      out += text.substr(at, c.length);
    }
    at += c.length;
  }
  return out;
}

}  // namespace

std::string printable(std::string_view text) { return escaped(text, false); }

std::string json_string(std::string_view text) {
  std::string quoted(1, '"');
  quoted.append(escaped(text, true)).push_back('"');
  return quoted;
}

}  // namespace patchgate
