#include <gtest/gtest.h>

#include "analyzers/recovery/recovery.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::joined;
using test::Story;

TEST(RecoveryRevert, WhetherItReverts) {
  const char* const code = "file src/a.cpp +1 -1\n";
  Story untried(code), staged(code), clean(code), conflicts(code);
  untried.run(recovery_revert);
  EXPECT_EQ(untried.fact("recovery.revert"), "recovery.revert ? undoing the patch was not tried");
  staged.context.way_back.committed = false;
  staged.run(recovery_revert);
  EXPECT_EQ(staged.fact("recovery.revert"), "recovery.revert ? the patch is not committed yet");
  clean.context.way_back.clean = true;
  clean.run(recovery_revert);
  EXPECT_EQ(clean.fact("recovery.revert"), "recovery.revert = clean");
  conflicts.context.way_back.clean = false;
  conflicts.context.way_back.conflicts = {{"src/a.cpp", {3, 2}, {7, 1}, "the target changed the same lines"},
                                          {"src/b.cpp", {}, {}, "the target removed it"}};
  conflicts.run(recovery_revert);
  EXPECT_EQ(conflicts.fact("recovery.revert"), "recovery.revert = conflicts at src/a.cpp:3 src/b.cpp");
  EXPECT_EQ(joined(conflicts.findings.facts.get("recovery.revert").details, "\n"),
            "src/a.cpp:3-4 against line 7 of the target: the target changed the same lines\n"
            "src/b.cpp: the target removed it");
}

}  // namespace
}  // namespace patchgate
