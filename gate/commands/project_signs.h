#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

/// How a project's compile commands are made in a container of Debian 12.
struct BuildSteps {
  std::string name;      ///< "CMake"
  std::string packages;  ///< Debian's, with spaces between
  std::vector<std::string> commands;
  std::string folder = ".";  ///< that compile_commands.json is in then
};

/// What the files and branches of a repository say about how it is built, tested, checked and brought out.
struct ProjectSigns {
  BuildSteps build;                                         ///< CMake's where there is no sign of any
  std::string built_by;                                     ///< the file that shows it; empty = none
  std::vector<std::string> tests;                           ///< "GoogleTest (tests/fee_test.cpp)"
  std::vector<std::string> ci;                              ///< "GitHub", "GitLab", "Jenkins", …
  std::string usual_branch = "main";                        ///< the default branch, where its name is fit for a job
  std::vector<std::string> hotfix_targets, hotfix_sources;  ///< globs of branches; never empty
  std::vector<std::string> release_branches;                ///< those that the first globs come from
  std::vector<std::string> rollouts;                        ///< manifests of systems that patchgate reads
  bool ci_is_assumed = false;                               ///< none was seen: `ci` is a guess
  bool rollout_is_assumed = false;                          ///< none was seen: `rollouts` is where one may be put
  std::vector<std::string> not_known;                       ///< sentences: what could not be found out
};

/// Gives the text of a file of the repository, or nothing where it is too large or unreadable.
using ReadText = std::function<std::optional<std::string>(const std::string& path)>;

/// `paths`: all files, sorted; `branches`: short names, local and of remotes, the default branch first where it is
/// known; `remote`: the address of origin, may be empty. Pure but for `read`, which is called for at most some hundred
/// files.
ProjectSigns signs_of(const std::vector<std::string>& paths, const std::vector<std::string>& branches,
                      std::string_view remote, const ReadText& read);

/// The parts of signs_of, for its tests and its own file each.
void find_build(const std::vector<std::string>& paths, ProjectSigns& signs);
void find_tests(const std::vector<std::string>& paths, const ReadText& read, ProjectSigns& signs);
void find_branches(const std::vector<std::string>& branches, ProjectSigns& signs);

}  // namespace patchgate
