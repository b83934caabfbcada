#include "gate/commands/hook_files.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

const char* name_of(HookStep step) {
  const char* names[] = {"write",  "save_first",   "write_husky", "restore",
                         "remove", "remove_husky", "nothing",     "by_hand"};
  return names[static_cast<int>(step)];
}

struct SiteCase {
  const char* name;
  HookSite site;
  const char* install;
  const char* uninstall;
};

TEST(HookFiles, NothingThatIsNotOursIsOverwritten) {
  const auto ours = plan_install({}, "/usr/bin/patchgate", {}).text;
  HookSite husky;
  husky.husky = true;
  const auto ours_by_husky = plan_install(husky, "/usr/bin/patchgate", {}).text;
  const std::string foreign = "#!/bin/sh\nmake check\n", lefthook = "#!/bin/sh\nexec lefthook run pre-push\n";
  const SiteCase cases[] = {
      {"nothing there", {}, "write", "nothing"},
      {"ours", {ours, {}, false, {}, false}, "write", "remove"},
      {"ours, and the one from before", {ours, foreign, false, {}, false}, "write", "restore"},
      {"another's", {foreign, {}, false, {}, false}, "save_first", "nothing"},
      {"another's, and one from before", {foreign, foreign, false, {}, false}, "by_hand", "nothing"},
      {"lefthook's", {lefthook, {}, false, {}, true}, "by_hand", "by_hand"},
      {"husky without a file", {lefthook, {}, true, {}, false}, "write_husky", "nothing"},
      {"husky with ours", {foreign, {}, true, ours_by_husky, false}, "write_husky", "remove_husky"},
      {"husky with another's", {foreign, {}, true, "npm test\n", false}, "by_hand", "nothing"},
      {"husky with a line by hand",
       {foreign, {}, true, "npm test\npatchgate hook pre-push\n", false},
       "by_hand",
       "by_hand"},
  };
  for (const auto& one : cases) {
    EXPECT_STREQ(name_of(plan_install(one.site, "/usr/bin/patchgate", {}).step), one.install) << one.name;
    EXPECT_STREQ(name_of(plan_uninstall(one.site).step), one.uninstall) << one.name;
  }
}

TEST(HookFiles, FlagsAndNamesAreQuotedForTheShell) {
  EXPECT_EQ(in_sh_quotes("it's $(here)"), "'it'\\''s $(here)'");
  const auto plan = plan_install({}, "/opt/my tools/patchgate", {"--compile-commands", "a b"});
  EXPECT_NE(plan.text.find("give | '/opt/my tools/patchgate' hook pre-push \"$@\" '--compile-commands' 'a b'\n"),
            std::string::npos)
      << plan.text;
}

}  // namespace
}  // namespace patchgate
