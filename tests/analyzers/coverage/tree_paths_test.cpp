#include "analyzers/coverage/tree_paths.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

const std::vector<std::string> kTree{"src/fee.cpp", "src/util.cpp", "lib/util.cpp", "x/src/fee.h",
                                     "src/fee.h",   "main.cpp",     "lib/a/b.cpp",  "include/shop/fee.h"};

std::string meant(std::string_view name) {
  static const TreePaths tree(kTree);
  std::string text;
  for (const auto& candidate : tree.meant_by(name))
    text += (text.empty() ? "" : ", ") + std::string(candidate.path) + " below '" + candidate.root + "'";
  return text;
}

struct Case {
  const char* name;
  std::string expected;
};

TEST(TreePaths, Cases) {
  const Case cases[] = {
      {"src/fee.cpp", "src/fee.cpp below ''"},
      {"./src//fee.cpp", "src/fee.cpp below ''"},
      {"src/../src/fee.cpp", "src/fee.cpp below ''"},
      {"/ci/build/shop/src/fee.cpp", "src/fee.cpp below '/ci/build/shop/'"},
      {"/ci/build/../shop/src/fee.cpp", "src/fee.cpp below '/ci/shop/'"},
      {"/ci/x/src/fee.h", "x/src/fee.h below '/ci/', src/fee.h below '/ci/x/'"},
      {"/ci/main.cpp", "main.cpp below '/ci/'"},
      {R"(C:\ci\src\fee.cpp)", "src/fee.cpp below '/C:/ci/'"},
      {"b.cpp", "lib/a/b.cpp below '?'"},
      {"a/b.cpp", "lib/a/b.cpp below '?'"},
      {"/b.cpp", ""},
      {"util.cpp", "src/util.cpp below '?', lib/util.cpp below '?'"},
      {"other.cpp", ""},
      {"rc/fee.cpp", ""},
      // Out of the tree: never.
      {"../src/fee.cpp", ""},
      {"../../etc/passwd", ""},
      {"src/../../src/fee.cpp", ""},
      {"", ""},
      {"/", ""},
      {"..", ""},
      // FN_: the folder in which gcov ran is not told.
      {"../src/util.cpp", ""},
  };
  for (const auto& one : cases) EXPECT_EQ(meant(one.name), one.expected) << one.name;
}

TEST(TreePaths, ALongNameCostsNoMoreThanItsLength) {
  std::string deep, name;
  for (int i = 0; i < 900; ++i) deep += "a/";
  for (int i = 0; i < 1900; ++i) name += "a/";
  const TreePaths tree({deep + "f.cpp", "f.cpp"});
  EXPECT_EQ(tree.meant_by("/" + name + "f.cpp").size(), 2U);
  EXPECT_EQ(tree.meant_by(std::string(5000, 'a') + "/f.cpp").size(), 0U) << "longer than 4096";
}

}  // namespace
}  // namespace patchgate
