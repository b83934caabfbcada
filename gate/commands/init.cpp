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

  // How a change of this repository reaches its users: Argo Rollouts manifests or a rollout.json of patchgate's own.
  "rollouts": [".patchgate/rollout.json"]
}}
)";

constexpr const char* kGitHub = R"(# Judges patches before they are deployed. The job needs no token and no secret.
name: patchgate
on:
  pull_request:
  merge_group:
permissions:
  contents: read
jobs:
  patchgate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0          # the merge base has to be there
          persist-credentials: false
      - name: Compile database    # replace this step if the project is not built with CMake
        run: cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
      - name: Judge the patch
        run: patchgate check --report text --report markdown="$GITHUB_STEP_SUMMARY" --report json=patchgate.json
      - uses: actions/upload-artifact@v4
        if: ${{ always() }}
        with:
          name: patchgate
          path: patchgate.json
)";

constexpr const char* kGitLab =
    R"(# Judges patches before they are deployed. Add to .gitlab-ci.yml:  include: { local: .gitlab/patchgate.yml }
patchgate:
  stage: test
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH =~ /^(hotfix|release)\//
  variables:
    GIT_DEPTH: "0"                # the merge base has to be there
  script:
    - cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON   # replace this line if the project is not built with CMake
    - patchgate check --report text --report json=patchgate.json
  artifacts:
    when: always
    paths: [patchgate.json]
)";

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
  if (github || !gitlab) files.push_back({".github/workflows/patchgate.yml", kGitHub});
  if (gitlab) files.push_back({".gitlab/patchgate.yml", kGitLab});
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
