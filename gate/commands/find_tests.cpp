#include <algorithm>
#include <set>

#include "gate/commands/project_signs.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostTexts = 300;

struct Framework {
  const char* name;
  std::vector<const char*> headers;  ///< as an include directive spells their beginning
  bool known;                        ///< to analyzers/tests by its macros
};

const std::vector<Framework>& frameworks() {
  static const std::vector<Framework> table{
      {"GoogleTest", {"gtest/", "gmock/"}, true},
      {"Catch2", {"catch2/", "catch.hpp"}, true},
      {"doctest", {"doctest"}, true},
      {"Boost.Test", {"boost/test/"}, true},
      {"Check", {"check.h"}, true},
      {"cmocka", {"cmocka.h"}, true},
      {"CppUTest", {"CppUTest/"}, false},
      {"Criterion", {"criterion/"}, false},
      {"Unity", {"unity.h"}, false},
      {"Qt Test", {"QtTest", "QTest"}, false},
  };
  return table;
}

bool ends_with_one_of(const std::string& path, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](auto end) { return path.ends_with(end); });
}

bool is_test_source(const std::string& path) {
  std::string lower = path;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower.find("test") != std::string::npos &&
         ends_with_one_of(lower, {".c", ".cc", ".cpp", ".cxx", ".h", ".hpp"});
}

/// Whether a line includes a header that is spelt so: `#include <gtest/gtest.h>`, `# include "doctest.h"`.
bool includes(const std::string& text, const char* header) {
  for (const char quote : {'<', '"'}) {
    const std::string spelling = quote + std::string(header);
    for (auto at = text.find(spelling); at != std::string::npos; at = text.find(spelling, at + 1)) {
      const auto line = text.rfind('\n', at) + 1;
      const auto word = text.find("include", line);
      if (word < at && text.find_first_not_of(" \t", line) == text.find('#', line)) return true;
    }
  }
  return false;
}

}  // namespace

void find_tests(const std::vector<std::string>& paths, const ReadText& read, ProjectSigns& signs) {
  std::set<std::string> seen;
  bool any_source = false, any_known = false;
  std::size_t texts = 0;
  for (const auto& path : paths) {
    if (!is_test_source(path)) continue;
    any_source = true;
    if (++texts > kMostTexts) break;
    const auto text = read(path);
    if (!text) continue;
    for (const auto& framework : frameworks()) {
      const bool used = std::any_of(framework.headers.begin(), framework.headers.end(),
                                    [&](const char* header) { return includes(*text, header); });
      if (!used || !seen.insert(framework.name).second) continue;
      signs.tests.push_back(std::string(framework.name) + " (" + path + ")");
      any_known = any_known || framework.known;
    }
  }
  for (const auto& path : paths) {
    const bool is_build_file = path == signs.built_by || path.ends_with("/CMakeLists.txt");
    if (signs.build.name != "CMake" || !is_build_file || ++texts > 2 * kMostTexts) continue;
    const auto text = read(path);
    if (!text || (text->find("add_test(") == std::string::npos && text->find("_discover_tests(") == std::string::npos))
      continue;
    signs.tests.push_back("run by ctest (" + path + ")");
    break;
  }
  if (!any_source)
    signs.not_known.emplace_back("how it is tested: no C or C++ file has `test` in its path");
  else if (!any_known)
    signs.not_known.emplace_back(
        "which functions are tests: no framework was recognised whose tests patchgate knows by their macros; in test "
        "files it counts functions named like a test that a main or a table runs");
}

}  // namespace patchgate
