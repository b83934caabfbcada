#include "analyzers/git/content.h"

#include <algorithm>
#include <cmath>

namespace patchgate {
namespace {

std::string at_line(std::string_view text, std::size_t offset) {
  return std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

std::optional<std::size_t> lone_carriage_return(std::string_view text) {
  for (std::size_t at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1)) {
    if (at + 1 == text.size() || text[at + 1] != '\n') return at;
  }
  return std::nullopt;
}

}  // namespace

std::uint64_t line_count(std::string_view text) {
  const auto ends = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
  return ends + (text.empty() || text.back() == '\n' ? 0 : 1);
}

double comparison_cost(std::string_view base, std::string_view head) {
  if (base.empty() || head.empty()) return 0;
  const auto front =
      static_cast<std::size_t>(std::mismatch(base.begin(), base.end(), head.begin(), head.end()).first - base.begin());
  base.remove_prefix(front);
  head.remove_prefix(front);
  const auto back = static_cast<std::size_t>(
      std::mismatch(base.rbegin(), base.rend(), head.rbegin(), head.rend()).first - base.rbegin());
  base.remove_suffix(back);
  head.remove_suffix(back);
  return std::pow(static_cast<double>(line_count(base) + line_count(head)), 1.5);
}

bool looks_binary(std::string_view text) { return text.substr(0, 8000).find('\0') != std::string_view::npos; }

std::optional<std::string> why_not_source(std::string_view text) {
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return "binary-looking: NUL byte in line " + at_line(text, nul);
  }
  if (const auto lone = lone_carriage_return(text)) {
    return "a lone carriage return in line " + at_line(text, *lone) + ": git and Clang count lines differently";
  }
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    if (end - from > kMaxLineBytes) {
      return "minified-looking: line " + at_line(text, from) + " has " + std::to_string(end - from) + " bytes, limit " +
             std::to_string(kMaxLineBytes);
    }
    from = end + 1;
  }
  return std::nullopt;
}

bool is_lfs_pointer(std::string_view text) {
  return text.size() < 1024 && text.starts_with("version https://git-lfs.github.com/spec/");
}

}  // namespace patchgate
