#pragma once

#include <cstdint>
#include <string_view>

namespace patchgate {

/// How a file decides what is built, beside being compiled itself. What depends on it is in no call graph.
enum class BuildRole : std::uint8_t {
  none,
  build,      ///< says which files are compiled, with which flags, into what: CMakeLists.txt, Makefile, …
  link,       ///< says which symbols are seen or where they are put: a version map, a linker script, a list of exports
  generator,  ///< source is made from it or by it: a grammar, an interface, a template of a header, a script
};

/// The words of reports: "none", "build", "link", "generator".
const char* name_of(BuildRole role);

/// By the name alone. A script is a generator only where some build file runs it, which its name does not tell.
BuildRole build_role(std::string_view path);

/// A program text that a build could run: by its ending, or without one.
bool may_be_script(std::string_view path);

/// The text of a module definition (the .def that linkers read), which shares its ending with C headers: it begins with
/// one of the statements of that language.
bool is_module_definition(std::string_view text);

}  // namespace patchgate
