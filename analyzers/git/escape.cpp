#include "analyzers/git/escape.h"

#include <array>
#include <cstdint>
#include <cstdio>

#include "analyzers/model/invisible.h"
#include "analyzers/model/utf8.h"

namespace patchgate {
namespace {

void append_hex(std::string& out, const char* form, unsigned value) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), form, value);
  out += text.data();
}

void append_ascii(std::string& out, char c) {
  switch (c) {
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\\':
      out += "\\\\";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x20 || byte == 0x7f) {
    append_hex(out, "\\x%02x", byte);
  } else {
    out += c;
  }
}

}  // namespace

std::string escaped(std::string_view bytes, std::size_t most) {
  std::string out;
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (at >= most) return out + "...";
    const CodePoint c = code_point_at(bytes, at);
    if (!c.valid) {
      append_hex(out, "\\x%02x", static_cast<unsigned>(c.value));
    } else if (c.length == 1) {
      append_ascii(out, bytes[at]);
    } else if (is_invisible(c.value)) {
      append_hex(out, "\\u%04x", static_cast<unsigned>(c.value));
    } else {
      out += bytes.substr(at, c.length);
    }
    at += c.length;
  }
  return out;
}

std::string escaped_in_quotes(std::string_view bytes) {
  std::string out = "'";
  out += escaped(bytes);
  out += '\'';
  return out;
}

}  // namespace patchgate
