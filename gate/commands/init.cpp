#include <algorithm>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include "analyzers/git/repository.h"
#include "gate/cli/words.h"
#include "gate/commands/commands.h"
#include "gate/commands/init_files.h"
#include "gate/commands/project_signs.h"
#include "gate/commands/say.h"
#include "gate/pipeline/files.h"
#include "gate/pipeline/open_patch.h"
#include "policies/engine/near_miss.h"

namespace patchgate {
namespace {

constexpr std::uint64_t kMostTextBytes = 1U << 20U;
constexpr std::size_t kMostConfigBytes = 1U << 20U;

/// The files that are committed; of a repository without a commit those that lie there.
Result<Snapshot> files_of(Repository& repository) {
  const auto head = repository.resolve("HEAD");
  return head ? repository.snapshot(head->commit) : repository.worktree();
}

/// The addresses in the repository's own configuration, as text to look a name up in.
std::string addresses_of(const Repository& repository) {
  const auto config = read_input_file(repository.git_folder() / "config", kMostConfigBytes);
  std::istringstream lines(config.value_or(""));
  std::string addresses;
  for (std::string line; std::getline(lines, line);)
    if (const auto word = line.find("url"); word != std::string::npos && line.find('=', word) != std::string::npos)
      addresses += line + "\n";
  return addresses;
}

/// "release/2.4" of refs/heads/release/2.4 and of refs/remotes/origin/release/2.4.
std::vector<std::string> branches_of(const Repository& repository) {
  std::vector<std::string> branches;
  for (const auto& ref : {repository.default_base_ref(), repository.head_ref()})
    if (auto branch = branch_of_ref(ref); !branch.empty() && branches.empty()) branches.push_back(std::move(branch));
  for (const auto& ref : repository.local_refs())
    if (auto branch = branch_of_ref(ref); !branch.empty()) branches.push_back(std::move(branch));
  return branches;
}

Result<ProjectSigns> look_at(Repository& repository) {
  PATCHGATE_TRY(const auto files, files_of(repository));
  std::vector<std::string> paths;
  for (const auto& entry : files.entries()) paths.push_back(entry.path);
  const auto read = [&](const std::string& path) -> std::optional<std::string> {
    const auto* entry = files.find(path);
    if (entry == nullptr) return std::nullopt;
    auto text = repository.blob(entry->blob, kMostTextBytes);
    return text ? std::optional(std::move(*text)) : std::nullopt;
  };
  return signs_of(paths, branches_of(repository), addresses_of(repository), read);
}

std::string in_a_line(const std::vector<std::string>& words) {
  std::vector<std::string> shown;
  for (const auto& word : words) {
    const auto quoted = in_quotes(word);  // what is not fit for a line is made visible
    shown.push_back(quoted.substr(1, quoted.size() - 2));
  }
  return join(shown, ", ");
}

std::string what_was_found(const ProjectSigns& signs) {
  std::string text = "Found\n";
  if (!signs.built_by.empty()) text += "  build     " + signs.build.name + " (" + in_a_line({signs.built_by}) + ")\n";
  if (!signs.tests.empty()) text += "  tests     " + in_a_line(signs.tests) + "\n";
  if (!signs.ci_is_assumed) text += "  CI        " + in_a_line(signs.ci) + "\n";
  text += "  hotfixes  go to " + in_a_line(signs.hotfix_targets) + ", come from " + in_a_line(signs.hotfix_sources);
  if (!signs.release_branches.empty()) text += " (there is " + in_a_line(signs.release_branches) + ")";
  text += "\n";
  if (!signs.rollout_is_assumed) text += "  rollout   " + in_a_line(signs.rollouts) + "\n";
  return text;
}

std::string what_is_not_known(const ProjectSigns& signs, const std::vector<StarterFile>& written) {
  auto sentences = signs.not_known;
  for (const auto& file : written) {
    for (const char* name : {"OWNER/patchgate", "PATCHGATE_ADDRESS"})
      if (file.text.find(name) != std::string::npos && file.text.find("FULL_COMMIT_ID") != std::string::npos)
        sentences.push_back("where your copy of patchgate is: put it for " + std::string(name) +
                            " and FULL_COMMIT_ID in " + file.path);
    if (file.path == kGitLabProject)
      sentences.push_back("where in .gitlab-ci.yml it belongs: add include: { local: " + file.path + " } there");
    if (file.text.find("PATCHGATE_IMAGE") != std::string::npos)
      sentences.push_back("where your image of patchgate is: put it for PATCHGATE_IMAGE in " + file.path);
  }
  for (const auto& system : without_a_job(signs))
    sentences.push_back("how a job of " + system + " has to look: docs/jenkins.md has the words for any CI system");
  std::string text = "Could not find out\n";
  for (const auto& sentence : sentences) text += "  - " + sentence + "\n";
  return text;
}

/// Writes the starter files, all or the policy alone; a file that exists is left as it is.
Result<std::string> write_starters(const std::optional<std::string>& repo, bool policy_only) {
  PATCHGATE_TRY(auto repository, Repository::open(repo.value_or(".")));
  const auto& root = repository.work_folder();
  if (root.empty())
    return fail(Error::Kind::usage, "a bare repository has no files to write to", "run it in a clone with a work tree");
  PATCHGATE_TRY(const auto signs, look_at(repository));
  auto files = starter_files(signs);
  if (policy_only) files.resize(1);
  std::string said;
  std::vector<StarterFile> written;
  std::error_code error;
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
    written.push_back(file);
  }
  if (!policy_only) said += what_was_found(signs) + what_is_not_known(signs, written);
  return said + "Next: commit on the branch that patches are meant for; a policy counts from the next patch on.\n" +
         "Try it now: change a line, then patchgate check --worktree\n";
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
