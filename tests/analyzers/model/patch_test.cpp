#include "analyzers/model/patch.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* name;
  std::vector<std::string> paths;
  bool touches;
};

class TouchesCFamily : public testing::TestWithParam<Case> {};

TEST_P(TouchesCFamily, WhenOneFileIsOfIt) {
  Patch patch;
  for (const auto& path : GetParam().paths) {
    FileChange file;
    file.path = path;
    file.c_family = is_c_family(path);
    patch.files.push_back(file);
  }
  EXPECT_EQ(touches_c_family(patch), GetParam().touches);
}

INSTANTIATE_TEST_SUITE_P(Table, TouchesCFamily,
                         testing::Values(Case{"no_file", {}, false}, Case{"source", {"a.c"}, true},
                                         Case{"header", {"a.h"}, true}, Case{"others", {"README", "a.py"}, false},
                                         Case{"the_last", {"README", "a.py", "z.cpp"}, true}),
                         [](const auto& row) { return std::string(row.param.name); });

// By its name alone: what could not be read is code all the same.
TEST(TouchesCFamilyUnread, CountsAsCode) {
  FileChange file;
  file.path = "huge.c";
  file.c_family = true;
  file.unread = "larger than 8 MiB";
  Patch patch;
  patch.files.push_back(file);
  EXPECT_TRUE(touches_c_family(patch));
}

}  // namespace
}  // namespace patchgate
