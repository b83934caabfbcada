#pragma once

#include <cstdint>
#include <string_view>

namespace patchgate {

/// The line of `build_file`, whose content is `text`, where it runs something that names `program` (the last part of a
/// path, `gen.py`); 0 where it does not. What is run: calls like add_custom_command, custom_target, genrule and action
/// in CMake, Meson, Bazel and GN, recipes of Makefiles, any line of other build files. Comments do not count.
std::uint32_t line_that_runs(std::string_view build_file, std::string_view text, std::string_view program);

}  // namespace patchgate
