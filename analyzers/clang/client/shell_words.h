#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// A command line cut into words as a POSIX shell does (quotes and backslashes), but nothing is expanded: `$x`, `*` and
/// `;` stay as they are. None where a quote is not closed.
std::optional<std::vector<std::string>> split_shell_words(std::string_view line);

}  // namespace patchgate
