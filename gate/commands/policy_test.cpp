#include "gate/commands/policy_test.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "analyzers/git/repository.h"
#include "gate/commands/say.h"
#include "gate/pipeline/files.h"
#include "policies/engine/policy_tests.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kTestBytes = 4U << 20U;
constexpr std::size_t kMostTestFiles = 1000;

/// The folder whose tests/*.json belong to the policy: beside the file that was named, else .patchgate of the work
/// tree.
Result<fs::path> folder_of_tests(const PolicyOptions& options) {
  if (options.policy && !options.policy->starts_with("builtin:")) return fs::path(*options.policy).parent_path();
  PATCHGATE_TRY(const auto repository, Repository::open(options.repo.value_or(".")));
  return repository.work_folder() / ".patchgate";
}

Result<std::vector<PolicyTestFile>> read_tests(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (fs::directory_iterator it(folder / "tests", error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".json") paths.push_back(it->path());
    if (paths.size() > kMostTestFiles)
      return fail(Error::Kind::config, "there are more than 1000 files of policy tests");
  }
  std::sort(paths.begin(), paths.end());
  std::vector<PolicyTestFile> files;
  for (const auto& path : paths) {
    PATCHGATE_TRY(auto text, read_input_file(path, kTestBytes));
    files.push_back({path.string(), std::move(text)});
  }
  return files;
}

const char* word_for(PolicyTestCase::State state) {
  switch (state) {
    case PolicyTestCase::State::pass:
      return "pass ";
    case PolicyTestCase::State::fail:
      return "FAIL ";
    case PolicyTestCase::State::error:
      break;
  }
  return "ERROR";
}

std::string report_text(const PolicyTestReport& report) {
  std::string text;
  std::size_t failed = 0;
  std::size_t wrong = 0;
  for (const auto& one : report.cases) {
    if (one.state == PolicyTestCase::State::fail) ++failed;
    if (one.state == PolicyTestCase::State::error) ++wrong;
    text += fmt::format("{} {}: {}\n", word_for(one.state), fs::path(one.file).filename().string(), one.name);
    for (const auto& difference : one.differences) text += "      " + difference + "\n";
  }
  for (const auto& rule : report.rules_without_pass) text += "LACKS no test expects " + rule + " to pass\n";
  for (const auto& rule : report.rules_without_fail) text += "LACKS no test expects " + rule + " to fail\n";
  for (const auto& survivor : report.survivors) {
    text += fmt::format("LACKS no test notices that in {} {} ({}:{})\n", survivor.rule, survivor.what, survivor.at.file,
                        survivor.at.line);
  }
  text += fmt::format("{} passed, {} failed, {} with errors", report.cases.size() - failed - wrong, failed, wrong);
  if (report.passed()) {
    text += fmt::format("; {} of {} small mistakes in the rules were noticed", report.mutants - report.survivors.size(),
                        report.mutants);
  }
  return text + "\n";
}

}  // namespace

int test_policy(const PolicyOptions& options, const Policy& policy) {
  const auto folder = folder_of_tests(options);
  if (!folder) return say_errors({folder.error()});
  const auto files = read_tests(*folder);
  if (!files) return say_errors({files.error()});
  const auto report =
      run_policy_tests(policy, *files, [](const std::string& path) { return read_input_file(path, kTestBytes); });
  if (!report.errors.empty()) return say_errors(report.errors);
  const auto done = print(report_text(report));
  if (!done) return say_errors({done.error()});
  return report.complete() ? 0 : 1;
}

}  // namespace patchgate
