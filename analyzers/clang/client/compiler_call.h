#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// What a command line starts: wrappers (ccache, env, libtool, …) taken off, the compiler known by its name.
struct CompilerCall {
  bool cplusplus_driver = false;       ///< g++, clang++, c++: also a .c file is C++ to it
  std::string target;                  ///< from a name like aarch64-linux-gnu-gcc; else empty
  std::vector<std::string> arguments;  ///< what follows the compiler
  std::string not_ours;  ///< why this is no compiler that we can follow: "clang-cl", "assembler"; else empty
};

CompilerCall read_compiler_call(const std::vector<std::string>& words);

/// Whether the arguments (response files put in place) compile something: none = yes, else why not.
std::optional<std::string> why_not_compiled(const std::vector<std::string>& arguments);

enum class Language { c, cplusplus, other };

/// What the file is compiled as: by the last -x, else by driver and ending.
Language language_of(const std::string& file, const std::vector<std::string>& arguments, bool cplusplus_driver);

/// By the ending alone; headers (.h too) are `other` here.
Language language_of_ending(std::string_view file);

/// A target triple that Clang can look at: of a known processor, and made of letters, digits and _ . -
bool is_known_target(std::string_view triple);

}  // namespace patchgate
