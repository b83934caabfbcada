#include "analyzers/git/path_check.h"

#include <array>

#include "analyzers/model/utf8.h"

namespace patchgate {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_with_any_case(std::string_view text, std::string_view lower_prefix) {
  if (text.size() < lower_prefix.size()) return false;
  for (std::size_t i = 0; i < lower_prefix.size(); ++i) {
    if (lower(text[i]) != lower_prefix[i]) return false;
  }
  return true;
}

/// HFS+ leaves these out when it compares names.
bool hfs_ignores(char32_t c) {
  return (c >= 0x200c && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x206a && c <= 0x206f) || c == 0xfeff;
}

bool is_hfs_dotgit(std::string_view name) {
  std::string kept;
  for (std::size_t at = 0; at < name.size() && kept.size() <= 4;) {
    const CodePoint c = code_point_at(name, at);
    if (!c.valid) return false;
    if (!hfs_ignores(c.value)) {
      if (c.length > 1) return false;
      kept += lower(name[at]);
    }
    at += c.length;
  }
  return kept == ".git";
}

/// NTFS drops trailing dots and spaces, takes what follows a colon for a stream, and knows `.git` as `git~1` too.
bool is_ntfs_dotgit(std::string_view component) {
  constexpr std::array<std::string_view, 2> kForms = {".git", "git~1"};
  for (const std::string_view form : kForms) {
    if (!starts_with_any_case(component, form)) continue;
    const std::string_view rest = component.substr(form.size());
    const std::size_t end = rest.find_first_not_of(". ");
    if (end == std::string_view::npos || rest[end] == ':') return true;
  }
  return false;
}

bool is_dots(std::string_view component) { return component == "." || component == ".."; }

}  // namespace

std::optional<std::string> why_bad_name(std::string_view name) {
  if (name.empty()) return "an empty name";
  if (name.size() > kMaxPathBytes) return "longer than " + std::to_string(kMaxPathBytes) + " bytes";
  if (is_dots(name)) return "a component '" + std::string(name) + "'";
  if (name.find('/') != std::string_view::npos) return "a slash inside one name";
  if (name.find('\0') != std::string_view::npos) return "a NUL byte";
  if (is_hfs_dotgit(name)) return "a form of '.git'";
  for (std::size_t from = 0; from <= name.size();) {
    const std::size_t end = std::min(name.find('\\', from), name.size());
    const std::string_view part = name.substr(from, end - from);
    if (is_ntfs_dotgit(part)) return "a form of '.git'";
    if (part == "..") return "a component '..' (with backslash as separator)";
    from = end + 1;
  }
  return std::nullopt;
}

std::optional<std::string> why_bad_path(std::string_view path) {
  if (path.empty()) return "an empty path";
  if (path.size() > kMaxPathBytes) return "longer than " + std::to_string(kMaxPathBytes) + " bytes";
  if (path.front() == '/') return "an absolute path";
  for (std::size_t from = 0; from <= path.size();) {
    const std::size_t end = std::min(path.find('/', from), path.size());
    if (auto why = why_bad_name(path.substr(from, end - from))) return why;
    from = end + 1;
  }
  return std::nullopt;
}

}  // namespace patchgate
