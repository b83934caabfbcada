#include "gate/commands/init_files.h"

#include <algorithm>

#include <fmt/format.h>

#include "policies/engine/near_miss.h"

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
    "source": [{sources}]
  }},

  // How a change of this repository reaches its users: rendered manifests of Argo Rollouts, Flagger,
  // Kubernetes, CodeDeploy or SAM, Harness, Spinnaker, flagd, LaunchDarkly, or a rollout.json of patchgate's own.
  "rollouts": [{rollouts}]
}}
)";

constexpr const char* kGitHub = R"yaml(name: patchgate
on:
  pull_request:
  merge_group:
  push:
    branches: [{branches}]{pad}# the report that the deploy asks for; {branch} keeps the index
permissions:
  contents: read
jobs:
  database:                            # runs your build system, and so code of the patch: no secret, no write access
    runs-on: ubuntu-24.04
    container: debian:12
    steps:
      - run: apt-get update && apt-get install -y --no-install-recommends git ca-certificates {packages}
      - uses: actions/checkout@d23441a48e516b6c34aea4fa41551a30e30af803 # v6.1.0
        with: {{ fetch-depth: 0, persist-credentials: false }}
{steps}      - uses: actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0
        with: {{ name: compile-commands, path: {database} }}
  patchgate:                           # judges, and runs nothing that comes from the patch
    needs: database
    if: ${{{{ !cancelled() }}}}            # a job that is skipped counts as passed
    runs-on: ubuntu-24.04
    container: debian:12
    steps:
      - run: apt-get update && apt-get install -y --no-install-recommends git ca-certificates
      - uses: actions/checkout@d23441a48e516b6c34aea4fa41551a30e30af803 # v6.1.0
        with: {{ fetch-depth: 0, persist-credentials: false }}      # the merge base has to be there
      - uses: actions/download-artifact@37930b1c2abaa49bbe596cd826c3c89aef350131 # v7.0.0
        with: {{ name: compile-commands, path: {folder} }}
        continue-on-error: true        # without it patchgate says what it could not read
      - uses: OWNER/patchgate/ci/github@FULL_COMMIT_ID
        with:
          compile-commands: {folder}
)yaml";

constexpr const char* kGitLab = R"yaml(include:
  - local: .gitlab/patchgate.yml
    inputs:
      source: PATCHGATE_ADDRESS
      revision: FULL_COMMIT_ID
      compile-commands: {folder}

compile-commands:
  extends: .patchgate-rules      # in the pipelines of patchgate; without rules it would be in none of a merge request
  stage: build
  image: debian:12
  script:
    - apt-get update && apt-get install -y --no-install-recommends {packages}
{steps}  artifacts:
    paths: [{database}]
)yaml";

constexpr const char* kJenkins = R"groovy(pipeline {{
  agent any
  options {{ skipDefaultCheckout() }}
  stages {{
    stage('database') {{
      agent {{ docker {{ image 'debian:12'; args '-u root'; reuseNode true }} }}
      steps {{
        deleteDir()
        checkout scm
        sh 'apt-get update && apt-get install -y --no-install-recommends {packages}'
{steps}        stash name: 'compile-commands', includes: '{database}'
      }}
      // What root made goes to whom the workspace belongs to, who has to delete it.
      post {{ always {{ sh 'chown -R --reference=. .' }} }}
    }}
    stage('patchgate') {{
      when {{ changeRequest() }}
      // On the same node, for compile commands name files by their path; in a new clone, for the build ran code of the patch.
      agent {{ docker {{ image 'PATCHGATE_IMAGE'; reuseNode true }} }}
      steps {{
        deleteDir()
        checkout scm
        unstash 'compile-commands'
        // Single quotes: the shell reads the variables, Groovy does not put names of branches into a script.
        sh 'git rev-parse -q --verify "origin/$CHANGE_TARGET" || ' +
           'git fetch --no-tags origin "+refs/heads/$CHANGE_TARGET:refs/remotes/origin/$CHANGE_TARGET"'
        sh 'patchgate check --base "origin/$CHANGE_TARGET" --target "$CHANGE_TARGET" ' +
           '--source "$CHANGE_BRANCH" --compile-commands {database} --report text json=patchgate.json junit=patchgate.xml'
      }}
      post {{
        always {{
          archiveArtifacts artifacts: 'patchgate.json', allowEmptyArchive: true
          junit testResults: 'patchgate.xml', allowEmptyResults: true
        }}
      }}
    }}
  }}
}}
)groovy";

