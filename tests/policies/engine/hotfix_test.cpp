#include "policies/engine/hotfix.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

HotfixBranches branches() {
  return {{*Glob::compile("release/**"), *Glob::compile("production")}, {*Glob::compile("hotfix/**")}};
}

struct Case {
  const char *target, *source;
  Value hotfix;
  bool only_claimed;
  const char* because;
};

TEST(Hotfix, Table) {
  for (const auto& [target, source, hotfix, only_claimed, because] : {
           Case{"release/2.4", "fix", true, false, "target release/2.4 matches release/**"},
           Case{"refs/heads/release/2.4", "", true, false, "target release/2.4 matches release/**"},
           Case{"refs/remotes/origin/production", "", true, false, "target production matches production"},
           Case{"refs/remotes/production", "", true, false, "target production matches production"},
           Case{"release/2.4", "hotfix/x", true, false, "target release/2.4 matches release/**"},
           Case{"main", "hotfix/x", true, true, "source hotfix/x matches hotfix/**"},
           Case{"", "hotfix/x", true, true, "source hotfix/x matches hotfix/**"},
           Case{"main", "fix", false, false, ""},
           Case{"main", "", false, false, ""},
           Case{"", "fix", Unknown{"no target branch is known"}, false, ""},
           Case{"", "", Unknown{"no target branch is known"}, false, ""},
       }) {
    const auto match = match_hotfix(branches(), target, source);
    EXPECT_EQ(match.hotfix, hotfix) << target << " from " << source << ": " << to_string(match.hotfix);
    EXPECT_EQ(match.only_claimed, only_claimed) << target << " from " << source;
    EXPECT_EQ(match.because, because);
  }
}

TEST(Hotfix, APolicyWithoutTargetsHasNothingToBeUnsureOf) { EXPECT_EQ(match_hotfix({}, "", "").hotfix, Value{false}); }

TEST(Hotfix, AHostileNameStaysOnOneLine) {
  EXPECT_EQ(match_hotfix(branches(), "release/a\nb", "").because, "target release/a?b matches release/**");
}

}  // namespace
}  // namespace patchgate
