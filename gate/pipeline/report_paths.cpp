#include "gate/pipeline/report_paths.h"

#include <algorithm>
#include <system_error>

namespace patchgate {
namespace {

namespace fs = std::filesystem;

bool may_come_before(char c) { return std::string_view(" '\"(=").find(c) != std::string_view::npos; }

/// Where a path that begins at `begin` ends: at the closing quote, else before what parts words.
std::size_t end_of_path(std::string_view text, std::size_t begin) {
  const char before = begin == 0 ? ' ' : text[begin - 1];
  const bool quoted = before == '\'' || before == '"';
  const auto end = quoted ? text.find(before, begin) : text.find_first_of(" ,;:()'\"", begin);
  return std::min(end, text.size());
}

}  // namespace

std::string name_in_message(const fs::path& given, const fs::path& repository) {
  std::error_code error;
  const auto whole = fs::absolute(given, error).lexically_normal();
  if (!error && !repository.empty()) {
    const auto inside = whole.lexically_relative(fs::absolute(repository, error).lexically_normal());
    const bool below = !inside.empty() && *inside.begin() != ".." && inside != ".";
    if (below) return inside.generic_string();
  }
  return given.generic_string();
}

std::string name_in_report(const fs::path& given, const fs::path& repository) {
  const fs::path name = name_in_message(given, repository);
  if (name.is_relative()) return name.generic_string();
  const auto normal = name.lexically_normal();
  return (normal.has_filename() ? normal : normal.parent_path()).filename().string();
}

std::string without_absolute_paths(std::string_view message, const fs::path& repository) {
  std::string text;
  for (std::size_t at = 0; at < message.size();) {
    const bool begins = message[at] == '/' && (at == 0 || may_come_before(message[at - 1]));
    const auto end = begins ? end_of_path(message, at) : at + 1;
    const auto piece = message.substr(at, end - at);
    const auto name = begins ? name_in_report(fs::path(piece), repository) : std::string();
    text += name.empty() ? piece : std::string_view(name);
    at = end;
  }
  return text;
}

}  // namespace patchgate
