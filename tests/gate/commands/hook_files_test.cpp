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
      {"ours", {ours, {}, false, {}, false, true}, "write", "remove"},
      {"ours, and the one from before", {ours, foreign, false, {}, false, true}, "write", "restore"},
      {"another's", {foreign, {}, false, {}, false, true}, "save_first", "nothing"},
      {"another's, and one from before", {foreign, foreign, false, {}, false, true}, "by_hand", "nothing"},
      {"lefthook's", {lefthook, {}, false, {}, true, true}, "by_hand", "by_hand"},
      {"husky without a file", {lefthook, {}, true, {}, false, true}, "write_husky", "nothing"},
      {"husky with ours", {foreign, {}, true, ours_by_husky, false, true}, "write_husky", "remove_husky"},
      {"husky with another's", {foreign, {}, true, "npm test\n", false, true}, "by_hand", "nothing"},
      {"husky with a line by hand",
       {foreign, {}, true, "npm test\npatchgate hook pre-push\n", false, true},
       "by_hand",
       "by_hand"},
  };
  for (const auto& one : cases) {
    EXPECT_STREQ(name_of(plan_install(one.site, "/usr/bin/patchgate", {}).step), one.install) << one.name;
    EXPECT_STREQ(name_of(plan_uninstall(one.site).step), one.uninstall) << one.name;
  }
}

TEST(HookFiles, WhatATeamSharesNamesNoPathAndSaysWhenThatDoesNotWork) {
  HookSite site;
  site.husky = true;
  for (const bool lefthook : {false, true}) {
    site.husky = !lefthook;
    site.lefthook = lefthook;
    site.on_path = true;
    const auto found = plan_install(site, "/home/ana/bin/patchgate", {"--budget", "9"});
    EXPECT_EQ((found.text + found.say).find("/home/ana"), std::string::npos) << found.text << found.say;
    EXPECT_NE((found.text + found.say).find("'--budget' '9'"), std::string::npos) << found.text << found.say;
    EXPECT_EQ(found.say.find("on PATH"), std::string::npos) << found.say;
    site.on_path = false;
    EXPECT_NE(plan_install(site, "/home/ana/bin/patchgate", {}).say.find("put patchgate on PATH"), std::string::npos);
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
