#include "gate/pipeline/replay_patches.h"

#include <algorithm>
#include <set>

#include "gate/pipeline/assemble.h"
#include "gate/pipeline/judge.h"
#include "gate/pipeline/open_patch.h"
#include "gate/pipeline/progress.h"
#include "gate/pipeline/workbench.h"
#include "gate/version/version.h"
#include "policies/calendar/civil_time.h"

namespace patchgate {

namespace {

constexpr std::size_t kLongestHistory = 1'000'000;

/// Commits of the branch that `since` does not hold, newest first. Along first parents being an ancestor of `since`
/// begins somewhere and never ends, so it is looked for by halves.
Result<std::vector<CommitInfo>> patches_after(const Repository& repository, const Oid& since, const Oid& until) {
  PATCHGATE_TRY(auto line, repository.history(until, kLongestHistory));
  std::size_t first = 0, last = line.size();
  while (first < last) {
    const auto middle = first + (last - first) / 2;
    const auto common = repository.merge_base(line[middle].id, since);
    if (common && *common == line[middle].id) {
      last = middle;
    } else {
      first = middle + 1;
    }
  }
  line.resize(first);
  // A history's first commit has nothing that it could be compared with.
  if (!line.empty() && line.back().parents.empty()) line.pop_back();
  if (line.empty())
    return fail(Error::Kind::usage, "no patch came after --since: it is the tip of the branch, or later",
                "name an earlier commit or tag, or another branch with --until");
  return line;
}

Result<OpenedPolicy> opened(OpenedPolicy policy, std::vector<Error>& errors, std::vector<std::string>& warnings) {
  for (const auto& warning : policy.loaded.warnings) warnings.push_back(to_string(warning));
  if (policy.loaded.policy) return policy;
  errors.insert(errors.end(), policy.loaded.errors.begin(), policy.loaded.errors.end());
  return tl::unexpected(policy.loaded.errors.front());
}

std::string branch_name(const ReplayOptions& options, const Repository& repository, const Revision& until) {
  if (options.target) return *options.target;
  const bool is_head = !options.until || *options.until == "HEAD";
  return branch_of_ref(is_head ? repository.head_ref() : until.ref);
}

/// What is not known of the patch's C and C++ code, without names of files, so that patches can be counted by it.
std::vector<std::string> not_known(const Report& report) {
  std::set<std::string> reasons;
  for (const auto& place : report.unread)
    reasons.insert("code that could not be read: " + std::string(name_of(place.cause)));
  if (report.units_failed != 0) reasons.insert("units with errors");
  if (!report.left_out.empty()) reasons.insert(report.left_out);
  const auto percentile = report.facts.get("impact.percentile").value;
  if (const auto* unknown = std::get_if<Unknown>(&percentile); unknown != nullptr && !report.symbols.empty())
    reasons.insert("rank of the touched code: " + unknown->why);
  return {reasons.begin(), reasons.end()};
}

ReplayedVerdict replayed(const Verdict& verdict) {
  ReplayedVerdict result;
  result.decision = verdict.decision;
  result.headline = verdict.headline;
  for (const auto& rule : verdict.rules)
    if (rule.result == RuleResult::fail || rule.result == RuleResult::unknown)
      result.rules.push_back({rule.id, rule.result, rule.effect});
  return result;
}

CheckOptions as_it_was(const ReplayOptions& options, const std::string& branch, const CommitInfo& commit) {
  CheckOptions check;
  check.repo = options.repo;
  check.base = commit.parents.front();
  check.head = commit.id;
  check.target = branch;
  check.now = rfc3339(std::max<std::int64_t>(commit.time, 0), 0);
  check.zoneinfo = options.zoneinfo;
  check.graph = options.graph;
  check.patch_scope = options.patch_scope;
  check.budget = options.budget;
  check.quiet = true;
  return check;
}

ReplayedCommit judged(const CommitInfo& commit, const CheckOptions& check, const std::vector<OpenedPolicy>& policies) {
  ReplayedCommit result;
  result.id = commit.id;
  result.subject = commit.summary;
  result.time = commit.time;
  result.merge = commit.parents.size() > 1;
  const auto judgement = judge_under(check, policies);
  const auto& report = judgement.report;
  if (!judgement.errors.empty()) {
    result.failure = report.verdict.reason;
    return result;
  }
  result.hotfix = report.hotfix.value_or(false);
  result.risk = report.risk.level;
  result.unknown = not_known(report);
  result.verdicts.push_back(replayed(report.verdict));
  for (const auto& verdict : judgement.by_others) result.verdicts.push_back(replayed(verdict));
  return result;
}

}  // namespace

Result<Replay> replay_patches(const ReplayOptions& options, std::vector<Error>& errors,
                              std::vector<std::string>& warnings) {
  PATCHGATE_TRY(const auto repository, open_repository(options.repo, options.graph));
  PATCHGATE_TRY(const auto until, repository.resolve(options.until.value_or("HEAD")));
  PATCHGATE_TRY(const auto since, repository.resolve(options.since));
  PATCHGATE_TRY(const auto tip, repository.snapshot(until.commit));
  std::vector<OpenedPolicy> policies;
  PATCHGATE_TRY(auto old_policy, open_policy(repository, tip, options.old_policy.value_or("")));
  PATCHGATE_TRY(auto old_checked, opened(std::move(old_policy), errors, warnings));
  policies.push_back(std::move(old_checked));
  if (options.new_policy) {
    PATCHGATE_TRY(auto new_checked, opened(open_trusted_policy(*options.new_policy), errors, warnings));
    policies.push_back(std::move(new_checked));
  }
  PATCHGATE_TRY(auto patches, patches_after(repository, since.commit, until.commit));

  Replay replay;
  replay.version = program_version();
  replay.branch = branch_name(options, repository, until);
  replay.since = since.commit;
  replay.until = until.commit;
  replay.patch_scope = options.patch_scope;
  for (const auto& policy : policies) replay.policies.push_back({policy.source, policy.digest(), policy.observe_only});
  if (patches.size() > options.limit) {
    replay.left_out = patches.size() - options.limit;
    patches.resize(options.limit);
  }
  ProgressLine progress("judging patches", !options.quiet);
  const auto tell = progress.callback();
  for (const auto& patch : patches) {
    tell(replay.commits.size(), patches.size());
    replay.commits.push_back(judged(patch, as_it_was(options, replay.branch, patch), policies));
  }
  progress.finish();
  return replay;
}

}  // namespace patchgate
