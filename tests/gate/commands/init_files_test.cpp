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
                    gitlab = " .gitlab/patchgate.yml .gitlab/patchgate-project.yml";
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

TEST(StarterFiles, EachBranchThatIsDeployedHasItsReport) {
  const struct {
    std::vector<std::string> targets;
    const char* expected;
  } cases[] = {{{}, "    branches: [main]  "},
               {{"release/**", "stable-*"}, "    branches: [main, \"release/**\", \"stable-*\"] "},
               {{"main"}, "    branches: [main]  "}};
  for (const auto& one : cases) {
    auto signs = with_ci({"GitHub"});
    signs.hotfix_targets = one.targets;
    const auto job = starter_files(signs)[1].text;
    EXPECT_NE(job.find(one.expected), std::string::npos) << job;
  }
}

std::string text_of(const std::string& path) {
  std::ifstream in(std::string(PATCHGATE_SOURCE_DIR) + path);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// The file that init would write, without the comment lines at its head.
std::string job_at(const std::string& path) {
  std::string job;
  for (const auto& file : starter_files(with_ci({"GitHub", "GitLab"})))
    if (file.path == path) job = file.text;
  while (job.starts_with("#")) job.erase(0, job.find('\n') + 1);
  return job;
}

TEST(StarterFiles, TheJobsAreThoseOfTheGuides) {
  const auto github = job_at(".github/workflows/patchgate.yml");
  ASSERT_FALSE(github.empty());
  EXPECT_NE(text_of("/docs/github.md").find("```yaml\n" + github + "```"), std::string::npos) << github;
  auto gitlab = job_at(kGitLabProject);
  ASSERT_FALSE(gitlab.empty());
  for (const auto& [name, example] : {std::pair("PATCHGATE_ADDRESS", "https://gitlab.example.org/group/patchgate.git"),
                                      std::pair("FULL_COMMIT_ID", "0123456789abcdef0123456789abcdef01234567")}) {
    ASSERT_NE(gitlab.find(name), std::string::npos);
    gitlab.replace(gitlab.find(name), std::string(name).size(), example);
  }
  EXPECT_NE(text_of("/docs/gitlab.md").find("```yaml\n" + gitlab + "```"), std::string::npos) << gitlab;
  EXPECT_EQ(gitlab_component(), text_of("/ci/gitlab/templates/patchgate.yml"));
}

TEST(StarterFiles, EachBuildHasItsWordsInEachJob) {
  for (const char* sign : {"CMakeLists.txt", "meson.build", "MODULE.bazel", "configure.ac", "configure", "build.ninja",
                           "Makefile", "core/Makefile"}) {
    ProjectSigns signs = with_ci({"GitHub", "GitLab", "Jenkins"});
    signs.built_by.clear();
    find_build({sign}, signs);
    EXPECT_EQ(signs.built_by, sign);
    for (const auto& file : starter_files(signs)) {
      if (file.path.starts_with(".patchgate") || file.path == ".gitlab/patchgate.yml") continue;
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
