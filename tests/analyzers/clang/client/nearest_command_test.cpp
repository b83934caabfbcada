#include <algorithm>

#include <gtest/gtest.h>

#include "analyzers/clang/client/compile_database.h"

namespace patchgate {
namespace {

CompileDatabase database(std::initializer_list<const char*> files) {
  CompileDatabase made;
  for (const auto* file : files) {
    CompileCommand command;
    command.file = file;
    command.arguments = {"-DOF=" + command.file};
    made.commands.push_back(command);
  }
  std::sort(made.commands.begin(), made.commands.end(), [](const auto& a, const auto& b) { return a.file < b.file; });
  return made;
}

TEST(NearestCommand, IsBorrowed) {
  const auto made = database({"lib/net/http.cpp", "lib/net/tcp.c", "lib/text.cpp", "main.cpp", "tools/deep/er/t.cpp",
                              "tools/u.cpp", "z/only.c"});
  const struct {
    const char* file;
    const char* renamed_from;
    const char* expected;
  } cases[] = {{"main.cpp", "", ""},
               {"main.cpp", "lib/text.cpp", ""},
               {"lib/net/new.cpp", "", "lib/net/http.cpp"},
               {"lib/net/new.c", "", "lib/net/tcp.c"},
               {"lib/net/new.cpp", "lib/text.cpp", "lib/text.cpp"},
               {"lib/net/new.cpp", "absent.cpp", "lib/net/http.cpp"},
               {"lib/other/new.cpp", "", "lib/text.cpp"},
               {"tools/new.cpp", "", "tools/u.cpp"},
               {"fresh/new.cpp", "", "main.cpp"},
               {"z/new.cpp", "", "main.cpp"},
               {"include/http.h", "", "lib/net/http.cpp"},
               {"include/tcp.h", "", "lib/net/tcp.c"},
               {"z/other.h", "", "z/only.c"},
               {"z/other.hpp", "", "main.cpp"},
               {"script.py", "", "none"},
               {"start.S", "", "none"}};
  for (const auto& one : cases) {
    const auto found = made.for_file(one.file, one.renamed_from);
    if (std::string_view(one.expected) == "none") {
      EXPECT_TRUE(found.empty()) << one.file;
      continue;
    }
    ASSERT_EQ(found.size(), 1U) << one.file;
    EXPECT_EQ(found[0].file, one.file);
    EXPECT_EQ(found[0].borrowed_from, one.expected) << one.file;
  }
}

TEST(NearestCommand, NothingToBorrow) {
  EXPECT_TRUE(database({}).for_file("a.cpp").empty());
  EXPECT_TRUE(database({"a.c"}).for_file("b.cpp").empty());
}

}  // namespace
}  // namespace patchgate
