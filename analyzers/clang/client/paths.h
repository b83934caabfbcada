#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace patchgate {

/// Absolute, '/'-separated, without `.`, `..`, doubled or trailing slashes, by the text alone; `path` starts at
/// `folder` when it is relative.
std::string normal_path(std::string_view path, std::string_view folder = "/");

/// What follows `folder` in `path` (both in normal form): "" for the folder itself, none where it lies elsewhere.
std::optional<std::string_view> path_below(std::string_view path, std::string_view folder);

/// The last component; its ending with the dot ("" where there is none, or the name starts with its only dot).
std::string_view file_name(std::string_view path);
std::string_view file_ending(std::string_view path);

/// The folder of a relative path: "" at the top.
std::string_view folder_of(std::string_view path);

}  // namespace patchgate
