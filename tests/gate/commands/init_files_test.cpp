#include "gate/commands/init_files.h"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "policies/engine/load.h"
#include "policies/engine/near_miss.h"
#include "policies/packs/packs.h"

namespace patchgate {
namespace {

ProjectSigns with_ci(std::vector<std::string> ci) {
  auto signs = signs_of({"CMakeLists.txt"}, {}, "", [](const auto&) { return std::nullopt; });
  signs.ci = std::move(ci);
  return signs;
}

std::string paths(const std::vector<StarterFile>& files) {
  std::string text;
  for (const auto& file : files) text += (text.empty() ? "" : " ") + file.path;
  return text;
}

TEST(StarterFiles, FollowTheCiSystem) {
  const std::string policy = ".patchgate/policy.json", github = " .github/workflows/patchgate.yml",
                    gitlab = " .gitlab/patchgate.yml";
  EXPECT_EQ(paths(starter_files(with_ci({"GitHub"}))), policy + github);
  EXPECT_EQ(paths(starter_files(with_ci({"GitLab"}))), policy + gitlab);
  EXPECT_EQ(paths(starter_files(with_ci({"GitHub", "GitLab", "Jenkins"}))),
            policy + github + gitlab + " Jenkinsfile.patchgate");
  EXPECT_EQ(paths(starter_files(with_ci({"CircleCI"}))), policy);
  EXPECT_EQ(join(without_a_job(with_ci({"GitHub", "CircleCI", "Drone"})), " "), "CircleCI Drone");
}

TEST(StarterFiles, ThePolicyLoadsAndFollowsTheBranches) {
  const struct {
    std::vector<std::string> branches;
    const char *target, *source;
  } cases[] = {{{"main"}, "release/2.4", "hotfix/a"},
               {{"main", "stable/7"}, "stable/8", "hotfix/a"},
               {{"production"}, "production", "hotfix/a"},
               {{"main", "release-2.3", "hotfixes/b"}, "release-2.4", "hotfixes/c"},
               {{"REL_15_STABLE"}, "REL_16_STABLE", "hotfix/a"}};
  for (const auto& one : cases) {
    auto signs = with_ci({"GitHub"});
    signs.hotfix_targets = signs.hotfix_sources = {};
    find_branches(one.branches, signs);
    const auto files = starter_files(signs);
    const auto loaded = load_policy({files[0].path, files[0].text}, [](const std::string& name) -> Result<std::string> {
      const auto pack = find_pack(name);
      if (!pack) return fail(Error::Kind::config, "there is no " + name);
      return std::string(*pack);
    });
    ASSERT_TRUE(loaded.policy) << to_string(loaded.errors.front());
    const auto is_hotfix = [&](const char* target, const char* source) {
      return std::get<bool>(match_hotfix(loaded.policy->hotfix, target, source).hotfix);
    };
    EXPECT_TRUE(is_hotfix(one.target, "")) << one.target;
    EXPECT_TRUE(is_hotfix("main", one.source)) << one.source;
    EXPECT_FALSE(is_hotfix("main", "feature"));
  }
}

TEST(StarterFiles, TheJobForGitHubIsThatOfTheGuide) {
  std::ifstream in(PATCHGATE_SOURCE_DIR "/docs/github.md");
  const std::string guide{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  std::string job;
  for (const auto& file : starter_files(with_ci({"GitHub"})))
    if (file.path == ".github/workflows/patchgate.yml") job = file.text;
  // Without the comment lines at its head.
  while (job.starts_with("#")) job.erase(0, job.find('\n') + 1);
  ASSERT_FALSE(job.empty());
  EXPECT_NE(guide.find("```yaml\n" + job + "```"), std::string::npos) << job;
}

TEST(StarterFiles, EachBuildHasItsWordsInEachJob) {
  for (const char* sign : {"CMakeLists.txt", "meson.build", "MODULE.bazel", "configure.ac", "configure", "build.ninja",
                           "Makefile", "core/Makefile"}) {
    ProjectSigns signs = with_ci({"GitHub", "GitLab", "Jenkins"});
    signs.built_by.clear();
    find_build({sign}, signs);
    EXPECT_EQ(signs.built_by, sign);
    for (const auto& file : starter_files(signs)) {
      if (file.path.starts_with(".patchgate")) continue;
      for (const auto& command : signs.build.commands)
        EXPECT_NE(file.text.find(command), std::string::npos) << file.path << ": " << command;
      EXPECT_NE(file.text.find("--no-install-recommends "), std::string::npos) << file.path;
      EXPECT_NE(file.text.find(" " + signs.build.packages), std::string::npos) << file.path;
      EXPECT_EQ(file.text.find("{in}"), std::string::npos) << file.text;
    }
  }
}

}  // namespace
}  // namespace patchgate
