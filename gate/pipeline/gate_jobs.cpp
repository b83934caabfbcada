#include "gate/pipeline/gate_jobs.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace patchgate {
namespace {

constexpr std::string_view kProgram = "patchgate";

bool names_the_gate(std::string_view text) {
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  return std::search(text.begin(), text.end(), kProgram.begin(), kProgram.end(), same) != text.end();
}

Result<bool> names_the_gate(const Repository& repository, const FileChange& change) {
  if (change.unread) return true;
  for (const auto* blob : {&change.base_blob, &change.head_blob}) {
    if (blob->empty()) continue;
    PATCHGATE_TRY(const auto text, repository.blob(*blob, repository.limits().max_patch_blob));
    if (names_the_gate(text)) return true;
  }
  return false;
}

}  // namespace

bool is_ci_file(const std::string& path) {
  constexpr std::array<std::string_view, 11> kFolders{".github/workflows/",
                                                      ".github/actions/",
                                                      ".gitlab/",
                                                      ".gitea/workflows/",
                                                      ".forgejo/workflows/",
                                                      ".circleci/",
                                                      ".buildkite/",
                                                      ".azure-pipelines/",
                                                      ".woodpecker/",
                                                      ".ci/",
                                                      "ci/"};
  constexpr std::array<std::string_view, 10> kNames{
      ".gitlab-ci.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", ".travis.yml", ".drone.yml",
      "Jenkinsfile",    ".woodpecker.yml",     ".pre-commit-config.yaml", "action.yml",  "action.yaml"};
  const std::string_view whole = path;
  const auto name = whole.substr(whole.rfind('/') == std::string_view::npos ? 0 : whole.rfind('/') + 1);
  return std::any_of(kFolders.begin(), kFolders.end(), [&](auto folder) { return whole.starts_with(folder); }) ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end() || name.ends_with(".gitlab-ci.yml") ||
         name.starts_with("Jenkinsfile");
}

Result<void> mark_gate_jobs(const Repository& repository, Patch& patch) {
  for (auto& change : patch.files) {
    // Program text runs no gate.
    if (change.c_family) continue;
    if (!is_ci_file(change.path) && !is_ci_file(change.base_path())) continue;
    PATCHGATE_TRY(const bool runs_it, names_the_gate(repository, change));
    if (runs_it) change.file_class = FileClass::gate;
  }
  return {};
}

}  // namespace patchgate
