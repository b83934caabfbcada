#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "gate/commands/commands.h"
#include "gate/commands/say.h"
#include "gate/commands/selftest_story.h"
#include "gate/pipeline/files.h"
#include "gate/pipeline/judge.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;

/// A folder of its own that goes away.
class Scratch {
 public:
  Scratch() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "patchgate-selftest-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = fs::canonical(name, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Result<void> expect(const fs::path& folder, const SelftestOptions& options, const char* head, Decision expected) {
  CheckOptions check;
  check.repo = folder.string();
  check.base = "release/1";
  check.head = head;
  check.graph.sandbox = options.sandbox;
  check.graph.no_cache = true;
  check.quiet = true;
  const auto judgement = judge_patch(check, {});
  if (!judgement.errors.empty()) return tl::unexpected(judgement.errors.front());
  const auto& verdict = judgement.report.verdict;
  if (!options.quiet) PATCHGATE_CHECK(print(std::string(head) + ": " + verdict.headline + "\n"));
  if (verdict.decision == expected) return {};
  return fail(
      Error::Kind::internal,
      std::string("the verdict on ") + head + " is " + name_of(verdict.decision) + ", it must be " + name_of(expected),
      "this installation does not judge as it should: do not rely on it");
}

Result<void> selftest(const SelftestOptions& options) {
  const Scratch scratch;
  if (scratch.path().empty())
    return fail(Error::Kind::io, std::string("cannot make a temporary folder: ") + std::strerror(errno),
                "set TMPDIR to a writable folder");
  PATCHGATE_CHECK(make_scratch_repository(scratch.path(), selftest_commits()));
  PATCHGATE_CHECK(
      write_output_file(scratch.path() / "compile_commands.json", selftest_compile_database(scratch.path())));
  PATCHGATE_CHECK(expect(scratch.path(), options, "hotfix/bad", Decision::block));
  return expect(scratch.path(), options, "hotfix/good", Decision::allow);
}

}  // namespace

int run_selftest(const SelftestOptions& options) {
  const auto done = selftest(options);
  if (!done) return say_errors({done.error()});
  if (options.quiet) return 0;
  const auto said = print("selftest passed: the known bad patch is blocked, the known good one allowed\n");
  return said ? 0 : say_errors({said.error()});
}

}  // namespace patchgate
