#include <algorithm>

#include "gate/pipeline/pictures.h"
#include "gate/pipeline/report_paths.h"

namespace patchgate {

std::vector<std::string> run_again(const CheckOptions& options, const Patch& patch, const std::string& now,
                                   const std::filesystem::path& work_folder) {
  std::vector<std::string> words{"patchgate", "check", "--base", patch.base};
  const auto add = [&](const char* flag, const std::string& value) {
    words.emplace_back(flag);
    words.push_back(value);
  };
  const auto add_files = [&](const char* flag, std::vector<std::string> files) {
    for (auto& file : files) file = name_in_report(file, work_folder);
    std::sort(files.begin(), files.end());
    for (const auto& file : files) add(flag, file);
  };
  // What is not committed has an id that names no commit.
  if (options.worktree || options.staged) {
    words.emplace_back(options.worktree ? "--worktree" : "--staged");
  } else {
    add("--head", patch.head);
  }
  if (!patch.target_ref.empty()) add("--target", patch.target_ref);
  if (!patch.source_ref.empty()) add("--source", patch.source_ref);
  if (options.policy) add("--policy", name_in_report(*options.policy, work_folder));
  add_files("--compile-commands", options.graph.compile_commands);
  add_files("--rollout", options.rollouts);
  add_files("--coverage", options.coverage);
  add_files("--junit", options.junit);
  add_files("--junit-at-base", options.junit_at_base);
  add_files("--override", options.overrides);
  if (options.context) add("--context", name_in_report(*options.context, work_folder));
  if (options.patch_scope) add("--scope", "patch");
  if (options.full_scope) add("--scope", "full");
  if (options.budget) add("--budget", std::to_string(*options.budget));
  if (options.zoneinfo) add("--zoneinfo", name_in_report(*options.zoneinfo, work_folder));
  if (!now.empty()) add("--now", now);
  return words;
}

}  // namespace patchgate
