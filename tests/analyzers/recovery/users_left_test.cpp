#include <gtest/gtest.h>

#include "analyzers/recovery/recovery.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::joined;
using test::Story;

struct Case {
  const char* name;
  const char* story;
  const char* expected;  ///< the fact, then the blind spots
};

const Case kCases[] = {
    {"nobody uses it", "file src/a.c +0 -3\n base|src/a.c:1 function f\n src/b.c:1 function g\n touch f", "= 0"},
    {"used since", "file src/a.c +0 -3\n base|src/a.c:1 function f\n src/b.c:1 function g\n base|g -> f @3\n touch f",
     "= 1 at src/b.c:3\nthe revert removes what is used since: g uses f (src/b.c:3)"},
    {"by what the revert touches, too",
     "file src/a.c +0 -3\n base|src/a.c:1 function f\n src/b.c:1 function g\n base|g -> f @3\n touch f\n touch g body",
     "= 0"},
    {"by what goes with it",
     "file src/a.c +0 -3\n base|src/a.c:1 function f\n base|src/b.c:1 function g\n base|g -> f @3\n touch f\n touch g",
     "= 0"},
    {"another one is there",
     "file src/a.c +0 -3\n base|src/a.c:1 function f\n src/b.c:1 function g\n base|g -> f @3\n"
     " head|src/c.c:1 function f\n head|g -> f @3\n touch f",
     "= 0"},
    {"spelt by a macro that is touched, too",
     "file src/a.c +0 -3\n base|src/a.c:1 field f\n src/a.c:2 macro M\n src/b.c:1 function g\n base|g -> f write @3\n"
     " base|g -> M macro @3\n touch f\n touch M",
     "= 0"},
    {"FN_both by itself and by a touched macro",
     "file src/a.c +0 -3\n base|src/a.c:1 field f\n src/a.c:2 macro M\n src/b.c:1 function g\n base|g -> f write @4\n"
     " base|g -> M macro @3\n touch f\n touch M",
     "= 0"},
    {"only possible",
     "file src/a.c +0 -3\n base|src/a.c:1 function f\n src/b.c:1 function g\n"
     " base|g -> f indirect possible @3\n touch f",
     "= 0"},
    {"it calls itself", "file src/a.c +0 -3\n base|src/a.c:1 function f\n base|f -> f @2\n touch f", "= 0"},
};

std::string said(Story& story) {
  story.run(recovery_users_left);
  std::string text = story.fact("patch.revert.users_left.count").substr(30);
  for (const auto& line : story.findings.blind_spots) text += "\n" + line;
  return text;
}

TEST(RecoveryUsersLeft, OfWhatARevertRemoves) {
  for (const Case& c : kCases) {
    Story story(c.story);
    story.patch.revert_of = std::string(40, 'c');
    EXPECT_EQ(said(story), c.expected) << c.name;
  }
}

TEST(RecoveryUsersLeft, APatchThatIsNoRevertLeavesNone) {
  Story story(kCases[1].story);
  EXPECT_EQ(said(story), "= 0");
}

TEST(RecoveryUsersLeft, AreUnknownWhereNotAllUsersWereSeen) {
  Story story(kCases[0].story);
  story.patch.revert_of = std::string(40, 'c');
  story.findings.touched.front().seen.direct = false;
  EXPECT_EQ(said(story), "? not all users of f were looked at");
}

}  // namespace
}  // namespace patchgate
