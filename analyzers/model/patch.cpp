#include "analyzers/model/patch.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace patchgate {

namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view file_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// Without its dot; empty for ".c" and "c".
std::string_view ending(std::string_view path) {
  const auto name = file_name(path);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view{} : name.substr(dot + 1);
}

template <class Predicate>
bool any_folder(std::string_view path, Predicate predicate) {
  for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    if (predicate(path.substr(0, slash))) return true;
    path.remove_prefix(slash + 1);
  }
  return false;
}

// Case counts: .C and .H are C++ by an old custom, and only in capitals.
constexpr auto kHeaders = std::to_array<std::string_view>(
    {"h", "hh", "hpp", "hxx", "h++", "H", "inl", "ipp", "tpp", "tcc", "txx", "inc", "def", "cuh"});
constexpr auto kSources = std::to_array<std::string_view>({"c", "cc", "cpp", "cxx", "c++", "C", "cu"});

constexpr auto kOtherLanguages = std::to_array<std::string_view>(
    {"ada",  "adb",   "ads", "asm",   "awk", "bash", "bat",   "clj", "cs",  "cppm",   "cl",  "d",   "dart",
     "el",   "erl",   "ex",  "exs",   "f",   "f90",  "fbs",   "fs",  "go",  "groovy", "hs",  "idl", "ixx",
     "java", "jl",    "js",  "jsx",   "kt",  "kts",  "l",     "ll",  "lua", "m",      "mjs", "ml",  "mli",
     "mm",   "nim",   "pas", "php",   "pl",  "pm",   "proto", "ps1", "py",  "pyx",    "r",   "rb",  "rs",
     "s",    "scala", "sh",  "swift", "tcl", "ts",   "tsx",   "y",   "zig"});

constexpr auto kConfigEndings = std::to_array<std::string_view>(
    {"yaml", "yml", "json",  "json5",      "jsonc", "toml",    "ini",    "conf", "cnf",   "cfg", "config",
     "env",  "hcl", "plist", "properties", "rc",    "service", "socket", "tf",   "timer", "xml", "xsd"});
constexpr auto kConfigNames = std::to_array<std::string_view>(
    {".env", ".editorconfig", ".clang-format", ".clang-tidy", ".gitattributes", ".gitignore", ".gitmodules"});

// Those that say nothing about C and C++; the others are known by their role (build_role.h).
constexpr auto kBuildNames = std::to_array<std::string_view>(
    {"Cargo.lock", "Cargo.toml", "Containerfile", "Dockerfile", "Gemfile", "Gemfile.lock", "Justfile", "Rakefile",
     "build.gradle", "build.xml", "config.h.in", "go.mod", "go.sum", "package-lock.json", "package.json", "pom.xml",
     "pyproject.toml", "setup.cfg", "setup.py"});

// Compared in lower case, except for "t" (Perl's custom, git's folder): a folder T is something else.
constexpr std::array<std::string_view, 10> kFoldersOfOthers{"deps",        "third_party", "thirdparty", "3rdparty",
                                                            "vendor",      "vendored",    "external",   "externals",
                                                            "subprojects", "node_modules"};
constexpr auto kTestFolders = std::to_array<std::string_view>(
    {"test", "tests", "unittest", "unittests", "unit_test", "unit_tests", "unit-tests", "autotest", "autotests",
     "selftest", "selftests", "testdata", "test_data", "testing", "testsuite", "testsuites", "spec", "__tests__"});

bool is_test_folder(std::string_view folder) {
  return folder == "t" || folder == "specs" || is_one_of(lowered(folder), kTestFolders);
}

bool is_test_name(std::string_view path) {
  auto stem = file_name(path);
  if (const auto end = ending(path); !end.empty()) stem.remove_suffix(end.size() + 1);
  const auto lower = lowered(stem);
  if (lower == "test" || lower == "tests" || lower == "unittest" || lower == "unittests") return true;
  for (const std::string_view start : {"test_", "test-", "tests_", "unittest_"}) {
    if (lower.starts_with(start)) return true;
  }
  for (const std::string_view end : {"_test", "-test", ".test", "_tests", "-tests", "_unittest", "-unittest",
                                     "_unittests", "_spec", "-spec", ".spec"}) {
    if (lower.ends_with(end)) return true;
  }
  if (lower.starts_with("test") && std::all_of(lower.begin() + 4, lower.end(), is_digit)) return true;
  // FeeTest, FeeTests, TestFee; neither Contest nor Testament.
  for (const std::string_view end : {"Test", "Tests"}) {
    if (stem.size() > end.size() && stem.ends_with(end)) {
      const char before = stem[stem.size() - end.size() - 1];
      if (is_lower(before) || is_digit(before)) return true;
    }
  }
  return stem.size() > 4 && stem.starts_with("Test") && is_upper(stem[4]);
}

