#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "analyzers/git/repository.h"
#include "gate/commands/commands.h"
#include "gate/commands/init_files.h"
#include "gate/commands/say.h"
#include "gate/pipeline/files.h"
#include "gate/pipeline/open_patch.h"

namespace patchgate {
namespace {

constexpr const char* kPolicy = R"({{
  // What patchgate asks of a patch. Read from the tip of the branch that a patch is meant for, never from the patch itself.
  // builtin:hotfix@1 blocks a hotfix of high risk that lacks a proof: a test that reaches the touched code, a staged rollout,
  // code that could be read. All else warns. `patchgate policy show builtin:hotfix@1` prints it.
  "policy": 1,
  "extends": ["builtin:hotfix@1"],

  // Which patches are hotfixes: by the branch that they are meant for, or that they come from.
  "hotfix": {{
    "target": [{targets}],
    "source": ["hotfix/**"]
  }},

  // How a change of this repository reaches its users: rendered manifests of Argo Rollouts, Flagger,
  // Kubernetes, CodeDeploy or SAM, Harness, Spinnaker, flagd, LaunchDarkly, or a rollout.json of patchgate's own.
  "rollouts": [".patchgate/rollout.json"]
}}
)";

constexpr const char* kGitHub = R"yaml(name: patchgate
on:
  pull_request:
  merge_group:
permissions:
  contents: read
jobs:
  database:
    runs-on: ubuntu-latest
    container: debian:12
    steps:
      - run: apt-get update && apt-get install -y --no-install-recommends git ca-certificates g++ cmake ninja-build
      - uses: actions/checkout@v4
        with: { fetch-depth: 0, persist-credentials: false }
      - run: cmake -S . -B build -G Ninja -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
      - uses: actions/upload-artifact@v4
        with: { name: compile-commands, path: build/compile_commands.json }
  patchgate:
    needs: database
    runs-on: ubuntu-latest
    container: debian:12
    steps:
      - run: apt-get update && apt-get install -y --no-install-recommends git ca-certificates
      - uses: actions/checkout@v4
        with: { fetch-depth: 0, persist-credentials: false }      # the merge base has to be there
      - uses: actions/checkout@v4
        with: { repository: OWNER/patchgate, ref: FULL_COMMIT_ID, path: .patchgate-tool, persist-credentials: false }
      - uses: actions/download-artifact@v4
        with: { name: compile-commands, path: build }
      - run: chown -R "$(id -u):$(id -g)" .      # the runner's user made these files, not the container's
      - run: |
          .patchgate-tool/ci/gate check --compile-commands build/compile_commands.json \
            --report text json=patchgate.json markdown="$GITHUB_STEP_SUMMARY"
      - uses: actions/upload-artifact@v4
        if: ${{ always() }}
        with: { name: patchgate, path: patchgate.json }
)yaml";

constexpr const char* kGitLab = R"yaml(.patchgate:
  image: debian:12
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "0"      # the merge base has to be there

patchgate-database:
  extends: .patchgate
  stage: build
  script:
    - apt-get update && apt-get install -y --no-install-recommends g++ cmake ninja-build
    - cmake -S . -B build -G Ninja -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
  artifacts:
    paths: [build/compile_commands.json]

patchgate:
  extends: .patchgate
  stage: test
  needs: [patchgate-database]
  before_script:
    - apt-get update && apt-get install -y --no-install-recommends git ca-certificates
    - git clone -q "$CI_SERVER_URL/OWNER/patchgate.git" /opt/patchgate && git -C /opt/patchgate checkout -q FULL_COMMIT_ID
  script:
    - /opt/patchgate/ci/gate check --compile-commands build/compile_commands.json
      --report text json=patchgate.json markdown=patchgate.md
  artifacts:
    when: always
    paths: [patchgate.json, patchgate.md]
)yaml";

constexpr const char* kAboutJob =
    "# Judges patches before they are deployed. Replace OWNER/patchgate and FULL_COMMIT_ID, and the cmake line if the "
    "project\n"
    "# is not built with CMake. The job that builds runs code of the patch and gets no secret; the one that judges "
    "runs none.\n";

/// Release branches as they are named here: `release/2.4` → `release/**`.
std::string target_globs(const std::vector<std::string>& branches) {
  std::vector<std::string> globs;
  for (const char* folder : {"release", "releases", "stable"}) {
    const auto prefix = std::string(folder) + "/";
    if (std::any_of(branches.begin(), branches.end(), [&](const auto& b) { return b.starts_with(prefix); }))
      globs.push_back(prefix + "**");
  }
  for (const char* name : {"production", "prod"})
    if (std::find(branches.begin(), branches.end(), name) != branches.end()) globs.emplace_back(name);
  if (globs.empty()) globs = {"release/**", "production"};
  std::string text;
  for (const auto& glob : globs) text += (text.empty() ? "\"" : ", \"") + glob + "\"";
  return text;
}

}  // namespace

std::vector<StarterFile> starter_files(const std::vector<std::string>& branches, bool github, bool gitlab) {
  std::vector<StarterFile> files;
  files.push_back(
      {".patchgate/policy.json", fmt::format(fmt::runtime(kPolicy), fmt::arg("targets", target_globs(branches)))});
  if (github || !gitlab) files.push_back({".github/workflows/patchgate.yml", std::string(kAboutJob) + kGitHub});
  if (gitlab)
    files.push_back(
        {".gitlab/patchgate.yml", "# Use it from .gitlab-ci.yml: include: { local: .gitlab/patchgate.yml }\n" +
                                      std::string(kAboutJob) + kGitLab});
  return files;
}

namespace {

/// Writes the starter files, all or the policy alone; a file that exists is left as it is.
Result<std::string> write_starters(const std::optional<std::string>& repo, bool policy_only) {
  PATCHGATE_TRY(const auto repository, Repository::open(repo.value_or(".")));
  const auto& root = repository.work_folder();
  if (root.empty())
    return fail(Error::Kind::usage, "a bare repository has no files to write to", "run it in a clone with a work tree");
  std::vector<std::string> branches;
  for (const auto& ref : repository.local_refs())
    if (auto branch = branch_of_ref(ref); !branch.empty()) branches.push_back(std::move(branch));
  std::error_code error;
  auto files = starter_files(branches, std::filesystem::exists(root / ".github", error),
                             std::filesystem::exists(root / ".gitlab-ci.yml", error));
  if (policy_only) files.resize(1);
  std::string said;
  for (const auto& file : files) {
    const auto path = root / file.path;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, error))) {
      said += "kept   " + file.path + " (it exists)\n";
      continue;
    }
    std::filesystem::create_directories(path.parent_path(), error);
    if (error) return fail(Error::Kind::io, "cannot make the folder of " + file.path + ": " + error.message());
    PATCHGATE_CHECK(write_output_file(path, file.text));
    said += "wrote  " + file.path + "\n";
  }
  const auto base = branch_of_ref(repository.default_base_ref());
  return said + "Next: commit on the branch that patches are meant for; a policy counts from the next patch on.\n" +
         "Try it now: patchgate check --base " + (base.empty() ? "BASE" : base) + " --head HEAD\n";
}

int say_outcome(const Result<std::string>& outcome) {
  if (!outcome) return say_errors({outcome.error()});
  const auto done = print(*outcome);
  return done ? 0 : say_errors({done.error()});
}

}  // namespace

int write_starter_policy(const std::optional<std::string>& repo) { return say_outcome(write_starters(repo, true)); }

int run_init(const InitOptions& options) { return say_outcome(write_starters(options.repo, false)); }

}  // namespace patchgate
