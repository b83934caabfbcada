#include "gate/commands/init_files.h"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "policies/engine/load.h"
#include "policies/packs/packs.h"

namespace patchgate {
namespace {

std::string paths(const std::vector<StarterFile>& files) {
  std::string text;
  for (const auto& file : files) text += (text.empty() ? "" : " ") + file.path;
  return text;
}

TEST(StarterFiles, FollowTheCiSystem) {
  EXPECT_EQ(paths(starter_files({}, false, false)), ".patchgate/policy.json .github/workflows/patchgate.yml");
  EXPECT_EQ(paths(starter_files({}, true, false)), ".patchgate/policy.json .github/workflows/patchgate.yml");
  EXPECT_EQ(paths(starter_files({}, false, true)), ".patchgate/policy.json .gitlab/patchgate.yml");
  EXPECT_EQ(paths(starter_files({}, true, true)),
            ".patchgate/policy.json .github/workflows/patchgate.yml .gitlab/patchgate.yml");
}

TEST(StarterFiles, ThePolicyLoadsAndFollowsTheBranches) {
  const struct {
    std::vector<std::string> branches;
    const char* release;
  } cases[] = {{{"main"}, "release/2.4"}, {{"main", "stable/7"}, "stable/8"}, {{"production"}, "production"}};
  for (const auto& one : cases) {
    const auto files = starter_files(one.branches, true, false);
    const auto loaded = load_policy({files[0].path, files[0].text}, [](const std::string& name) -> Result<std::string> {
      const auto pack = find_pack(name);
      if (!pack) return fail(Error::Kind::config, "there is no " + name);
      return std::string(*pack);
    });
    ASSERT_TRUE(loaded.policy) << to_string(loaded.errors.front());
    EXPECT_EQ(std::get<bool>(match_hotfix(loaded.policy->hotfix, one.release, "").hotfix), true) << one.release;
    EXPECT_EQ(std::get<bool>(match_hotfix(loaded.policy->hotfix, "main", "feature").hotfix), false);
  }
}

TEST(StarterFiles, TheJobsAreThoseOfTheReadme) {
  std::ifstream in(PATCHGATE_SOURCE_DIR "/README.md");
  const std::string readme{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  for (const auto& file : starter_files({}, true, true)) {
    if (!file.path.ends_with(".yml")) continue;
    // Without the comment lines at its head.
    auto job = file.text;
    while (job.starts_with("#")) job.erase(0, job.find('\n') + 1);
    ASSERT_FALSE(job.empty());
    EXPECT_NE(readme.find("```yaml\n" + job + "```"), std::string::npos) << file.path;
  }
}

}  // namespace
}  // namespace patchgate
