#include "gate/pipeline/ci_environment.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

std::string id(char digit) { return std::string(40, digit); }
const std::string kA = id('a'), kB = id('b'), kC = id('c'), kZero = id('0');

/// `$a` stands for forty times "a".
std::string filled(std::string text) {
  for (std::size_t at = text.find('$'); at != std::string::npos; at = text.find('$', at)) {
    text.replace(at, 2, id(text[at + 1]));
  }
  return text;
}

std::string short_ids(std::string text) {
  for (const char digit : {'a', 'b', 'c', 'd', '0'}) {
    for (std::size_t at = text.find(id(digit)); at != std::string::npos; at = text.find(id(digit), at)) {
      text.replace(at, 40, std::string("$") + digit);
    }
  }
  return text;
}

std::string described(const CiEnvironment& ci) {
  std::string out =
      ci.provider + " " + ci.event + ": " + ci.source + " -> " + ci.target + ", default " + ci.default_branch;
  for (const std::string& label : ci.labels) out += " [" + label + "]";
  if (ci.fork) out += " fork";
  for (const CiRange& range : ci.ranges) {
    out += range.kind == CiRange::Kind::first_parent ? "\nmerge of " + range.merged : "\n" + range.base;
    out += ".." + range.head + (range.base_is_tip ? "" : " (not the tip)");
  }
  if (ci.pushed_beside_default)
    out += "\nas a target: " + (ci.since_last_push ? ci.since_last_push->base + ".." + ci.since_last_push->head : "");
  if (!ci.why_no_range.empty()) out += "\nnone: " + ci.why_no_range;
  return short_ids(out);
}

struct Case {
  const char* name;
  EnvironmentVariables env;
  std::string event;
  std::string expected;
};

class ReadCi : public testing::TestWithParam<Case> {};

TEST_P(ReadCi, FindsTheRange) {
  EnvironmentVariables env;
  for (const auto& [name, value] : GetParam().env) env[name] = filled(value);
  const auto read = [&](const std::string& path, std::size_t) -> Result<std::string> {
    EXPECT_EQ(path, "event.json");
    return filled(GetParam().event);
  };
  const auto ci = read_ci_environment(env, read);
  const std::string seen = !ci ? "error: " + to_string(ci.error()) : !*ci ? "no CI" : described(**ci);
  EXPECT_EQ(seen, GetParam().expected);
}

EnvironmentVariables github(const std::string& event, const std::string& ref = "refs/pull/7/merge") {
  return {{"GITHUB_ACTIONS", "true"},
          {"GITHUB_EVENT_NAME", event},
          {"GITHUB_EVENT_PATH", "event.json"},
          {"GITHUB_SHA", "$c"},
          {"GITHUB_REF", ref}};
}

std::string pull_request(const std::string& head_repo) {
  return R"({"pull_request": {"base": {"ref": "release/2.4", "sha": "$a"},
    "head": {"ref": "hotfix/null", "sha": "$b", "repo": )" +
         head_repo + R"(},
    "labels": [{"name": "hotfix"}, {"name": "a,b"}]},
    "repository": {"full_name": "org/app", "default_branch": "main"}})";
}

const std::string kOwn = R"({"full_name": "org/app"})";
const std::string kRepository = R"("repository": {"full_name": "org/app", "default_branch": "main"})";

std::string pull_request_ranges(const std::string& event, const std::string& fork) {
  return "github " + event + ": hotfix/null -> release/2.4, default main [hotfix] [a,b]" + fork +
         "\nmerge of $b..$c\nrefs/remotes/origin/release/2.4..$b\n$a..$b (not the tip)";
}

