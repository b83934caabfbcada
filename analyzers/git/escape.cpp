#include "analyzers/git/escape.h"

#include <array>
#include <cstdint>
#include <cstdio>

#include "analyzers/model/utf8.h"

namespace patchgate {
namespace {

bool invisible(char32_t c) {
  return (c >= 0x80 && c <= 0x9f) || c == 0xad || c == 0x34f || c == 0x61c || c == 0x115f || c == 0x1160 ||
         (c >= 0x17b4 && c <= 0x17b5) || (c >= 0x180b && c <= 0x180f) || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0x3164 || (c >= 0xfe00 && c <= 0xfe0f) ||
         c == 0xfeff || c == 0xffa0 || (c >= 0xfff0 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe0fff);
}

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
    } else if (invisible(c.value)) {
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
