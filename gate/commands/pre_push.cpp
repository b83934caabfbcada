#include "gate/commands/pre_push.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "gate/cli/exit_code.h"
#include "gate/commands/say.h"
#include "gate/pipeline/judge.h"
#include "gate/pipeline/push_range.h"
#include "gate/pipeline/workbench.h"
#include "gate/reports/formats.h"

namespace patchgate {
namespace {

constexpr const char* kSkip = "PATCHGATE_SKIP";
constexpr std::size_t kMostInput = (1U << 20U) + 1;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// pre-commit gives no standard input; it says the first ref in variables, none of them on a push of a root commit.
std::vector<PushedRef> refs_of_pre_commit() {
  const auto to = variable("PRE_COMMIT_TO_REF");
  const auto branch = variable("PRE_COMMIT_REMOTE_BRANCH");
  if (to.empty() || branch.empty()) return {};
  return {{variable("PRE_COMMIT_LOCAL_BRANCH"), to, branch, variable("PRE_COMMIT_FROM_REF")}};
}

std::string input_up_to(std::size_t most) {
  std::string text(most, '\0');
  std::cin.read(text.data(), static_cast<std::streamsize>(most));
  text.resize(static_cast<std::size_t>(std::cin.gcount()));
  return text;
}

/// Who skips says why, and it stays on record beside the index.
int skip(const Repository& repository, const std::vector<PushedRef>& refs, const std::string& why) {
  const auto file = repository.git_folder() / "patchgate" / "skipped-pushes.log";
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  std::ofstream log(file, std::ios::app);
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  for (const auto& ref : refs) {
    std::string line = fmt::format("{:%Y-%m-%dT%H:%M:%SZ} {} {} {}", fmt::gmtime(now), ref.local, ref.remote_ref, why);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    log << line << '\n';
  }
  log.flush();
  if (!log) return say_errors({Error{Error::Kind::io, "cannot note the skipped push in " + file.string(), {}, {}, {}}});
  say(fmt::format("patchgate: not judged ({}: {}); noted in {}", kSkip, why, file.string()));
  return 0;
}

int judge(const HookOptions& options, const PushRange& range, const std::string& what) {
  CheckOptions check;
  check.repo = options.repo;
  check.base = range.base;
  check.head = range.head;
  check.target = range.target;
  if (!range.source.empty()) check.source = range.source;
  check.graph = options.graph;
  check.patch_scope = options.patch_scope;
  check.budget = options.budget;
  check.quiet = options.quiet;
  const auto judgement = judge_patch(check, {});
  if (!options.quiet)
    for (const auto& warning : judgement.warnings) say("patchgate: " + warning);
  if (!judgement.errors.empty()) {
    say(fmt::format("patchgate: {} could not be judged; to push all the same: {}='why' git push …", what, kSkip));
    return say_errors(judgement.errors);
  }
  const auto& verdict = judgement.report.verdict;
  if (verdict.decision == Decision::allow) {
    say(fmt::format("patchgate: {}: {}", what, verdict.headline));
    return 0;
  }
  const auto done = print(write_text(judgement.report, !options.no_color && wants_color()));
  if (!done) return say_errors({done.error()});
  if (verdict.decision == Decision::block)
    say(fmt::format("patchgate: {} is not pushed; to push all the same: {}='why' git push …", what, kSkip));
  return exit_code(verdict.decision, 0);
}

}  // namespace

int run_pre_push(const HookOptions& options) {
  const auto repository = open_repository(options.repo, options.graph);
  if (!repository) return say_errors({repository.error()});
  auto refs = read_pushed_refs(input_up_to(kMostInput));
  if (!refs) return say_errors({refs.error()});
  if (refs->empty()) *refs = refs_of_pre_commit();
  if (std::getenv(kSkip) != nullptr) {
    const auto why = variable(kSkip);
    if (why.empty())
      return say_errors({Error{
          Error::Kind::usage, std::string(kSkip) + " is empty", {}, "say why: PATCHGATE_SKIP='why' git push …", {}}});
    return skip(*repository, *refs, why);
  }
  const auto remote = !options.remote.empty() ? options.remote : variable("PRE_COMMIT_REMOTE_NAME");
  int worst = 0;
  std::set<std::string> judged;
  for (const auto& ref : *refs) {
    const auto patch = range_of_push(*repository, remote.empty() ? "origin" : remote, ref);
    if (!patch) {
      worst = std::max(worst, say_errors({patch.error()}));
      continue;
    }
    if (!patch->range) {
      if (!options.quiet) say("patchgate: " + ref.remote_ref + " " + patch->why_none + ": nothing to judge");
      continue;
    }
    const auto& range = *patch->range;
    if (!judged.insert(range.base + range.head + range.target + ' ' + range.source).second) continue;
    const auto what = ref.remote_ref + (range.target == range.source ? "" : ", meant for " + range.target);
    const int code = judge(options, range, what);
    // A block is the clearest answer; an error must not hide it, nor it an error of another ref.
    worst = worst == 1 || code == 1 ? 1 : std::max(worst, code);
  }
  return worst;
}

}  // namespace patchgate
