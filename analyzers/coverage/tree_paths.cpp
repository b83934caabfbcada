#include "analyzers/coverage/tree_paths.h"

#include <algorithm>

namespace patchgate {
namespace {

constexpr std::size_t kLongestPath = 4096;

bool is_absolute(std::string_view name) {
  return name.starts_with('/') || name.starts_with('\\') || (name.size() > 2 && name[1] == ':');
}

}  // namespace

std::vector<std::string_view> parts_of_path(std::string_view name) {
  if (name.size() > kLongestPath) return {};
  const char* separators = name.find('/') == std::string_view::npos ? "\\" : "/";
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find_first_of(separators, at), name.size());
    const auto part = name.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    } else if (!is_absolute(name)) {
      return {};
    }
  }
  return parts;
}

TreePaths::TreePaths(std::vector<std::string> paths) : paths_(std::move(paths)), endings_(1) {
  for (std::uint32_t file = 0; file < paths_.size(); ++file) {
    const auto parts = parts_of_path(paths_[file]);
    std::uint32_t ending = 0;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      const auto [known, is_new] = longer_.try_emplace({ending, *part}, static_cast<std::uint32_t>(endings_.size()));
      ending = known->second;
      if (is_new) {
        endings_.push_back({false, file, file});
      } else if (endings_[ending].another_file == endings_[ending].file) {
        endings_[ending].another_file = file;
      }
    }
    if (ending == 0) continue;
    auto& whole = endings_[ending];
    // The path itself stands first.
    if (whole.file != file) whole.another_file = whole.file;
    whole.file = file;
    whole.whole = true;
  }
}

std::vector<TreePaths::Candidate> TreePaths::meant_by(std::string_view name) const {
  const auto parts = parts_of_path(name);
  std::vector<Candidate> found;
  std::uint32_t ending = 0;
  std::size_t taken = 0;
  std::vector<std::pair<std::uint32_t, std::size_t>> whole;  // file, parts before it
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    const auto next = longer_.find({ending, *part});
    if (next == longer_.end()) break;
    ending = next->second;
    ++taken;
    if (endings_[ending].whole) whole.emplace_back(endings_[ending].file, parts.size() - taken);
  }
  for (auto match = whole.rbegin(); match != whole.rend(); ++match) {
    std::string root = is_absolute(name) ? "/" : "";
    for (std::size_t i = 0; i < match->second; ++i) root += std::string(parts[i]) + "/";
    found.push_back({paths_[match->first], std::move(root)});
  }
  if (found.empty() && taken == parts.size() && taken > 0 && !is_absolute(name)) {
    found.push_back({paths_[endings_[ending].file], "?"});
    if (endings_[ending].another_file != endings_[ending].file)
      found.push_back({paths_[endings_[ending].another_file], "?"});
  }
  return found;
}

}  // namespace patchgate
