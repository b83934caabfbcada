#include "gate/pipeline/report_paths.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(NameInMessage, IsWhatTheUserWroteUnlessItIsInTheRepository) {
  EXPECT_EQ(name_in_message("/w/repo/build/cc.json", "/w/repo"), "build/cc.json");
  EXPECT_EQ(name_in_message("/etc/cc.json", "/w/repo"), "/etc/cc.json");
  EXPECT_EQ(name_in_message("../cc.json", "/w/repo"), "../cc.json");
  EXPECT_EQ(name_in_message("/etc/cc.json", ""), "/etc/cc.json");
}

TEST(NameInReport, IsTheSameOnEveryMachine) {
  struct Case {
    const char *given, *repository, *name;
  };
  for (const auto& [given, repository, name] : {
           Case{"/w/repo/build/compile_commands.json", "/w/repo", "build/compile_commands.json"},
           Case{"/w/repo/./build/../p.json", "/w/repo/", "p.json"},
           Case{"/w/repository/p.json", "/w/repo", "p.json"},
           Case{"/w/repo", "/w/repo", "repo"},
           Case{"/w/repo/", "/w/repo", "repo"},
           Case{"/etc/gate/p.json", "/w/repo", "p.json"},
           Case{"../gate/p.json", "/w/repo", "../gate/p.json"},
           Case{"p.json", "/w/repo", "p.json"},
           Case{"/etc/p.json", "", "p.json"},
           Case{"/", "/w/repo", ""},
       }) {
    EXPECT_EQ(name_in_report(given, repository), name) << given;
  }
}

TEST(WithoutAbsolutePaths, Table) {
  const std::pair<const char*, const char*> cases[] = {
      {"there is no compile database at /w/repo/b/cc.json", "there is no compile database at b/cc.json"},
      {"cannot read /etc/p.json: not a regular file", "cannot read p.json: not a regular file"},
      {"'/srv/my repo/.git' belongs to user 0, this process runs as 1000",
       "'.git' belongs to user 0, this process runs as 1000"},
      {"/w/repo/x.json has 9 bytes", "x.json has 9 bytes"},
      {"two (/a/b, /c/d)", "two (b, d)"},
      {"left out: -I/usr/include", "left out: -I/usr/include"},
      {"release/2.4 and a / b and I/O", "release/2.4 and a / b and I/O"},
      {"ends in '/w/repo/a", "ends in 'a"},
      {"", ""},
  };
  for (const auto& [message, expected] : cases) EXPECT_EQ(without_absolute_paths(message, "/w/repo"), expected);
}

}  // namespace
}  // namespace patchgate
