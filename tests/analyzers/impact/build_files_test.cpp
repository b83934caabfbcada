#include <gtest/gtest.h>

#include "analyzers/impact/impact.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::joined;
using test::Story;

struct Row {
  const char* path;
  BuildRole role;
  const char* run_by;
  const char* expected;  ///< blind spots
};

constexpr const char* kFlags =
    "CMakeLists.txt: a build file changed: flags, units and what is linked may differ; base and head were both read "
    "with "
    "the flags of the compile database given";

const Row kRows[] = {
    {"src/a.cpp", BuildRole::none, "", ""},
    {"CMakeLists.txt", BuildRole::build, "", kFlags},
    {"src/lib.map", BuildRole::link, "",
     "src/lib.map: a link map changed: which symbols are seen from outside, or where they are put, may differ; it was "
     "not "
     "compared"},
    {"src/parse.y", BuildRole::generator, "",
     "src/parse.y: a generator changed: what changes in the source that it makes was not compared"},
    {"tools/gen.py", BuildRole::generator, "CMakeLists.txt:4",
     "tools/gen.py: a generator changed (run by CMakeLists.txt:4): what changes in the source that it makes was not "
     "compared"},
};

TEST(BuildFiles, AreABlindSpotEachOfItsKind) {
  for (const auto& row : kRows) {
    Story story("src/a.cpp:1 function f");
    FileChange file;
    file.path = row.path;
    file.build_role = row.role;
    file.run_by = row.run_by;
    story.patch.files = {file};
    story.run(impact_build_files);
    EXPECT_EQ(joined(story.findings.blind_spots, "\n"), row.expected);
    const auto counted = [&](const char* name, BuildRole role) {
      const std::string path = row.role == role ? std::string(" at ") + row.path : "";
      return std::string(name) + " = " + (path.empty() ? "0" : "1") + path;
    };
    for (const auto& [name, role] :
         {std::pair("patch.build_files.count", BuildRole::build), std::pair("patch.link_files.count", BuildRole::link),
          std::pair("patch.generators.count", BuildRole::generator)}) {
      EXPECT_EQ(story.fact(name), counted(name, role)) << row.path;
    }
  }
}

TEST(BuildFiles, WithoutAGraphNothingIsSaidOfIts) {
  Story story("src/a.cpp:1 function f");
  FileChange file;
  file.path = "Makefile";
  file.build_role = BuildRole::build;
  story.patch.files = {file};
  story.context.no_graph = "no compile database";
  story.run(impact_build_files);
  EXPECT_EQ(joined(story.findings.blind_spots, "\n"),
            "Makefile: a build file changed: flags, units and what is linked may differ");
}

}  // namespace
}  // namespace patchgate
