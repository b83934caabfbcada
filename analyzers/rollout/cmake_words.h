#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// One command of a CMakeLists.txt.
struct CMakeCommand {
  std::string name;                ///< in small letters
  std::vector<std::string> words;  ///< without quotes, lists cut at `;`; as written otherwise
  std::uint32_t line = 0;
};

/// Commands in the order of the file (cmake.org, cmake-language(7)); comments left out. What cannot be read ends it.
std::vector<CMakeCommand> cmake_commands(std::string_view text);

}  // namespace patchgate
