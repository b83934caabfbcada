#include "gate/commands/project_signs.h"

#include <algorithm>

namespace patchgate {
namespace {

constexpr std::size_t kMostManifests = 300;
constexpr std::size_t kMostRollouts = 20;

struct CiSystem {
  const char* name;
  std::string_view path;  ///< a file, or a folder with its slash
};

constexpr CiSystem kCiSystems[] = {
    {"GitHub", ".github/"},
    {"GitLab", ".gitlab-ci.yml"},
    {"Jenkins", "Jenkinsfile"},
    {"CircleCI", ".circleci/"},
    {"Azure Pipelines", "azure-pipelines.yml"},
    {"Bitbucket Pipelines", "bitbucket-pipelines.yml"},
    {"Travis CI", ".travis.yml"},
    {"Cirrus CI", ".cirrus.yml"},
    {"Buildkite", ".buildkite/"},
    {"Drone", ".drone.yml"},
    {"Woodpecker", ".woodpecker/"},
    {"Forgejo or Gitea", ".forgejo/"},
    {"Forgejo or Gitea", ".gitea/"},
};

void find_ci(const std::vector<std::string>& paths, std::string_view remote, ProjectSigns& signs) {
  for (const auto& system : kCiSystems) {
    const bool is_there = std::any_of(paths.begin(), paths.end(), [&](const auto& path) {
      return system.path.ends_with('/') ? path.starts_with(system.path) : path == system.path;
    });
    const bool is_new = signs.ci.empty() || signs.ci.back() != system.name;
    if (is_there && is_new) signs.ci.emplace_back(system.name);
  }
  if (!signs.ci.empty()) return;
  const bool gitlab = remote.find("gitlab") != std::string_view::npos;
  if (gitlab || remote.find("github") != std::string_view::npos) {
    signs.ci.emplace_back(gitlab ? "GitLab" : "GitHub");
    return;
  }
  signs.ci_is_assumed = true;
  signs.ci.emplace_back("GitHub");
  signs.not_known.emplace_back(
      "which CI system runs here: the job is GitHub's; docs/jenkins.md has the words for others");
}

bool is_manifest(const std::string& text) {
  const auto has = [&](std::string_view word) { return text.find(word) != std::string::npos; };
  return (has("argoproj.io/") && has("kind: Rollout")) || (has("flagger.app/") && has("kind: Canary")) ||
         (has("AWS::Serverless") && has("DeploymentPreference")) || has("AWS::CodeDeploy::DeploymentGroup") ||
         has("kayentaCanary") || has("K8sCanaryDeploy");
}

void find_rollouts(const std::vector<std::string>& paths, const ReadText& read, ProjectSigns& signs) {
  std::size_t looked_at = 0;
  std::string templated;
  for (const auto& path : paths) {
    const auto name = path.substr(path.rfind('/') + 1);
    const bool yaml = name.ends_with(".yaml") || name.ends_with(".yml");
    if (name == "rollout.json") signs.rollouts.push_back(path);
    if (!yaml || path.starts_with(".git") || ++looked_at > kMostManifests) continue;
    const auto text = read(path);
    if (!text || !is_manifest(*text)) continue;
    if (text->find("{{") != std::string::npos)
      templated = path;
    else
      signs.rollouts.push_back(path);
  }
  if (signs.rollouts.size() > kMostRollouts) signs.rollouts.resize(kMostRollouts);
  if (!templated.empty())
    signs.not_known.push_back("what " + templated + " is when it is rendered: hand that over with --rollout");
  if (!signs.rollouts.empty()) return;
  signs.rollout_is_assumed = true;
  signs.rollouts = {".patchgate/rollout.json"};
  signs.not_known.emplace_back(
      "how a change reaches its users: no manifest of a staged rollout was recognised; name yours in \"rollouts\" of "
      "the "
      "policy, or write .patchgate/rollout.json");
}

}  // namespace

ProjectSigns signs_of(const std::vector<std::string>& paths, const std::vector<std::string>& branches,
                      std::string_view remote, const ReadText& read) {
  ProjectSigns signs;
  find_build(paths, signs);
  find_tests(paths, read, signs);
  find_ci(paths, remote, signs);
  find_branches(branches, signs);
  find_rollouts(paths, read, signs);
  return signs;
}

}  // namespace patchgate
