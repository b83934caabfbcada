#include "gate/pipeline/ci_environment.h"

#include <algorithm>

#include "gate/pipeline/json_scalars.h"

namespace patchgate {
namespace {

constexpr std::size_t kMostEventBytes = 4U << 20U;

using Kind = CiRange::Kind;

std::string value_of(const EnvironmentVariables& env, std::string_view name) {
  const auto found = env.find(name);
  return found == env.end() ? std::string() : found->second;
}

bool is_commit_id(std::string_view text) {
  return text.size() == 40 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool is_none(std::string_view id) { return id.find_first_not_of('0') == std::string_view::npos; }

/// A variable that holds a commit's id; empty where it is not set or all zeros.
Result<std::string> commit_variable(const EnvironmentVariables& env, std::string_view name) {
  std::string id = value_of(env, name);
  if (is_none(id)) return std::string();
  if (!is_commit_id(id)) {
    return fail(Error::Kind::config, "the variable " + std::string(name) + " is not a commit id of 40 hex digits",
                "pass --base and --head");
  }
  return id;
}

std::string branch_name(const std::string& ref) { return ref.starts_with("refs/heads/") ? ref.substr(11) : ref; }

void add_commits(CiEnvironment& ci, std::string base, std::string head, std::string why, bool base_is_tip = true) {
  if (base.empty() || head.empty()) return;
  ci.ranges.push_back({Kind::commits, std::move(base), std::move(head), {}, base_is_tip, std::move(why)});
}

std::string remote_branch(const std::string& name) { return name.empty() ? "" : "refs/remotes/origin/" + name; }

/// What a push of `branch` brought. The tip before is a base only on a branch that patches are meant for: on any other
/// its author pushed it too, and what was pushed first, a policy say, would judge what is pushed next.
void add_push(CiEnvironment& ci, const std::string& branch, const std::string& before, const std::string& after,
              const std::string& why) {
  ci.source = branch;
  ci.target = ci.default_branch;
  if (ci.default_branch.empty()) {
    ci.why_no_range = "the push does not say which branch is the default one: pass --base REV";
  } else if (branch == ci.default_branch) {
    add_commits(ci, before, after, why);
    if (ci.ranges.empty()) ci.why_no_range = "the push names no earlier tip: pass --base REV";
  } else {
    if (!before.empty()) ci.since_last_push = CiRange{Kind::commits, before, after, {}, true, why};
    ci.pushed_beside_default = true;
    add_commits(ci, remote_branch(ci.default_branch), after, "merge base with the default branch");
  }
}

class GithubRun {
 public:
  GithubRun(const EnvironmentVariables& env, const JsonScalars& event) : env_(env), event_(event) {}

  Result<CiEnvironment> read() {
    ci_.provider = "github";
    ci_.event = value_of(env_, "GITHUB_EVENT_NAME");
    PATCHGATE_TRY(ci_.default_branch, event_.text("repository.default_branch"));
    PATCHGATE_TRY(const std::string pull_request_head, event_.commit("pull_request.head.sha"));
    if (!pull_request_head.empty()) {
      PATCHGATE_CHECK(read_pull_request(pull_request_head));
    } else if (ci_.event == "merge_group") {
      PATCHGATE_CHECK(read_merge_group());
    } else if (ci_.event == "push") {
      PATCHGATE_CHECK(read_push());
    } else {
      PATCHGATE_CHECK(read_started_by_hand());
    }
    if (ci_.ranges.empty() && ci_.why_no_range.empty()) {
      ci_.why_no_range = "a run for '" + ci_.event +
                         "' on the default branch names no base: give the workflow an input named base, or pass "
                         "--base REV";
    }
    return std::move(ci_);
  }

 private:
  Result<void> read_pull_request(const std::string& head) {
    PATCHGATE_TRY(const std::string base, event_.commit("pull_request.base.sha"));
    PATCHGATE_TRY(ci_.target, event_.text("pull_request.base.ref"));
    PATCHGATE_TRY(ci_.source, event_.text("pull_request.head.ref"));
    PATCHGATE_TRY(ci_.labels, event_.texts("pull_request.labels", "name"));
    PATCHGATE_TRY(const std::string own, event_.text("repository.full_name"));
    // A fork that was deleted since is null: a fork all the same.
    PATCHGATE_TRY(const std::string theirs, event_.text("pull_request.head.repo.full_name"));
    ci_.fork = theirs != own;
    PATCHGATE_TRY(const std::string sha, commit_variable(env_, "GITHUB_SHA"));
    if (!sha.empty()) {
      ci_.ranges.push_back({Kind::first_parent, {}, sha, head, true, "the merge commit that was checked out"});
    }
    add_commits(ci_, remote_branch(ci_.target), head, "the target branch and pull_request.head.sha");
    add_commits(ci_, base, head, "pull_request.base.sha and pull_request.head.sha", /*base_is_tip=*/false);
    return {};
  }

  Result<void> read_merge_group() {
    PATCHGATE_TRY(const std::string base, event_.commit("merge_group.base_sha"));
    PATCHGATE_TRY(const std::string head, event_.commit("merge_group.head_sha"));
    PATCHGATE_TRY(const std::string base_ref, event_.text("merge_group.base_ref"));
    PATCHGATE_TRY(const std::string head_ref, event_.text("merge_group.head_ref"));
    ci_.target = branch_name(base_ref);
    ci_.source = branch_name(head_ref);
    add_commits(ci_, base, head, "merge_group.base_sha and merge_group.head_sha");
    if (ci_.ranges.empty()) ci_.why_no_range = "the merge_group event has no base_sha and head_sha: pass --base REV";
    return {};
  }

  Result<void> read_push() {
    PATCHGATE_TRY(const std::string ref, event_.text("ref"));
    PATCHGATE_TRY(const bool deleted, event_.boolean("deleted"));
    PATCHGATE_TRY(std::string before, event_.commit("before"));
    PATCHGATE_TRY(const std::string after, event_.commit("after"));
    if (is_none(before)) before.clear();
    if (deleted || is_none(after)) {
      ci_.why_no_range = "the push deleted a branch: there is nothing to judge";
    } else if (!ref.starts_with("refs/heads/")) {
      ci_.why_no_range = "the push of a tag names no base: pass --base REV";
    } else {
      add_push(ci_, branch_name(ref), before, after, "push.before and push.after");
    }
    return {};
  }

  /// workflow_dispatch, whose workflow may declare the inputs base and head; without a base, and for a schedule, what
  /// the branch has that the default branch has not.
  Result<void> read_started_by_hand() {
    const std::string ref = value_of(env_, "GITHUB_REF");
    if (ref.starts_with("refs/heads/")) ci_.source = branch_name(ref);
    PATCHGATE_TRY(const std::string base, event_.text("inputs.base"));
    PATCHGATE_TRY(std::string head, event_.text("inputs.head"));
    if (head.empty()) {
      PATCHGATE_TRY(head, commit_variable(env_, "GITHUB_SHA"));
    } else {
      ci_.source = is_commit_id(head) ? "" : branch_name(head);
    }
    if (!base.empty()) {
      if (!is_commit_id(base)) {
        ci_.target = branch_name(base);
        add_commits(ci_, remote_branch(ci_.target), head, "the input base of the run");
      }
      add_commits(ci_, base, head, "the input base of the run");
    } else if (ci_.source != ci_.default_branch) {
      ci_.target = ci_.default_branch;
      add_commits(ci_, remote_branch(ci_.default_branch), head, "merge base with the default branch");
    }
    return {};
  }

  const EnvironmentVariables& env_;
  const JsonScalars& event_;
  CiEnvironment ci_;
};

std::vector<std::string> comma_list(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(',', from), text.size());
    if (end > from) out.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return out;
}

Result<void> read_merge_request(const EnvironmentVariables& env, const std::string& head, CiEnvironment& ci) {
  const std::string type = value_of(env, "CI_MERGE_REQUEST_EVENT_TYPE");
  ci.event = "merge_request (" + (type.empty() ? "detached" : type) + ")";
  ci.target = value_of(env, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME");
  ci.source = value_of(env, "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME");
  ci.labels = comma_list(value_of(env, "CI_MERGE_REQUEST_LABELS"));
  ci.fork = value_of(env, "CI_MERGE_REQUEST_SOURCE_PROJECT_ID") != value_of(env, "CI_MERGE_REQUEST_PROJECT_ID");
  if (type == "merged_result" || type == "merge_train") {
    // The commit is a merge: since the diff's base it would hold other people's changes as well.
    PATCHGATE_TRY(const std::string target, commit_variable(env, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA"));
    PATCHGATE_TRY(const std::string source, commit_variable(env, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"));
    add_commits(ci, target, head, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA and CI_COMMIT_SHA");
    if (!source.empty()) ci.ranges.push_back({Kind::first_parent, {}, head, source, true, "the merge CI_COMMIT_SHA"});
  } else {
    PATCHGATE_TRY(const std::string base, commit_variable(env, "CI_MERGE_REQUEST_DIFF_BASE_SHA"));
    add_commits(ci, remote_branch(ci.target), head, "the target branch and CI_COMMIT_SHA");
    add_commits(ci, base, head, "CI_MERGE_REQUEST_DIFF_BASE_SHA and CI_COMMIT_SHA", /*base_is_tip=*/false);
  }
  if (ci.ranges.empty()) ci.why_no_range = "the merge request's variables name no base: pass --base REV";
  return {};
}

Result<CiEnvironment> read_gitlab(const EnvironmentVariables& env) {
  CiEnvironment ci;
  ci.provider = "gitlab";
  ci.default_branch = value_of(env, "CI_DEFAULT_BRANCH");
  PATCHGATE_TRY(const std::string head, commit_variable(env, "CI_COMMIT_SHA"));
  if (!value_of(env, "CI_MERGE_REQUEST_IID").empty()) {
    PATCHGATE_CHECK(read_merge_request(env, head, ci));
    return ci;
  }
  const std::string branch = value_of(env, "CI_COMMIT_BRANCH");
  if (branch.empty()) {
    ci.event = "tag";
    ci.why_no_range = "a pipeline for a tag names no base: pass --base REV";
    return ci;
  }
  ci.event = "branch";
  PATCHGATE_TRY(const std::string before, commit_variable(env, "CI_COMMIT_BEFORE_SHA"));
  add_push(ci, branch, before, head, "CI_COMMIT_BEFORE_SHA and CI_COMMIT_SHA");
  return ci;
}

struct Sides {
  Oid base, head;
};

Result<Sides> sides_of(const CiRange& range, const CommitLookup& lookup) {
  Sides out;
  PATCHGATE_TRY(out.head, lookup.resolve(range.head));
  if (range.kind == Kind::commits) {
    PATCHGATE_TRY(out.base, lookup.resolve(range.base));
  } else {
    PATCHGATE_TRY(const std::vector<Oid> parents, lookup.parents(out.head));
    if (parents.size() != 2 || parents[1] != range.merged) {
      return fail(Error::Kind::repository, out.head + " is not the merge of " + range.merged);
    }
    PATCHGATE_TRY(out.base, lookup.resolve(parents.front()));
  }
  if (out.base == out.head) {
    return fail(Error::Kind::repository, "both sides are " + out.head + ", so there is no patch");
  }
  return out;
}

}  // namespace

const std::vector<std::string>& ci_variables() {
  static const std::vector<std::string> names = {
      "CI_COMMIT_BEFORE_SHA",
      "CI_COMMIT_BRANCH",
      "CI_COMMIT_SHA",
      "CI_DEFAULT_BRANCH",
      "CI_MERGE_REQUEST_DIFF_BASE_SHA",
      "CI_MERGE_REQUEST_EVENT_TYPE",
      "CI_MERGE_REQUEST_IID",
      "CI_MERGE_REQUEST_LABELS",
      "CI_MERGE_REQUEST_PROJECT_ID",
      "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
      "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA",
      "CI_MERGE_REQUEST_SOURCE_PROJECT_ID",
      "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
      "CI_MERGE_REQUEST_TARGET_BRANCH_SHA",
      "GITHUB_ACTIONS",
      "GITHUB_EVENT_NAME",
      "GITHUB_EVENT_PATH",
      "GITHUB_REF",
      "GITHUB_SHA",
      "GITLAB_CI",
  };
  return names;
}

Result<std::optional<CiEnvironment>> read_ci_environment(const EnvironmentVariables& env, const FileReader& read) {
  if (value_of(env, "GITHUB_ACTIONS") == "true") {
    const std::string path = value_of(env, "GITHUB_EVENT_PATH");
    if (path.empty()) {
      CiEnvironment ci;
      ci.provider = "github";
      ci.event = value_of(env, "GITHUB_EVENT_NAME");
      ci.why_no_range = "GITHUB_EVENT_PATH is not set: pass --base REV";
      return std::optional(std::move(ci));
    }
    PATCHGATE_TRY(const std::string text, read(path, kMostEventBytes));
    PATCHGATE_TRY(const JsonScalars event,
                  JsonScalars::parse(path, text, kMostEventBytes, "pass --base and --head to do without the event"));
    PATCHGATE_TRY(CiEnvironment ci, GithubRun(env, event).read());
    return std::optional(std::move(ci));
  }
  if (value_of(env, "GITLAB_CI") == "true") {
    PATCHGATE_TRY(CiEnvironment ci, read_gitlab(env));
    return std::optional(std::move(ci));
  }
  return std::optional<CiEnvironment>();
}

void take_as_target(CiEnvironment& ci) {
  ci.target = ci.source;
  if (ci.since_last_push) ci.ranges.insert(ci.ranges.begin(), *ci.since_last_push);
}

Result<CiCommits> settle_range(const CiEnvironment& ci, const CommitLookup& lookup) {
  if (ci.ranges.empty()) return fail(Error::Kind::usage, "the patch is not known from CI: " + ci.why_no_range);
  std::string tried;
  for (const CiRange& range : ci.ranges) {
    auto sides = sides_of(range, lookup);
    if (sides) return CiCommits{sides->base, sides->head, range.base_is_tip, range.why};
    tried += "; " + range.why + ": " + sides.error().message;
  }
  return fail(Error::Kind::repository, "the patch that " + ci.provider + " names is not in this clone" + tried,
              ci.provider == "gitlab"
                  ? "fetch the whole history (GIT_DEPTH: \"0\") and the target branch, or pass --base and --head"
                  : "fetch the whole history (actions/checkout with `fetch-depth: 0`), or pass --base and --head");
}

}  // namespace patchgate
