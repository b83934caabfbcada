#include "analyzers/clang/client/compiler_call.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "analyzers/clang/client/paths.h"

namespace patchgate {
namespace {

constexpr std::array<std::string_view, 8> kWrappers{"ccache",     "sccache", "distcc",    "icecc",
                                                    "buildcache", "gomacc",  "rewrapper", "nice"};

constexpr std::array<std::string_view, 31> kProcessors{
    "x86_64",      "amd64",   "i386",   "i486",     "i586",    "i686",    "aarch64",   "arm64",
    "riscv32",     "riscv64", "ppc",    "ppc64",    "ppc64le", "powerpc", "powerpc64", "powerpc64le",
    "mips",        "mipsel",  "mips64", "mips64el", "s390x",   "sparc",   "sparc64",   "sparcv9",
    "loongarch64", "wasm32",  "wasm64", "hexagon",  "m68k",    "avr",     "msp430"};

bool is_assignment(std::string_view word) {
  const auto equals = word.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  return std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(equals),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

/// The place of the compiler in `words`.
std::size_t step_over_wrappers(const std::vector<std::string>& words) {
  std::size_t at = 0;
  bool after_wrapper = true;
  while (at < words.size() && after_wrapper) {
    const auto name = file_name(words[at]);
    if (std::find(kWrappers.begin(), kWrappers.end(), name) != kWrappers.end()) {
      // `ccache` alone is a wrapper; its own options and settings stand before the compiler.
      ++at;
      while (at < words.size() && (words[at].starts_with('-') || is_assignment(words[at]))) ++at;
    } else if (name == "env" || is_assignment(words[at])) {
      ++at;
    } else if (name == "libtool" || (name == "sh" && at + 1 < words.size() && file_name(words[at + 1]) == "libtool")) {
      at += name == "sh" ? 2 : 1;
      while (at < words.size() && words[at].starts_with("--")) ++at;
    } else {
      after_wrapper = false;
    }
  }
  return at;
}

/// "clang++-19" → "clang++", "gcc-12.2" → "gcc", "g++.exe" → "g++".
std::string_view without_version(std::string_view name) {
  if (name.ends_with(".exe")) name.remove_suffix(4);
  const auto dash = name.rfind('-');
  if (dash == std::string_view::npos || dash + 1 == name.size()) return name;
  const auto tail = name.substr(dash + 1);
  const bool version =
      std::all_of(tail.begin(), tail.end(), [](unsigned char c) { return std::isdigit(c) || c == '.'; });
  return version ? name.substr(0, dash) : name;
}

bool ends_as(std::string_view name, std::string_view driver) {
  if (!name.ends_with(driver)) return false;
  return name.size() == driver.size() || name[name.size() - driver.size() - 1] == '-';
}

bool any_of(std::string_view value, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

bool is_known_target(std::string_view triple) {
  if (triple.size() > 64) return false;
  const auto processor = triple.substr(0, triple.find('-'));
  const bool plain = std::all_of(triple.begin(), triple.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '.' || c == '-';
  });
  if (!plain || triple.find('-') == std::string_view::npos) return false;
  if (processor == "arm" || processor == "armeb" || processor.starts_with("armv") || processor.starts_with("thumb"))
    return true;
  return std::find(kProcessors.begin(), kProcessors.end(), processor) != kProcessors.end();
}

CompilerCall read_compiler_call(const std::vector<std::string>& words) {
  CompilerCall call;
  const auto at = step_over_wrappers(words);
  if (at >= words.size()) {
    call.not_ours = "no compiler";
    return call;
  }
  call.arguments.assign(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end());
  const auto name = without_version(file_name(words[at]));
  if (any_of(name, {"cl", "clang-cl"}) || ends_as(name, "clang-cl")) {
    call.not_ours = "clang-cl or cl";
  } else if (any_of(name,
                    {"nvcc", "hipcc", "rustc", "swiftc", "gfortran", "ifort", "ifx", "go", "zig", "dmd", "ldc2"}) ||
             ends_as(name, "gfortran")) {
    call.not_ours = "compiler of another language";
  } else if (any_of(name, {"as", "nasm", "yasm", "ml64"}) || ends_as(name, "as")) {
    call.not_ours = "assembler";
  } else if (any_of(name, {"ar", "ld", "ranlib", "ld.lld", "ld.gold", "echo", "cp", "mv", "true"})) {
    call.not_ours = "no compiler";
  }
  for (const auto driver : {"g++", "c++", "clang++", "icpc", "icpx", "em++", "armclang++"})
    if (ends_as(name, driver)) call.cplusplus_driver = true;
  for (const auto driver : {"g++", "gcc", "c++", "cc", "clang", "clang++"}) {
    if (!ends_as(name, driver) || name.size() == std::string_view(driver).size()) continue;
    const auto prefix = name.substr(0, name.size() - std::string_view(driver).size() - 1);
    if (is_known_target(prefix)) call.target = prefix;
  }
  return call;
}

std::optional<std::string> why_not_compiled(const std::vector<std::string>& arguments) {
  bool dependencies_only = false;
  bool with_dependencies = false;
  for (const auto& argument : arguments) {
    if (argument == "-cc1" || argument == "-cc1as") return "a step inside of the compiler (-cc1)";
    if (argument == "-E") return "only preprocessed (-E)";
    if (argument == "-M" || argument == "-MM") dependencies_only = true;
    if (argument == "-MD" || argument == "-MMD") with_dependencies = true;
  }
  if (dependencies_only && !with_dependencies) return "only lists what is included (-M)";
  return std::nullopt;
}

Language language_of_ending(std::string_view file) {
  const auto ending = file_ending(file);
  if (ending == ".c") return Language::c;
  if (any_of(ending, {".cc", ".cp", ".cxx", ".cpp", ".CPP", ".c++", ".C", ".cppm", ".ixx", ".ccm", ".cxxm"}))
    return Language::cplusplus;
  return Language::other;
}

Language language_of(const std::string& file, const std::vector<std::string>& arguments, bool cplusplus_driver) {
  std::string_view said;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "-x" && i + 1 < arguments.size()) said = arguments[i + 1];
    if (argument.starts_with("-x") && argument.size() > 2) said = argument.substr(2);
    if (argument.starts_with("--language=")) said = argument.substr(11);
  }
  if (any_of(said, {"c", "c-header"})) return Language::c;
  if (any_of(said, {"c++", "c++-header", "c++-module"})) return Language::cplusplus;
  if (!said.empty() && said != "none") return Language::other;
  const auto by_ending = language_of_ending(file);
  if (by_ending == Language::c && cplusplus_driver) return Language::cplusplus;
  if (by_ending != Language::other) return by_ending;
  if (any_of(file_ending(file), {".hh", ".hpp", ".hxx", ".h++", ".H", ".tcc"})) return Language::cplusplus;
  if (file_ending(file) == ".h") return cplusplus_driver ? Language::cplusplus : Language::c;
  return Language::other;
}

}  // namespace patchgate
