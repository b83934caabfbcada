#include <gtest/gtest.h>

#include "analyzers/impact/impact.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::Story;

const char* const kMixed =
    "file src/a.cpp +3 -1\n file tests/a_test.cpp +9 -0\n file CMakeLists.txt +1 -1\n file app.yaml +2 -0\n"
    "file db/migrations/7.sql +5 -0\n file .patchgate/policy.json +1 -1\n file README.md +4 -4\n file tool.py +1 -0\n"
    "src/a.cpp:1 function f\n touch f";

TEST(PatchFacts, CountsFilesLinesAndSymbols) {
  Story story(kMixed);
  story.patch.target_ref = "release/1";
  story.context.hotfix = true;
  story.context.units_failed = 2;
  story.context.units_left_out = 3;
  story.context.hunks_total = 5;
  story.context.hunks_mapped = 4;
  story.run(impact_patch_facts);
  std::string text;
  for (const auto& [name, fact] : story.findings.facts.all()) text += story.fact(name.c_str()) + "\n";
  EXPECT_EQ(text,
            "analysis.hunks.unmapped = 1\n"
            "analysis.units.failed = 2\n"
            "analysis.units.left_out = 3\n"
            "analysis.unread.budget.count = 0\n"
            "analysis.unread.content.count = 0\n"
            "analysis.unread.count = 0\n"
            "analysis.unread.database.count = 0\n"
            "analysis.unread.failed.count = 0\n"
            "analysis.unread.inactive.count = 0\n"
            "analysis.unread.no_command.count = 0\n"
            "patch.files.build.count = 1 at CMakeLists.txt\n"
            "patch.files.config.count = 1 at app.yaml\n"
            "patch.files.count = 8\n"
            "patch.files.migration.count = 1 at db/migrations/7.sql\n"
            "patch.files.source.count = 2 at src/a.cpp tool.py\n"
            "patch.files.test.count = 1 at tests/a_test.cpp\n"
            "patch.gate_files.count = 1 at .patchgate/policy.json\n"
            "patch.hotfix = true\n"
            "patch.lines.added = 26\n"
            "patch.lines.deleted = 7\n"
            "patch.revert = false\n"
            "patch.symbols.count = 1\n"
            "patch.unanalysed.count = 4 at CMakeLists.txt app.yaml db/migrations/7.sql tool.py\n"
            "source.ref ? the branch that the patch comes from was not named\n"
            "target.ref = release/1\n");
}

TEST(PatchFacts, APolicyThatIsRenamedAwayIsAGateFile) {
  Story story("file doc/old.json +0 -0");
  story.patch.files[0].old_path = ".patchgate/policy.json";
  story.run(impact_patch_facts);
  EXPECT_EQ(story.fact("patch.gate_files.count"), "patch.gate_files.count = 1 at doc/old.json");
}

TEST(PatchFacts, WhatWasNotReadIsNoZero) {
  Story story("file src/big.cpp +0 -0");
  story.patch.files[0].unread = "larger than 8 MiB";
  story.context.unread = {{{"src/big.cpp", 0, 0}, "larger than 8 MiB"}};
  story.run(impact_patch_facts);
  EXPECT_EQ(story.fact("patch.lines.added"),
            "patch.lines.added ? the lines of src/big.cpp were not counted: larger than 8 MiB");
  EXPECT_EQ(story.fact("patch.symbols.count"),
            "patch.symbols.count ? src/big.cpp could not be read: larger than 8 MiB at src/big.cpp");
  EXPECT_EQ(story.fact("analysis.unread.count"), "analysis.unread.count = 1 at src/big.cpp");
}

TEST(PatchFacts, UnreadPlacesAreCountedByTheirCause) {
  Story story("file src/a.cpp +1 -0");
  story.context.unread = {
      {{"compile_commands.json", 0, 0}, "names only 2 of 30", UnreadCause::database},
      {{"include/b.h", 1, 0}, "no unit", UnreadCause::no_command, 4},
      {{"include/b.h", 9, 0}, "no unit", UnreadCause::no_command, 9},
      {{"src/a.cpp", 3, 0}, "inactive", UnreadCause::inactive, 9},
      {{"src/a.cpp", 20, 0}, "inactive", UnreadCause::inactive, 20, true},
      {{"src/b.cpp", 1, 0}, "no x.h", UnreadCause::failed},
      {{"src/b.cpp", 7, 0}, "no x.h", UnreadCause::failed},
      {{"src/c.cpp", 0, 0}, "too large", UnreadCause::content},
      {{"src/d.cpp", 5, 0}, "the time was over", UnreadCause::budget},
  };
  story.run(impact_patch_facts);
  std::string text;
  for (const auto& [name, fact] : story.findings.facts.all()) {
    if (!name.starts_with("analysis.unread.")) continue;
    text += name + " = " + to_string(fact.value);
    for (const auto& detail : fact.details) text += " | " + detail;
    text += "\n";
  }
  EXPECT_EQ(text,
            "analysis.unread.budget.count = 1 | src/d.cpp\n"
            "analysis.unread.content.count = 1 | src/c.cpp (too large)\n"
            "analysis.unread.count = 9 | names only 2 of 30 | include/b.h | src/a.cpp:3-9 | src/a.cpp:20 of the base | "
            "src/b.cpp (no x.h) | src/c.cpp (too large) | src/d.cpp\n"
            "analysis.unread.database.count = 1 | names only 2 of 30\n"
            "analysis.unread.failed.count = 2 | src/b.cpp (no x.h)\n"
            "analysis.unread.inactive.count = 2 | src/a.cpp:3-9 | src/a.cpp:20 of the base\n"
            "analysis.unread.no_command.count = 2 | include/b.h\n");
}

TEST(PatchFacts, WithoutAGraphSymbolsAreNotCounted) {
  Story story("file src/a.cpp +1 -0");
  story.context.no_graph = "no compile_commands.json was found";
  story.run(impact_patch_facts);
  EXPECT_EQ(story.fact("patch.symbols.count"), "patch.symbols.count ? no compile_commands.json was found");
}

}  // namespace
}  // namespace patchgate
