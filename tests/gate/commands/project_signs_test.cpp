#include "gate/commands/project_signs.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "policies/engine/near_miss.h"

namespace patchgate {
namespace {

using Files = std::map<std::string, std::string>;

ProjectSigns signs_in(const Files& files, const std::vector<std::string>& branches = {}, std::string_view remote = "") {
  std::vector<std::string> paths;
  for (const auto& [path, text] : files) paths.push_back(path);
  return signs_of(paths, branches, remote, [&](const std::string& path) -> std::optional<std::string> {
    const auto found = files.find(path);
    return found == files.end() ? std::nullopt : std::optional(found->second);
  });
}

bool asks(const ProjectSigns& signs, const std::string& begin) {
  return std::any_of(signs.not_known.begin(), signs.not_known.end(),
                     [&](const auto& sentence) { return sentence.starts_with(begin); });
}

TEST(ProjectSigns, TheBuildIsThatOfTheTopFolder) {
  const struct {
    Files files;
    const char *name, *built_by, *command;
    bool doubtful;
  } cases[] = {
      {{{"CMakeLists.txt", ""}, {"lib/Makefile", ""}}, "CMake", "CMakeLists.txt", "cmake -S . -B build", false},
      {{{"CMakeLists.txt", ""}, {"Makefile", ""}}, "CMake", "CMakeLists.txt", "cmake -S . -B build", true},
      {{{"Makefile", ""}, {"bench/CMakeLists.txt", ""}}, "Make", "Makefile", "bear -- make -C . ", false},
      {{{"cpp/CMakeLists.txt", ""}}, "CMake", "cpp/CMakeLists.txt", "cmake -S cpp -B build", false},
      {{{"a b/CMakeLists.txt", ""}, {"$(x)/meson.build", ""}}, "CMake", "", "cmake -S . -B build", false},
      {{{"deep/down/CMakeLists.txt", ""}}, "CMake", "", "cmake -S . -B build", false},
      {{{"Makefile.am", ""}, {"configure", ""}, {"configure.ac", ""}, {"Makefile", ""}},
       "autotools",
       "configure.ac",
       "autoreconf -fi .",
       false},
      {{{"configure", ""}, {"Makefile", ""}}, "configure and make", "configure", "./configure", false},
      {{{"meson.build", ""}}, "Meson", "meson.build", "meson setup build .", false},
      {{{"WORKSPACE", ""}}, "Bazel", "WORKSPACE", "bazel run @hedron_compile_commands//:refresh_all", false},
      {{{"build.ninja", ""}}, "Ninja", "build.ninja", "ninja -C . -t compdb > compile_commands.json", false},
      {{}, "CMake", "", "cmake -S . -B build", false},
  };
  for (const auto& one : cases) {
    const auto signs = signs_in(one.files);
    EXPECT_EQ(signs.build.name, one.name) << one.command;
    EXPECT_EQ(signs.built_by, one.built_by) << one.command;
    EXPECT_EQ(signs.build.commands.front().substr(0, std::string(one.command).size()), one.command);
    EXPECT_EQ(asks(signs, "which build is the right one"), one.doubtful) << one.command;
    EXPECT_EQ(asks(signs, "how it is built"), *one.built_by == '\0') << one.command;
  }
}

TEST(ProjectSigns, TestsAreKnownByWhatTheyInclude) {
  const struct {
    Files files;
    const char* tests;
    bool doubtful;
  } cases[] = {
      {{{"tests/fee.cpp", "#include <gtest/gtest.h>\n"}}, "GoogleTest (tests/fee.cpp)", false},
      {{{"src/fee_test.cc", "#  include \"catch2/catch_test_macros.hpp\"\n"}}, "Catch2 (src/fee_test.cc)", false},
      {{{"Test/a.c", "#include <check.h>\n"}, {"Test/b.cpp", "#include <boost/test/unit_test.hpp>\n"}},
       "Check (Test/a.c), Boost.Test (Test/b.cpp)",
       false},
      {{{"tests/a.cpp", "#include \"doctest/doctest.h\"\n"}}, "doctest (tests/a.cpp)", false},
      {{{"tests/a.cpp", "// #include <gtest/gtest.h>\nint main() {}\n"}}, "", true},
      {{{"tests/a.cpp", "#include <QtTest/QTest>\n"}}, "Qt Test (tests/a.cpp)", true},
      {{{"CMakeLists.txt", "add_test(NAME a COMMAND a)"}, {"tests/a.c", ""}}, "run by ctest (CMakeLists.txt)", true},
      {{{"src/fee.cpp", "#include <gtest/gtest.h>\n"}}, "", false},
  };
  for (const auto& one : cases) {
    const auto signs = signs_in(one.files);
    EXPECT_EQ(join(signs.tests, ", "), one.tests);
    EXPECT_EQ(asks(signs, "which functions are tests"), one.doubtful) << one.tests;
  }
  EXPECT_TRUE(asks(signs_in({{"src/fee.cpp", ""}}), "how it is tested"));
}

TEST(ProjectSigns, TheCiSystemIsThatOfItsFilesElseThatOfTheRemote) {
  const struct {
    Files files;
    const char *remote, *ci;
    bool doubtful;
  } cases[] = {
      {{{".github/CODEOWNERS", ""}}, "", "GitHub", false},
      {{{".gitlab-ci.yml", ""}, {"Jenkinsfile", ""}}, "git@github.com:a/b", "GitLab, Jenkins", false},
      {{{".circleci/config.yml", ""}, {".drone.yml", ""}}, "", "CircleCI, Drone", false},
      {{}, "url = https://gitlab.example.org/a/b", "GitLab", false},
      {{}, "url = git@github.com:a/b", "GitHub", false},
      {{{"src/.gitlab-ci.yml", ""}}, "", "GitHub", true},
  };
  for (const auto& one : cases) {
    const auto signs = signs_in(one.files, {}, one.remote);
    EXPECT_EQ(join(signs.ci, ", "), one.ci);
    EXPECT_EQ(asks(signs, "which CI system"), one.doubtful) << one.ci;
  }
}

TEST(ProjectSigns, BranchesThatAreBroughtOutMakeHotfixes) {
  const struct {
    std::vector<std::string> branches;
    const char *targets, *sources;
    bool doubtful;
  } cases[] = {
      {{"main", "release/1", "release/2", "hotfix/a"}, "release/**", "hotfix/**", false},
      {{"main", "stable-1.2", "hotfix-a"}, "stable-*", "hotfix-*", false},
      {{"master", "2.4-stable", "prod"}, "*-stable, prod", "hotfix/**", false},
      {{"main", "release/", "feature/release-1", "unstable"}, "release/**, production", "hotfix/**", true},
  };
  for (const auto& one : cases) {
    const auto signs = signs_in({}, one.branches);
    EXPECT_EQ(join(signs.hotfix_targets, ", "), one.targets);
    EXPECT_EQ(join(signs.hotfix_sources, ", "), one.sources);
    EXPECT_EQ(asks(signs, "which branch is deployed"), one.doubtful) << one.targets;
  }
}

TEST(ProjectSigns, TheUsualBranchIsTheFirstWhereItsNameIsPlain) {
  EXPECT_EQ(signs_in({}, {"trunk", "main"}).usual_branch, "trunk");
  EXPECT_EQ(signs_in({}, {"a], b: [c"}).usual_branch, "main");
  EXPECT_EQ(signs_in({}, {}).usual_branch, "main");
}

TEST(ProjectSigns, ManifestsOfStagedRolloutsAreNamed) {
  const std::string argo = "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n";
  const struct {
    Files files;
    const char* rollouts;
    const char* asked;
  } cases[] = {
      {{{"deploy/shop.yaml", argo}}, "deploy/shop.yaml", ""},
      {{{"deploy/rollout.json", "{}"}}, "deploy/rollout.json", ""},
      {{{"chart/shop.yaml", argo + "{{ .Values.weight }}"}}, ".patchgate/rollout.json", "what chart/shop.yaml is"},
      {{{"deploy/app.yml", "kind: Deployment\n"}}, ".patchgate/rollout.json", "how a change reaches its users"},
  };
  for (const auto& one : cases) {
    const auto signs = signs_in(one.files);
    EXPECT_EQ(join(signs.rollouts, ", "), one.rollouts);
    if (*one.asked != '\0') {
      EXPECT_TRUE(asks(signs, one.asked)) << one.asked;
    }
  }
}

}  // namespace
}  // namespace patchgate
