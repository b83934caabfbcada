#include "analyzers/scope/defines.h"

#include <algorithm>
#include <cctype>

namespace patchgate {
namespace {

/// Parameters and what follows them are not longer than this.
constexpr std::size_t kLongest = 4000;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (text.substr(at, 2) == "/*") {
      const auto end = text.find("*/", at + 2);
      if (end == std::string_view::npos) return text.size();
      at = end + 2;
    } else if (text.substr(at, 2) == "//") {
      at = std::min(text.find('\n', at), text.size());
    } else if (is_space(text[at])) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

/// Behind the `)` that closes the `(` at `at`; npos where there is none.
std::size_t skip_parentheses(std::string_view text, std::size_t at) {
  int depth = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == ';' || text[at] == '{' || text[at] == '}') break;
    depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
    if (depth == 0) return at + 1;
  }
  return std::string_view::npos;
}

/// `rest` begins behind the name.
bool parameters_and_body(std::string_view rest) {
  rest = rest.substr(0, kLongest);
  std::size_t at = skip_spaces(rest, 0);
  if (at >= rest.size() || rest[at] != '(') return false;
  at = skip_parentheses(rest, at);
  while (at != std::string_view::npos) {
    at = skip_spaces(rest, at);
    if (at >= rest.size()) return false;
    if (rest[at] == '{') return true;
    if (rest[at] == ':') return rest.substr(at, 2) != "::";
    if (rest[at] == '(') {  // of an attribute, noexcept, throw
      at = skip_parentheses(rest, at);
    } else if (is_word(rest[at])) {
      while (at < rest.size() && is_word(rest[at])) ++at;
    } else {
      return false;
    }
  }
  return false;
}

}  // namespace

bool seems_to_define(std::string_view text, std::string_view name) {
  if (name.empty()) return false;
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + name.size())) {
    if (at > 0 && is_word(text[at - 1])) continue;
    const auto rest = text.substr(at + name.size());
    if (!rest.empty() && is_word(rest.front())) continue;
    if (parameters_and_body(rest)) return true;
  }
  return false;
}

}  // namespace patchgate