INSTANTIATE_TEST_SUITE_P(
    Github, ReadCi,
    testing::Values(
        Case{"no_ci", {{"CI", "true"}}, "", "no CI"}, Case{"github_false", {{"GITHUB_ACTIONS", "false"}}, "", "no CI"},
        Case{"pull_request", github("pull_request"), pull_request(kOwn), pull_request_ranges("pull_request", "")},
        Case{"pull_request_of_a_fork", github("pull_request"), pull_request(R"({"full_name": "x/app"})"),
             pull_request_ranges("pull_request", " fork")},
        Case{"pull_request_of_a_deleted_fork", github("pull_request"), pull_request("null"),
             pull_request_ranges("pull_request", " fork")},
        Case{"pull_request_target", github("pull_request_target"), pull_request(kOwn),
             pull_request_ranges("pull_request_target", "")},
        Case{"merge_group", github("merge_group"),
             R"({"merge_group": {"base_sha": "$a", "head_sha": "$b", "base_ref": "refs/heads/main",
                "head_ref": "refs/heads/gh-readonly-queue/main/pr-7"}, )" +
                 kRepository + "}",
             "github merge_group: gh-readonly-queue/main/pr-7 -> main, default main\n$a..$b"},
        Case{"merge_group_without_ids", github("merge_group"), "{}",
             "github merge_group:  -> , default \nnone: the merge_group event has no base_sha and head_sha: pass "
             "--base REV"},
        Case{"push", github("push", "refs/heads/release/2.4"),
             R"({"ref": "refs/heads/release/2.4", "before": "$a", "after": "$b", "deleted": false, )" + kRepository +
                 "}",
             "github push: release/2.4 -> main, default main\nrefs/remotes/origin/main..$b\nas a target: $a..$b"},
        Case{"second_push_to_a_hotfix_branch", github("push"),
             R"({"ref": "refs/heads/hotfix/x", "before": "$a", "after": "$b", )" + kRepository + "}",
             "github push: hotfix/x -> main, default main\nrefs/remotes/origin/main..$b\nas a target: $a..$b"},
        Case{"push_without_a_default_branch", github("push"),
             R"({"ref": "refs/heads/hotfix/x", "before": "$a", "after": "$b"})",
             "github push: hotfix/x -> , default \nnone: the push does not say which branch is the default one: pass "
             "--base REV"},
        Case{"push_of_a_new_branch", github("push"),
             R"({"ref": "refs/heads/hotfix/x", "before": "$0", "after": "$b", )" + kRepository + "}",
             "github push: hotfix/x -> main, default main\nrefs/remotes/origin/main..$b\nas a target: "},
        Case{"push_to_the_default_branch", github("push"),
             R"({"ref": "refs/heads/main", "before": "$a", "after": "$b", "forced": true, )" + kRepository + "}",
             "github push: main -> main, default main\n$a..$b"},
        Case{"first_push_of_the_default_branch", github("push"),
             R"({"ref": "refs/heads/main", "before": "$0", "after": "$b", )" + kRepository + "}",
             "github push: main -> main, default main\nnone: the push names no earlier tip: pass --base REV"},
        Case{"push_that_deletes", github("push"),
             R"({"ref": "refs/heads/x", "before": "$a", "after": "$0", "deleted": true, )" + kRepository + "}",
             "github push:  -> , default main\nnone: the push deleted a branch: there is nothing to judge"},
        Case{"push_of_a_tag", github("push"),
             R"({"ref": "refs/tags/v1", "before": "$0", "after": "$b", )" + kRepository + "}",
             "github push:  -> , default main\nnone: the push of a tag names no base: pass --base REV"},
        Case{"workflow_dispatch", github("workflow_dispatch", "refs/heads/hotfix/x"), "{" + kRepository + "}",
             "github workflow_dispatch: hotfix/x -> main, default main\nrefs/remotes/origin/main..$c"},
        Case{"workflow_dispatch_with_a_base", github("workflow_dispatch", "refs/heads/hotfix/x"),
             R"({"inputs": {"base": "release/2.4", "head": ""}, )" + kRepository + "}",
             "github workflow_dispatch: hotfix/x -> release/2.4, default main\n"
             "refs/remotes/origin/release/2.4..$c\nrelease/2.4..$c"},
        Case{"workflow_dispatch_with_both_ids", github("workflow_dispatch", "refs/heads/main"),
             R"({"inputs": {"base": "$a", "head": "$b"}, )" + kRepository + "}",
             "github workflow_dispatch:  -> , default main\n$a..$b"},
        Case{"workflow_dispatch_with_a_head", github("workflow_dispatch", "refs/heads/main"),
             R"({"inputs": {"head": "refs/heads/hotfix/x"}, )" + kRepository + "}",
             "github workflow_dispatch: hotfix/x -> main, default main\nrefs/remotes/origin/main..refs/heads/hotfix/x"},
        Case{"workflow_dispatch_on_the_default_branch", github("workflow_dispatch", "refs/heads/main"),
             R"({"inputs": null, )" + kRepository + "}",
             "github workflow_dispatch: main -> , default main\nnone: a run for 'workflow_dispatch' on the default "
             "branch "
             "names no base: give the workflow an input named base, or pass --base REV"},
        Case{"workflow_dispatch_of_a_tag", github("workflow_dispatch", "refs/tags/v1"), "{" + kRepository + "}",
             "github workflow_dispatch:  -> main, default main\nrefs/remotes/origin/main..$c"},
        Case{"schedule", github("schedule", "refs/heads/main"), "{" + kRepository + "}",
             "github schedule: main -> , default main\nnone: a run for 'schedule' on the default branch names no base: "
             "give the workflow an input named base, or pass --base REV"},
        Case{"no_event_file",
             {{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_NAME", "push"}},
             "",
             "github push:  -> , default \nnone: GITHUB_EVENT_PATH is not set: pass --base REV"},
        Case{"head_is_no_id", github("pull_request"), "{\"pull_request\":\n{\"head\": {\"sha\": \"--help\"}}}",
             "error: event.json:2: pull_request.head.sha is not a commit id of 40 hex digits"},
        Case{"branch_is_a_number", github("push"), "{\n\"ref\": 7}",
             "error: event.json:2: ref is a number, where a string is needed"},
        Case{"variable_is_no_id",
             {{"GITHUB_ACTIONS", "true"},
              {"GITHUB_EVENT_NAME", "pull_request"},
              {"GITHUB_EVENT_PATH", "event.json"},
              {"GITHUB_SHA", "HEAD"}},
             pull_request(kOwn),
             "error: the variable GITHUB_SHA is not a commit id of 40 hex digits\n  hint: pass --base and --head"}),
    [](const auto& tried) { return tried.param.name; });