/// What is said at the head of a job, as comment lines of its language.
std::string about_job(const ProjectSigns& signs, const char* mark, const std::vector<std::string>& own) {
  std::vector<std::string> lines{
      "Judges patches before they are deployed. The job that builds runs code of the patch and gets no secret; the one "
      "that",
      "judges runs none."};
  lines.insert(lines.end(), own.begin(), own.end());
  if (signs.built_by.empty())
    lines.emplace_back("No build system was recognised: put in how compile_commands.json is made.");
  else
    lines.push_back("Built by " + signs.build.name +
                    ". Packages that the build needs besides go into the apt-get line.");
  if (signs.build.name == "Bazel")
    lines.emplace_back(
        "Debian has no Bazel: take an image that has it and git, and see docs/compile-commands.md of patchgate.");
  lines.emplace_back(
      "Evidence of tests: let a job that may run code of the patch write JUnit and coverage files, hand them over");
  lines.emplace_back(
      "as compile_commands.json is, and name them to the job that judges: --junit and --coverage, or inputs of these "
      "names.");
  std::string text;
  for (const auto& line : lines) text += std::string(mark) + " " + line + "\n";
  return text;
}

std::string each(const std::vector<std::string>& commands, const char* before, const char* after) {
  std::string text;
  for (const auto& command : commands) text += before + command + after + "\n";
  return text;
}

std::string quoted_list(const std::vector<std::string>& words) {
  std::vector<std::string> quoted;
  for (const auto& word : words) quoted.push_back('"' + word + '"');
  return join(quoted, ", ");
}

std::string job(const char* text, const ProjectSigns& signs, const std::string& steps) {
  const auto& build = signs.build;
  const auto database = build.folder == "." ? "compile_commands.json" : build.folder + "/compile_commands.json";
  // Each push that may be deployed needs a report of its own: of the usual branch and of those that hotfixes are meant
  // for.
  std::string branches = signs.usual_branch;
  for (const auto& pattern : signs.hotfix_targets)
    if (pattern != signs.usual_branch) branches += ", \"" + pattern + '"';
  return fmt::format(fmt::runtime(text), fmt::arg("packages", build.packages), fmt::arg("steps", steps),
                     fmt::arg("database", database), fmt::arg("folder", build.folder),
                     fmt::arg("branch", signs.usual_branch), fmt::arg("branches", branches),
                     fmt::arg("pad", std::string(branches.size() < 22 ? 23 - branches.size() : 1, ' ')));
}

}  // namespace

std::vector<StarterFile> starter_files(const ProjectSigns& signs) {
  const std::string replace = "Replace OWNER/patchgate and FULL_COMMIT_ID by your copy of patchgate.";
  std::vector<StarterFile> files;
  files.push_back({".patchgate/policy.json",
                   fmt::format(fmt::runtime(kPolicy), fmt::arg("targets", quoted_list(signs.hotfix_targets)),
                               fmt::arg("sources", quoted_list(signs.hotfix_sources)),
                               fmt::arg("rollouts", quoted_list(signs.rollouts)))});
  const auto& commands = signs.build.commands;
  for (const auto& system : signs.ci) {
    if (system == "GitHub")
      files.push_back({".github/workflows/patchgate.yml",
                       about_job(signs, "#", {replace}) + job(kGitHub, signs, each(commands, "      - run: ", ""))});
    if (system == "GitLab") {
      files.push_back({".gitlab/patchgate.yml", std::string(gitlab_component())});
      files.push_back(
          {kGitLabProject,
           about_job(signs, "#",
                     {"Replace PATCHGATE_ADDRESS and FULL_COMMIT_ID by your copy of patchgate (a git address). Use it",
                      "from .gitlab-ci.yml: include: { local: .gitlab/patchgate-project.yml }"}) +
               job(kGitLab, signs, each(commands, "    - ", ""))});
    }
    if (system == "Jenkins")
      files.push_back(
          {"Jenkinsfile.patchgate",
           about_job(
               signs, "//",
               {"For a multibranch pipeline whose script path is this file. Replace PATCHGATE_IMAGE by an image that",
                "ci/container of patchgate makes. The clone must not be shallow."}) +
               job(kJenkins, signs, each(commands, "        sh '", "'"))});
  }
  return files;
}

std::vector<std::string> without_a_job(const ProjectSigns& signs) {
  std::vector<std::string> names;
  for (const auto& system : signs.ci)
    if (system != "GitHub" && system != "GitLab" && system != "Jenkins") names.push_back(system);
  return names;
}

}  // namespace patchgate
