#include "analyzers/clang/client/paths.h"

#include <vector>

namespace patchgate {

std::string normal_path(std::string_view path, std::string_view folder) {
  std::vector<std::string_view> parts;
  const auto add = [&](std::string_view text) {
    while (!text.empty()) {
      const auto cut = text.find('/');
      const auto part = text.substr(0, cut);
      text = cut == std::string_view::npos ? std::string_view() : text.substr(cut + 1);
      if (part.empty() || part == ".") continue;
      if (part != "..") {
        parts.push_back(part);
      } else if (!parts.empty()) {
        parts.pop_back();
      }
    }
  };
  if (!path.starts_with('/')) add(folder);
  add(path);
  std::string normal;
  for (const auto part : parts) normal.append("/").append(part);
  return normal.empty() ? "/" : normal;
}

std::optional<std::string_view> path_below(std::string_view path, std::string_view folder) {
  if (folder.empty()) return std::nullopt;
  if (folder == "/") return path.substr(path.empty() ? 0 : 1);
  if (!path.starts_with(folder)) return std::nullopt;
  path.remove_prefix(folder.size());
  if (path.empty()) return path;
  if (path.front() != '/') return std::nullopt;
  return path.substr(1);
}

std::string_view file_name(std::string_view path) {
  const auto cut = path.rfind('/');
  return cut == std::string_view::npos ? path : path.substr(cut + 1);
}

std::string_view file_ending(std::string_view path) {
  const auto name = file_name(path);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

std::string_view folder_of(std::string_view path) {
  const auto cut = path.rfind('/');
  return cut == std::string_view::npos ? std::string_view() : path.substr(0, cut);
}

}  // namespace patchgate