EnvironmentVariables merge_request(EnvironmentVariables more) {
  EnvironmentVariables env = {{"GITLAB_CI", "true"},
                              {"CI_COMMIT_SHA", "$b"},
                              {"CI_DEFAULT_BRANCH", "main"},
                              {"CI_MERGE_REQUEST_IID", "7"},
                              {"CI_MERGE_REQUEST_PROJECT_ID", "1"},
                              {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "1"},
                              {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "release/2.4"},
                              {"CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "hotfix/x"},
                              {"CI_MERGE_REQUEST_DIFF_BASE_SHA", "$a"},
                              {"CI_COMMIT_BEFORE_SHA", "$0"}};
  for (const auto& [name, value] : more) env[name] = value;
  return env;
}

EnvironmentVariables branch(const std::string& name, const std::string& before) {
  return {{"GITLAB_CI", "true"},
          {"CI_COMMIT_SHA", "$b"},
          {"CI_DEFAULT_BRANCH", "main"},
          {"CI_COMMIT_BRANCH", name},
          {"CI_COMMIT_BEFORE_SHA", before}};
}

const std::string kDetached = "\nrefs/remotes/origin/release/2.4..$b\n$a..$b (not the tip)";

INSTANTIATE_TEST_SUITE_P(
    Gitlab, ReadCi,
    testing::Values(
        Case{"detached", merge_request({{"CI_MERGE_REQUEST_EVENT_TYPE", "detached"}}), "",
             "gitlab merge_request (detached): hotfix/x -> release/2.4, default main" + kDetached},
        Case{"without_a_type", merge_request({}), "",
             "gitlab merge_request (detached): hotfix/x -> release/2.4, default main" + kDetached},
        Case{"fork_with_labels",
             merge_request({{"CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "2"}, {"CI_MERGE_REQUEST_LABELS", "hotfix,,p 1"}}),
             "",
             "gitlab merge_request (detached): hotfix/x -> release/2.4, default main [hotfix] [p 1] fork" + kDetached},
        Case{"merged_result",
             merge_request({{"CI_MERGE_REQUEST_EVENT_TYPE", "merged_result"},
                            {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "$c"},
                            {"CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "$d"}}),
             "",
             "gitlab merge_request (merged_result): hotfix/x -> release/2.4, default main\n$c..$b\nmerge of $d..$b"},
        Case{"merge_train",
             merge_request({{"CI_MERGE_REQUEST_EVENT_TYPE", "merge_train"},
                            {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "$c"}}),
             "", "gitlab merge_request (merge_train): hotfix/x -> release/2.4, default main\n$c..$b"},
        Case{"merged_result_without_ids", merge_request({{"CI_MERGE_REQUEST_EVENT_TYPE", "merged_result"}}), "",
             "gitlab merge_request (merged_result): hotfix/x -> release/2.4, default main\n"
             "none: the merge request's variables name no base: pass --base REV"},
        Case{"second_push_to_a_hotfix_branch", branch("hotfix/x", "$a"), "",
             "gitlab branch: hotfix/x -> main, default main\nrefs/remotes/origin/main..$b\nas a target: $a..$b"},
        Case{"new_branch", branch("hotfix/x", "$0"), "",
             "gitlab branch: hotfix/x -> main, default main\nrefs/remotes/origin/main..$b\nas a target: "},
        Case{"default_branch", branch("main", "$a"), "", "gitlab branch: main -> main, default main\n$a..$b"},
        Case{"default_branch_by_hand", branch("main", "$0"), "",
             "gitlab branch: main -> main, default main\nnone: the push names no earlier tip: pass --base REV"},
        Case{"tag",
             {{"GITLAB_CI", "true"}, {"CI_COMMIT_SHA", "$b"}},
             "",
             "gitlab tag:  -> , default \nnone: a pipeline for a tag names no base: pass --base REV"},
        Case{"bad_id", branch("main", "HEAD~1"), "",
             "error: the variable CI_COMMIT_BEFORE_SHA is not a commit id of 40 hex digits\n  hint: pass --base and "
             "--head"}),
    [](const auto& tried) { return tried.param.name; });

TEST(ReadCi, AnEventThatCannotBeReadIsAnError) {
  const auto read = [](const std::string&, std::size_t most) -> Result<std::string> {
    EXPECT_EQ(most, 4U << 20U);
    return fail(Error::Kind::io, "cannot read it");
  };
  EXPECT_EQ(to_string(read_ci_environment(github("push"), read).error()), "cannot read it");
}

TEST(ReadCi, LooksAtNoOtherVariables) {
  for (const auto& env : {github("push"), merge_request({}), branch("x", "$a")}) {
    for (const auto& [name, value] : env) {
      EXPECT_NE(std::find(ci_variables().begin(), ci_variables().end(), name), ci_variables().end()) << name;
    }
  }
}

/// A clone that has these commits, with their parents.
class SettleRange : public testing::Test {
 protected:
  std::string settled(const std::vector<CiRange>& ranges) const {
    CiEnvironment ci;
    ci.provider = "github";
    ci.ranges = ranges;
    const CommitLookup lookup = {[this](const std::string& name) -> Result<Oid> {
                                   const auto found = commits.find(name == "refs/remotes/origin/main" ? tip : name);
                                   if (found == commits.end())
                                     return fail(Error::Kind::repository, "there is no " + name);
                                   return found->first;
                                 },
                                 [this](const Oid& commit) -> Result<std::vector<Oid>> { return commits.at(commit); }};
    const auto found = settle_range(ci, lookup);
    if (!found) return short_ids(to_string(found.error()));
    return short_ids(found->base + ".." + found->head + (found->base_is_tip ? "" : " (not the tip)") + ", " +
                     found->why);
  }

  const CiRange merge{CiRange::Kind::first_parent, {}, kC, kB, true, "merge"};
  const CiRange branch{CiRange::Kind::commits, "refs/remotes/origin/main", kB, {}, true, "branch"};
  const CiRange ids{CiRange::Kind::commits, kA, kB, {}, false, "ids"};
  std::map<Oid, std::vector<Oid>> commits = {{kA, {}}, {kB, {kA}}, {kC, {kA, kB}}, {id('d'), {kA}}};
  std::string tip = id('d');
};

TEST_F(SettleRange, TakesTheFirstThatIsThere) {
  EXPECT_EQ(settled({merge, branch, ids}), "$a..$c, merge");
  commits.erase(kC);
  EXPECT_EQ(settled({merge, branch, ids}), "$d..$b, branch");
  tip.clear();
  EXPECT_EQ(settled({merge, branch, ids}), "$a..$b (not the tip), ids");
}

TEST_F(SettleRange, AMergeByTheAuthorIsNotTakenForCis) {
  commits[kC] = {kB, kA};
  EXPECT_EQ(settled({merge, ids}), "$a..$b (not the tip), ids");
  commits[kC] = {kA, kB, id('d')};
  EXPECT_EQ(settled({merge, ids}), "$a..$b (not the tip), ids");
  commits[kC] = {kA};
  EXPECT_EQ(settled({merge, ids}), "$a..$b (not the tip), ids");
}

TEST_F(SettleRange, AnEmptyRangeIsNoPatch) {
  tip = kB;
  EXPECT_EQ(settled({branch, ids}), "$a..$b (not the tip), ids");
  const std::string error = settled({branch});
  EXPECT_NE(error.find("branch: both sides are $b, so there is no patch"), std::string::npos) << error;
}

TEST_F(SettleRange, MergeWithDepthOneIsAnError) {
  commits.erase(kA);
  tip.clear();
  EXPECT_EQ(settled({merge, ids}),
            "the patch that github names is not in this clone; merge: there is no $a; ids: there is no $a\n"
            "  hint: fetch the whole history (actions/checkout with `fetch-depth: 0`), or pass --base and --head");
}

TEST_F(SettleRange, NoRange) {
  CiEnvironment ci;
  ci.why_no_range = "a tag: pass --base REV";
  const auto found = settle_range(ci, {});
  EXPECT_EQ(to_string(found.error()), "the patch is not known from CI: a tag: pass --base REV");
  EXPECT_EQ(exit_code_of(found.error()), 2);
}

}  // namespace
}  // namespace patchgate
