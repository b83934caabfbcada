#include "gate/replay/replay.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace patchgate {
namespace {

ReplayedRule rule(std::string id, RuleResult result, Effect effect) { return {std::move(id), result, effect}; }

ReplayedVerdict verdict(Decision decision, std::vector<ReplayedRule> rules = {}) {
  return {decision, "headline", std::move(rules)};
}

ReplayedCommit commit(char digit, std::string subject, std::vector<ReplayedVerdict> verdicts) {
  ReplayedCommit one;
  one.id = std::string(40, digit);
  one.subject = std::move(subject);
  one.time = 1'790'000'000;
  one.risk = "low";
  one.verdicts = std::move(verdicts);
  return one;
}

/// Five patches under an old policy and a new one; the last could not be judged.
Replay sample() {
  Replay replay;
  replay.version = "1";
  replay.branch = "release/2.4";
  replay.since = std::string(40, '0');
  replay.until = std::string(40, 'a');
  replay.policies = {{"base:.patchgate/policy.json", "sha256:1", false}, {"file:new.json", "sha256:2", false}};
  const auto fails = rule("hotfix/rollout", RuleResult::fail, Effect::block);
  const auto unsure = rule("hotfix/tests-reach", RuleResult::unknown, Effect::block);
  const auto warns = rule("baseline/freeze", RuleResult::fail, Effect::warn);
  replay.commits = {
      commit('a', "Fix the queue", {verdict(Decision::allow), verdict(Decision::block, {fails, unsure})}),
      commit('b', "Merge branch 'x'", {verdict(Decision::block, {unsure, warns}), verdict(Decision::warn, {warns})}),
      commit('c', "Docs", {verdict(Decision::allow), verdict(Decision::allow)}),
      commit('d', "Same", {verdict(Decision::block, {fails}), verdict(Decision::block, {fails})}),
      commit('e', "Odd", {}),
  };
  replay.commits[1].merge = true;
  replay.commits[1].risk = "unknown";
  replay.commits[1].unknown = {"code that could not be read: no_command"};
  replay.commits[3].hotfix = true;
  replay.commits[4].failure = "it changes too many files";
  replay.left_out = 7;
  return replay;
}

TEST(ReplaySummary, Counts) {
  const auto summary = summarize(sample());
  EXPECT_EQ(summary.judged, 4U);
  EXPECT_EQ(summary.merges, 1U);
  EXPECT_EQ(summary.hotfixes, 1U);
  EXPECT_EQ(summary.risk_unknown, 1U);
  EXPECT_EQ(summary.changed, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(summary.failed, (std::vector<std::size_t>{4}));
  const auto& old_policy = summary.policies[0];
  EXPECT_EQ(old_policy.blocked, 2U);
  EXPECT_EQ(old_policy.blocked_not_knowing, 1U) << "that of tests-reach alone";
  EXPECT_EQ(old_policy.allowed, 2U);
  const auto& new_policy = summary.policies[1];
  EXPECT_EQ(new_policy.blocked, 2U);
  EXPECT_EQ(new_policy.blocked_not_knowing, 0U) << "rollout surely fails";
  EXPECT_EQ(new_policy.warned, 1U);
  ASSERT_EQ(new_policy.rules.size(), 3U);
  EXPECT_EQ(new_policy.rules[0].id, "hotfix/rollout") << "the one that blocks most comes first";
  EXPECT_EQ(new_policy.rules[0].blocked, 2U);
  EXPECT_EQ(new_policy.rules[1].unknown, 1U);
  EXPECT_EQ(new_policy.rules[2].warned, 1U);
}

TEST(ReplaySummary, Shares) {
  EXPECT_EQ(share(0, 0), "-");
  EXPECT_EQ(share(0, 7), "0.0 %");
  EXPECT_EQ(share(1, 3), "33.3 %");
  EXPECT_EQ(share(2, 3), "66.7 %");
  EXPECT_EQ(share(1, 2000), "0.1 %");
  EXPECT_EQ(share(5, 5), "100.0 %");
}

TEST(ReplaySummary, DecidingRules) {
  const auto both = sample().commits[0].verdicts[1];
  EXPECT_EQ(deciding_rules(both), (std::vector<std::string>{"hotfix/rollout", "hotfix/tests-reach (unknown)"}));
  EXPECT_TRUE(deciding_rules(verdict(Decision::allow)).empty());
}

TEST(WriteReplay, Text) {
  EXPECT_EQ(write_replay_text(sample(), false),
            R"(4 patches of release/2.4 since 000000000000: 1 merge, 3 single commits; 1 of them hotfixes
old: base:.patchgate/policy.json
new: file:new.json

old      2 blocked (50.0 %), 0 warned, 2 allowed
           of the blocked ones 1 only because a fact is not known
new      2 blocked (50.0 %), 1 warned, 1 allowed

rules that spoke, old policy
  blocks  warns  fails  unknown
       1      0      1        0  hotfix/rollout
       1      0      0        1  hotfix/tests-reach
       0      1      1        0  baseline/freeze

rules that spoke, new policy
  blocks  warns  fails  unknown
       2      0      2        0  hotfix/rollout
       1      0      0        1  hotfix/tests-reach
       0      1      1        0  baseline/freeze

decided otherwise
  aaaaaaaaaaaa  allow -> block  Fix the queue
      new: hotfix/rollout, hotfix/tests-reach (unknown)
  bbbbbbbbbbbb  block -> warn  Merge branch 'x'
      old: hotfix/tests-reach (unknown)
      new: baseline/freeze

could not be judged
  eeeeeeeeeeee  Odd
      it changes too many files

why code was not known, in so many patches
  1: code that could not be read: no_command

7 patches before these were left out (--limit)
1 patch could not be judged
the risk of 1 patch is not known (25.0 %): a rule takes that as its own level says
evidence that is no part of the repository (test results, coverage, approvals, overrides) was not given: with it less would be blocked
)");
}

TEST(WriteReplay, OnePolicyNamesWhatItDoesNotAllow) {
  auto replay = sample();
  replay.policies.pop_back();
  for (auto& one : replay.commits)
    if (!one.verdicts.empty()) one.verdicts.pop_back();
  const auto text = write_replay_text(replay, false);
  EXPECT_NE(text.find("policy: base:.patchgate/policy.json\n\n         2 blocked (50.0 %)"), std::string::npos) << text;
  EXPECT_NE(text.find("not allowed\n  bbbbbbbbbbbb  block  Merge branch 'x'\n      hotfix/tests-reach (unknown)\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("decided otherwise"), std::string::npos);
}

TEST(WriteReplay, NothingDecidedOtherwiseIsSaid) {
  auto replay = sample();
  replay.commits = {replay.commits[2]};
  EXPECT_NE(write_replay_text(replay, false).find("no patch would have been decided otherwise"), std::string::npos);
  EXPECT_NE(write_replay_markdown(replay).find("No patch would have been decided otherwise."), std::string::npos);
}

TEST(WriteReplay, SubjectsAreEscapedInEachFormat) {
  auto replay = sample();
  replay.commits[0].subject = "\x1b[31mred | `x` <img src=a> @ana\n::error::x";
  const auto text = write_replay_text(replay, false);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find("\n::error"), std::string::npos);
  const auto markdown = write_replay_markdown(replay);
  EXPECT_EQ(markdown.find("<img"), std::string::npos);
  EXPECT_EQ(markdown.find("red | "), std::string::npos) << "a pipe would open another column";
  EXPECT_EQ(markdown.find("@ana"), std::string::npos);
  const auto json = write_replay_json(replay);
  EXPECT_EQ(json.find('\x1b'), std::string::npos);
}

TEST(WriteReplay, JsonHasAllOfIt) {
  const auto json = nlohmann::json::parse(write_replay_json(sample()));
  EXPECT_EQ(json["schema"], "patchgate-replay/1");
  EXPECT_EQ(json["judged"], 4);
  EXPECT_EQ(json["could_not_be_judged"], 1);
  EXPECT_EQ(json["policies"][0]["blocked_not_knowing"], 1);
  EXPECT_EQ(json["changed"].size(), 2U);
  EXPECT_EQ(json["commits"][1]["verdicts"][0]["decision"], "block");
  EXPECT_EQ(json["commits"][1]["unknown"][0], "code that could not be read: no_command");
  EXPECT_EQ(json["commits"][4]["failure"], "it changes too many files");
}

}  // namespace
}  // namespace patchgate
