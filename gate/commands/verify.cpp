#include <cstdlib>

#include <fmt/format.h>

#include "gate/cli/exit_code.h"
#include "gate/commands/commands.h"
#include "gate/commands/contradiction.h"
#include "gate/commands/environment.h"
#include "gate/commands/reported_verdict.h"
#include "gate/commands/say.h"
#include "gate/commands/time_of_deploy.h"
#include "gate/pipeline/ci_environment.h"
#include "gate/pipeline/files.h"
#include "gate/pipeline/open_calendar.h"
#include "gate/pipeline/open_floor.h"
#include "gate/pipeline/open_leave.h"
#include "gate/pipeline/open_policy.h"
#include "gate/pipeline/time_of_run.h"

namespace patchgate {
namespace {

bool is_full_id(const std::string& text) {
  return text.size() == 40 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Result<OpenedPolicy> policy_at(const Repository& repository, const Oid& commit, const std::string& floor) {
  PATCHGATE_TRY(const auto tree, repository.snapshot(commit));
  return open_policy(repository, tree, "", floor);
}

/// The tip of a branch by its short name: in a CI checkout there often is only the remote's.
Result<Oid> tip_of(const Repository& repository, const std::string& branch) {
  for (const auto* space : {"refs/heads/", "refs/remotes/origin/", ""})
    if (const auto found = repository.resolve(space + branch)) return found->commit;
  return fail(Error::Kind::repository,
              "the target branch " + branch + " is not in this clone, so its policy is not known",
              "git fetch origin " + branch);
}

Result<bool> is_ancestor(const Repository& repository, const Oid& older, const Oid& newer) {
  PATCHGATE_TRY(const auto base, repository.merge_base(older, newer));
  return base == older;
}

/// The policy that has to have judged: that of the target's tip. Once the patch is in the target, a policy that it
/// brought along is in force there, and the one before it is what judged: then the base's counts.
Result<OpenedPolicy> policy_in_force_for(const Repository& repository, const ReportedVerdict& verdict,
                                         const std::string& target, const std::string& floor) {
  PATCHGATE_TRY(const auto tip, tip_of(repository, target));
  PATCHGATE_TRY(auto at_tip, policy_at(repository, tip, floor));
  if (at_tip.digest() == verdict.policy_digest || verdict.base.empty() || verdict.head.empty()) return at_tip;
  PATCHGATE_TRY(const bool arrived, is_ancestor(repository, verdict.head, tip));
  PATCHGATE_TRY(const bool of_the_target, is_ancestor(repository, verdict.base, tip));
  if (!arrived || !of_the_target) return at_tip;
  PATCHGATE_TRY(const auto at_head, policy_at(repository, verdict.head, floor));
  if (at_head.digest() == at_tip.digest()) return policy_at(repository, verdict.base, floor);
  return at_tip;
}

/// How far back it is looked for where the head came into the target.
constexpr std::size_t kMergesTried = 10'000;

/// What the target was before the head came into it: the first parent of the merge that brought it. None where the head
/// is not in there, or was put on top without a merge: nothing shows then how many commits came at once.
Result<std::optional<Oid>> before_the_merge(const Repository& repository, const Oid& head, const Oid& tip) {
  PATCHGATE_TRY(const auto line, repository.history(tip, kMergesTried));
  std::optional<Oid> found;
  for (const auto& commit : line) {
    if (commit.id == head) return std::optional<Oid>();
    PATCHGATE_TRY(const bool has_it, is_ancestor(repository, head, commit.id));
    if (!has_it) break;
    if (!commit.parents.empty()) found = commit.parents.front();
  }
  return found;
}

/// Where that begins which the deploy brings; empty where it cannot be told. `base`: what is deployed now, where it was
/// named.
Result<Oid> start_of_deploy(const Repository& repository, const std::optional<std::string>& base, const Oid& head,
                            const std::string& target) {
  if (base) {
    PATCHGATE_TRY(const auto deployed, repository.resolve(*base));
    return repository.merge_base(deployed.commit, head);
  }
  PATCHGATE_TRY(const auto tip, tip_of(repository, target));
  PATCHGATE_TRY(const bool arrived, is_ancestor(repository, head, tip));
  if (!arrived) return repository.merge_base(tip, head);
  PATCHGATE_TRY(const auto before, before_the_merge(repository, head, tip));
  if (!before) return Oid();
  return repository.merge_base(*before, head);
}

/// The branch that CI deploys; empty outside of CI.
std::string target_of_ci() {
  const auto read = [](const std::string& path, std::size_t most) { return read_input_file(path, most); };
  const auto ci = read_ci_environment(ci_environment(), read);
  if (!ci || !*ci) return "";
  // A push deploys the branch that was pushed; whether patches are meant for it is for the report to say.
  return (*ci)->pushed_beside_default ? (*ci)->source : (*ci)->target;
}

Oid id_at(const Repository& repository, const Oid& commit, const char* path) {
  const auto tree = repository.snapshot(commit);
  const auto* entry = tree ? tree->find(path) : nullptr;
  return entry == nullptr ? Oid() : entry->blob;
}

/// A file by which the report was made is another one at the target's tip; not where the patch itself brought that.
Result<bool> has_changed(const Repository& repository, const ReportedVerdict& verdict, const Oid& tip, const char* path,
                         const Oid& reported) {
  const auto now = id_at(repository, tip, path);
  if (now == reported) return false;
  if (verdict.head.empty() || verdict.base.empty()) return true;
  PATCHGATE_TRY(const bool arrived, is_ancestor(repository, verdict.head, tip));
  return !arrived || id_at(repository, verdict.head, path) != now || id_at(repository, verdict.base, path) != reported;
}

/// What the calendar says now, and which files of the gate are others than those that the report was made by.
Result<std::vector<std::string>> against_by_tip(const Repository& repository, const ReportedVerdict& verdict,
                                                const std::string& target, const OpenedPolicy& policy,
                                                TimeOfRun& time) {
  if (!policy.loaded.policy) return std::vector<std::string>();
  PATCHGATE_TRY(const auto tip, tip_of(repository, target));
  PATCHGATE_TRY(const auto tree, repository.snapshot(tip));
  PATCHGATE_TRY(const auto calendar, open_calendar(repository, tree, *policy.loaded.policy, time, std::nullopt));
  if (!calendar.errors.empty()) return tl::unexpected(calendar.errors.front());
  std::vector<std::string> found;
  if (!policy.observe_only) found = blocked_now(verdict, *policy.loaded.policy, calendar, target);
  for (const auto& [path, reported] :
       {std::pair{kCalendarPath, &verdict.calendar}, std::pair{kExceptionsPath, &verdict.exceptions}}) {
    PATCHGATE_TRY(const bool changed, has_changed(repository, verdict, tip, path, *reported));
    if (changed) found.push_back(fmt::format("{} on {} is another one than the report was made by", path, target));
  }
  return found;
}

struct OpenedDeploy {
  Deploy deploy;
  OpenedPolicy policy;               ///< the one in force there
  std::vector<std::string> against;  ///< what the files of the target's tip say against it now
};

Result<OpenedDeploy> open_deploy(const VerifyOptions& options, const ReportedVerdict& verdict) {
  OpenedDeploy opened;
  auto& deploy = opened.deploy;
  TimeOfRun time(options.now);
  deploy.now = time.needed();
  deploy.target = options.target.value_or(target_of_ci());
  std::optional<Repository> repository;
  if (!is_full_id(options.head) || !options.policy || options.base) {
    PATCHGATE_TRY(auto found, Repository::open(options.repo.value_or(".")));
    repository.emplace(std::move(found));
  }
  if (is_full_id(options.head)) {
    deploy.head = options.head;
  } else {
    PATCHGATE_TRY(const auto head, repository->resolve(options.head));
    deploy.head = head.commit;
  }
  if (options.policy) {
    opened.policy = open_trusted_policy(*options.policy);
    if (options.floor) add_floor(*options.floor, nullptr, opened.policy);
    if (!opened.policy.loaded.policy) return tl::unexpected(opened.policy.loaded.errors.front());
    deploy.policy_digest = opened.policy.digest();
    if (options.base) {
      PATCHGATE_TRY(deploy.merge_base, start_of_deploy(*repository, options.base, deploy.head, ""));
    }
    if (!time_may_block(*opened.policy.loaded.policy)) return opened;
    if (!repository) {
      PATCHGATE_TRY(auto found, Repository::open(options.repo.value_or(".")));
      repository.emplace(std::move(found));
    }
    const auto branch = deploy.target.empty() ? verdict.target : deploy.target;
    PATCHGATE_TRY(opened.against, against_by_tip(*repository, verdict, branch, opened.policy, time));
    return opened;
  }
  if (verdict.policy_source.starts_with("file:"))
    return fail(Error::Kind::usage,
                "the report was made by a policy outside of the repository (" + verdict.policy_source + ")",
                "name it: --policy FILE");
  const auto target = deploy.target.empty() ? verdict.target : deploy.target;
  if (target.empty())
    return fail(Error::Kind::usage, "the report names no target branch, so the policy in force is not known",
                "name the branch that is deployed: --target NAME");
  PATCHGATE_TRY(opened.policy, policy_in_force_for(*repository, verdict, target, options.floor.value_or("")));
  deploy.policy_digest = opened.policy.digest();
  PATCHGATE_TRY(deploy.merge_base, start_of_deploy(*repository, options.base, deploy.head, target));
  PATCHGATE_TRY(opened.against, against_by_tip(*repository, verdict, target, opened.policy, time));
  return opened;
}

/// Of the report with itself and, where it was made by the policy in force, with that.
std::optional<std::string> contradiction_in(const ReportedVerdict& verdict, const OpenedPolicy& policy) {
  if (!policy.loaded.policy || policy.digest() != verdict.policy_digest) return contradiction(verdict);
  return contradiction(verdict, *policy.loaded.policy, policy.observe_only);
}

int refuse_report(const std::string& report, const std::string& why) {
  Error error;
  error.kind = Error::Kind::config;
  error.at = Place{report, 0, 0};
  error.message = why;
  error.hint = "take the report from the run that judged; make one: patchgate check --report json=FILE";
  return say_errors({error});
}

}  // namespace

int run_verify(const VerifyOptions& options) {
  const auto text = read_input_file(options.report, kMostReportBytes);
  if (!text) return say_errors({text.error()});
  const auto verdict = read_verdict(options.report, *text);
  if (!verdict) return say_errors({verdict.error()});
  if (verdict->decision == "none") {
    say("patchgate: nothing was judged: " + verdict->headline);
    return exit_code(Decision::none, 0);
  }
  if (const auto why = contradiction(*verdict)) return refuse_report(options.report, *why);
  const auto opened = open_deploy(options, *verdict);
  if (!opened) return say_errors({opened.error()});
  if (const auto why = contradiction_in(*verdict, opened->policy)) return refuse_report(options.report, *why);
  const auto* deploy = &opened->deploy;
  auto against = objections(*verdict, *deploy);
  against.insert(against.end(), opened->against.begin(), opened->against.end());
  for (const auto& objection : against) say("patchgate: " + objection);
  if (!against.empty()) {
    say("patchgate: judge what is to be deployed: patchgate check --head " + deploy->head + " --report json=FILE");
    return exit_code(Decision::block, 0);
  }
  if (deploy->merge_base.empty())
    say("patchgate: that the report judges all that is deployed with it could not be seen here; to have it checked, "
        "name "
        "what is deployed now: --base REV");
  if (deploy->target.empty())
    say("patchgate: the target is the one that the report names; to have it checked: --target NAME");
  for (const auto& one : verdict->overrides)
    say(fmt::format("patchgate: OVERRIDDEN: {} does not pass; {} approved it until {}", one.rule, one.approved_by,
                    one.not_after));
  const auto done = print(fmt::format("{} may be deployed{}: {}, by the policy in force ({})\n", deploy->head,
                                      verdict->target.empty() ? "" : " to " + verdict->target, verdict->decision,
                                      verdict->policy_source));
  return done ? 0 : say_errors({done.error()});
}

}  // namespace patchgate
