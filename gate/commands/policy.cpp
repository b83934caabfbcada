#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "gate/commands/check_calendar.h"
#include "gate/commands/commands.h"
#include "gate/commands/init_files.h"
#include "gate/commands/policy_in_force.h"
#include "gate/commands/say.h"
#include "gate/pipeline/files.h"
#include "policies/engine/policy_tests.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kTestBytes = 4U << 20U;

int show(const OpenedPolicy& opened) {
  const auto& policy = *opened.loaded.policy;
  auto text = fmt::format("policy {}\n", opened.source);
  if (opened.observe_only) text += "there is no .patchgate/policy.json at this revision: rules are observed only\n";
  for (const auto& note : policy.notes) text += "note: " + note + "\n";
  for (const auto& rule : policy.rules) text += "\n" + describe_rule(rule);
  const auto done = print(text);
  return done ? 0 : say_errors({done.error()});
}

int check(const OpenedPolicy& opened) {
  const auto done = print(fmt::format("{}: {} rules, {} warnings\n", opened.source, opened.loaded.policy->rules.size(),
                                      opened.loaded.warnings.size()));
  return done ? 0 : say_errors({done.error()});
}

/// The folder whose tests/*.json belong to the policy: beside the file that was named, else .patchgate of the work
/// tree.
Result<fs::path> folder_of_tests(const PolicyOptions& options) {
  if (options.policy && !options.policy->starts_with("builtin:")) return fs::path(*options.policy).parent_path();
  PATCHGATE_TRY(const auto repository, Repository::open(options.repo.value_or(".")));
  return repository.work_folder() / ".patchgate";
}

int test(const PolicyOptions& options, const Policy& policy) {
  const auto folder = folder_of_tests(options);
  if (!folder) return say_errors({folder.error()});
  std::vector<fs::path> paths;
  std::error_code error;
  for (fs::directory_iterator it(*folder / "tests", error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".json") paths.push_back(it->path());
  std::sort(paths.begin(), paths.end());
  std::vector<PolicyTestFile> files;
  for (const auto& path : paths) {
    auto text = read_input_file(path, kTestBytes);
    if (!text) return say_errors({text.error()});
    files.push_back({path.string(), std::move(*text)});
  }
  const auto report =
      run_policy_tests(policy, files, [](const std::string& path) { return read_input_file(path, kTestBytes); });
  if (!report.errors.empty()) return say_errors(report.errors);
  std::string text;
  std::size_t failed = 0;
  for (const auto& one : report.cases) {
    const bool passed = one.state == PolicyTestCase::State::pass;
    if (!passed) ++failed;
    text += fmt::format("{} {}: {}\n", passed ? "pass" : "FAIL", fs::path(one.file).filename().string(), one.name);
    for (const auto& difference : one.differences) text += "  " + difference + "\n";
  }
  for (const auto& rule : report.rules_without_pass) text += "no test expects " + rule + " to pass\n";
  for (const auto& rule : report.rules_without_fail) text += "no test expects " + rule + " to fail\n";
  text += fmt::format("{} passed, {} failed\n", report.cases.size() - failed, failed);
  const auto done = print(text);
  if (!done) return say_errors({done.error()});
  return report.passed() ? 0 : 1;
}

}  // namespace

int run_policy(const PolicyOptions& options) {
  if (options.action == PolicyOptions::Action::init) return write_starter_policy(options.repo);
  const auto opened = policy_in_force(options.repo, options.rev, options.policy);
  if (!opened) return say_errors({opened.error()});
  for (const auto& warning : opened->loaded.warnings) say("warning: " + to_string(warning));
  if (!opened->loaded.policy) return say_errors(opened->loaded.errors);
  switch (options.action) {
    case PolicyOptions::Action::show:
      return show(*opened);
    case PolicyOptions::Action::test:
      return test(options, *opened->loaded.policy);
    default:
      if (const int code = check_calendar_of(options); code != 0) return code;
      return check(*opened);
  }
}

}  // namespace patchgate
