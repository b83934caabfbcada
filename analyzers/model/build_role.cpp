#include "analyzers/model/build_role.h"

#include <algorithm>
#include <array>
#include <string>

#include "analyzers/model/patch.h"

namespace patchgate {

namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view file_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view ending(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view{} : name.substr(dot + 1);
}

bool steers_build(std::string_view path, std::string_view name) {
  static constexpr auto kNames = std::to_array<std::string_view>({"BUILD",
                                                                  "CMakeLists.txt",
                                                                  "CMakePresets.json",
                                                                  "CMakeUserPresets.json",
                                                                  "Jamfile",
                                                                  "Jamroot",
                                                                  "Kbuild",
                                                                  "Kconfig",
                                                                  "SConscript",
                                                                  "SConstruct",
                                                                  "WORKSPACE",
                                                                  "autogen.sh",
                                                                  "bootstrap.sh",
                                                                  "compile_commands.json",
                                                                  "compile_flags.txt",
                                                                  "conanfile.py",
                                                                  "conanfile.txt",
                                                                  "configure",
                                                                  "configure.ac",
                                                                  "configure.in",
                                                                  "meson.build",
                                                                  "meson.options",
                                                                  "meson_options.txt",
                                                                  "vcpkg.json",
                                                                  "wscript"});
  static constexpr auto kEndings =
      std::to_array<std::string_view>({"am", "bazel", "bzl", "cmake", "gn", "gni", "gyp", "gypi", "jam", "m4", "mak",
                                       "mk", "ninja", "pri", "pro", "sln", "vcxproj"});
  if (is_one_of(name, kNames) || is_one_of(ending(name), kEndings) || path == "debian/rules") return true;
  return name.starts_with("Makefile") || name.starts_with("makefile") || name.starts_with("GNUmakefile");
}

bool steers_link(std::string_view name) {
  static constexpr auto kEndings =
      std::to_array<std::string_view>({"exports", "ld", "lds", "sym", "syms", "symver", "ver"});
  if (is_one_of(ending(name), kEndings) || name.ends_with(".lds.S")) return true;
  // A map of compiled scripts or styles says nothing about symbols.
  static constexpr auto kOtherMaps = std::to_array<std::string_view>({"css", "js", "mjs", "cjs", "ts"});
  return ending(name) == "map" && !is_one_of(ending(name.substr(0, name.size() - 4)), kOtherMaps);
}

bool makes_source(std::string_view name) {
  static constexpr auto kEndings =
      std::to_array<std::string_view>({"asn1", "capnp", "fbs", "gperf", "idl", "l", "lex", "lpp", "proto", "pyx", "re",
                                       "rl", "td", "thrift", "tmpl", "xs", "y", "ypp", "yy"});
  if (is_one_of(ending(name), kEndings) || name == "config.h.in") return true;
  static constexpr auto kTemplates =
      std::to_array<std::string_view>({"in", "cmakein", "j2", "jinja", "jinja2", "template", "tpl"});
  const auto last = ending(name);
  return is_one_of(last, kTemplates) && is_c_family(std::string(name.substr(0, name.size() - last.size() - 1)));
}

}  // namespace

const char* name_of(BuildRole role) {
  switch (role) {
    case BuildRole::none:
      return "none";
    case BuildRole::build:
      return "build";
    case BuildRole::link:
      return "link";
    case BuildRole::generator:
      return "generator";
  }
  return "?";
}

BuildRole build_role(std::string_view path) {
  const auto name = file_name(path);
  if (steers_build(path, name)) return BuildRole::build;
  // A template of such a file is filled in by the build: libx.map.in.
  const auto made = ending(name) == "in" ? name.substr(0, name.size() - 3) : name;
  if (steers_link(made)) return BuildRole::link;
  return makes_source(name) ? BuildRole::generator : BuildRole::none;
}

bool may_be_script(std::string_view path) {
  static constexpr auto kEndings = std::to_array<std::string_view>(
      {"", "awk", "bash", "bat", "js", "lua", "mjs", "php", "pl", "pm", "ps1", "py", "rb", "sed", "sh", "tcl", "zsh"});
  return is_one_of(ending(file_name(path)), kEndings);
}

bool is_module_definition(std::string_view text) {
  static constexpr auto kStatements = std::to_array<std::string_view>(
      {"DESCRIPTION", "EXPORTS", "HEAPSIZE", "IMPORTS", "LIBRARY", "NAME", "SECTIONS", "STACKSIZE", "VERSION"});
  while (!text.empty()) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return false;
    text.remove_prefix(begin);
    if (text.front() == ';') {  // a comment
      text.remove_prefix(std::min(text.find('\n'), text.size()));
      continue;
    }
    const auto end = std::min(text.find_first_of(" \t\r\n;"), text.size());
    return is_one_of(text.substr(0, end), kStatements);
  }
  return false;
}

}  // namespace patchgate
