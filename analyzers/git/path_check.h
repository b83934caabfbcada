#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace patchgate {

inline constexpr std::size_t kMaxPathBytes = 4096;

/// Why one name in a git tree may not be: empty, `.`, `..`, a slash or NUL in it, or a form of `.git` that some file
/// system takes for it (any case; HFS+: ignorable characters inside; NTFS: `git~1`, trailing dots and spaces,
/// `:stream`, backslash as separator). None = fine. Other control characters are fine here; who prints must escape.
std::optional<std::string> why_bad_name(std::string_view name);

/// The same for a whole path, '/'-separated: not absolute, at most kMaxPathBytes, every component a good name.
std::optional<std::string> why_bad_path(std::string_view path);

}  // namespace patchgate