bool is_gate(std::string_view path) {
  if (path.starts_with(".patchgate/")) return true;
  for (const std::string_view owners : {"CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS"}) {
    if (path == owners) return true;
  }
  constexpr std::string_view kWorkflows = ".github/workflows/";
  return path.starts_with(kWorkflows) && lowered(path.substr(kWorkflows.size())).find("patchgate") != std::string::npos;
}

bool is_build(std::string_view path) {
  const auto name = file_name(path);
  return is_one_of(name, kBuildNames) || ending(name) == "gradle" || build_role(path) == BuildRole::build ||
         name.starts_with("Dockerfile.") || path == "debian/control";
}

bool is_program(std::string_view path) {
  const std::string name(path);
  return is_c_family(name) || is_one_of(lowered(ending(path)), kOtherLanguages) ||
         build_role(path) == BuildRole::generator;
}

bool is_migration(std::string_view path) {
  if (lowered(ending(path)) == "sql") return true;
  // A C file there is code like any other and wants to be analysed (qemu's migration/).
  if (is_c_family(std::string(path))) return false;
  const auto in_folder = [&](std::string_view name) {
    return any_folder(path, [&](std::string_view folder) { return lowered(folder) == name; });
  };
  if (in_folder("migrations") || in_folder("migrate")) return true;
  // Alembic's scripts and Liquibase's change logs.
  return (in_folder("alembic") && in_folder("versions")) || (in_folder("changelog") && lowered(ending(path)) == "xml");
}

}  // namespace

const char* name_of(FileStatus status) {
  switch (status) {
    case FileStatus::added:
      return "added";
    case FileStatus::deleted:
      return "deleted";
    case FileStatus::modified:
      return "modified";
    case FileStatus::renamed:
      return "renamed";
    case FileStatus::copied:
      return "copied";
    case FileStatus::mode_changed:
      return "mode_changed";
    case FileStatus::type_changed:
      return "type_changed";
    case FileStatus::submodule:
      return "submodule";
  }
  return "?";
}

const char* name_of(FileClass file_class) {
  switch (file_class) {
    case FileClass::source:
      return "source";
    case FileClass::test:
      return "test";
    case FileClass::build:
      return "build";
    case FileClass::config:
      return "config";
    case FileClass::migration:
      return "migration";
    case FileClass::gate:
      return "gate";
    case FileClass::other:
      return "other";
  }
  return "?";
}

bool is_header(const std::string& path) {
  // Makefile.inc is a part of a Makefile (curl has dozens), other .inc files are included by code.
  if (ending(path) == "inc" && is_build(path)) return false;
  return is_one_of(ending(path), kHeaders);
}

bool is_c_family(const std::string& path) { return is_header(path) || is_one_of(ending(path), kSources); }

bool touches_c_family(const Patch& patch) {
  return std::any_of(patch.files.begin(), patch.files.end(), [](const FileChange& file) { return file.c_family; });
}

// The most specific word wins: a file's own name says more than the folders above it, the gate's own files more than
// anything.
FileClass classify(const std::string& path) {
  if (is_gate(path)) return FileClass::gate;
  if (is_build(path)) return FileClass::build;
  if (any_folder(path, is_test_folder)) return FileClass::test;
  if (build_role(path) == BuildRole::link) return FileClass::build;
  const bool program = is_program(path);
  if (program && is_test_name(path)) return FileClass::test;
  if (is_migration(path)) return FileClass::migration;
  if (program) return FileClass::source;
  if (is_one_of(lowered(ending(path)), kConfigEndings) || is_one_of(file_name(path), kConfigNames)) {
    return FileClass::config;
  }
  return FileClass::other;
}

bool is_vendored(const std::string& path) {
  return any_folder(path, [](std::string_view folder) {
    auto name = lowered(folder);
    std::replace(name.begin(), name.end(), '-', '_');
    return is_one_of(name, kFoldersOfOthers);
  });
}

}  // namespace patchgate
