#include <gtest/gtest.h>

#include "packs_for_tests.h"
#include "policies/engine/evaluate.h"
#include "policies/engine/near_miss.h"
#include "policies/engine/policy_tests.h"

namespace patchgate {
namespace {

Result<std::string> from_disk(const std::string& path) { return read_source(path); }

class PackTest : public testing::TestWithParam<const char*> {
 protected:
  std::string folder() const { return std::string("policies/packs/") + GetParam(); }
  std::string name() const { return std::string("builtin:") + GetParam() + "@1"; }
};

TEST_P(PackTest, IsTheFileBesideItsTests) { EXPECT_EQ(find_pack(name()), read_source(folder() + "/pack.json")); }

TEST_P(PackTest, PassesItsOwnTestsAndEachRuleHasBothOutcomes) {
  const auto file = folder() + "/tests/" + GetParam() + ".json";
  const auto report = run_policy_tests(load_pack(name()), {{file, read_source(file)}}, from_disk);
  for (const auto& error : report.errors) ADD_FAILURE() << to_string(error);
  for (const auto& one : report.cases) {
    EXPECT_EQ(one.state, PolicyTestCase::State::pass) << one.name << "\n  " << join(one.differences, "\n  ");
  }
  EXPECT_TRUE(report.passed());
  EXPECT_EQ(join(report.rules_without_pass), "");
  EXPECT_EQ(join(report.rules_without_fail), "");
  for (const auto& survivor : report.survivors) {
    ADD_FAILURE() << survivor.at.file << ":" << survivor.at.line << ": no test notices that in " << survivor.rule << " "
                  << survivor.what;
  }
}

INSTANTIATE_TEST_SUITE_P(All, PackTest, testing::Values("baseline", "hotfix", "library", "observe", "strict"),
                         [](const auto& test) { return std::string(test.param); });

TEST(Packs, AreListedByNameAndVersion) {
  EXPECT_EQ(join(pack_names()),
            "builtin:baseline@1, builtin:hotfix@1, builtin:library@1, builtin:observe@1, builtin:strict@1");
  for (const auto& name : pack_names()) EXPECT_TRUE(find_pack(name)) << name;
  EXPECT_EQ(find_pack("builtin:hotfix@2"), std::nullopt);
  EXPECT_EQ(find_pack("hotfix"), std::nullopt);
}

TEST(Packs, BaselineStatesTheDefaultBands) {
  const auto policy = load_pack("builtin:baseline@1");
  const RiskTable defaults;
  EXPECT_EQ(policy.risk.risk, defaults.risk);
  for (const auto& [written, meant] :
       {std::pair(policy.risk.moderate, defaults.moderate), std::pair(policy.risk.high, defaults.high),
        std::pair(policy.risk.critical, defaults.critical)}) {
    EXPECT_EQ(written.percentile, meant.percentile);
    EXPECT_EQ(written.transitive, meant.transitive);
  }
  EXPECT_EQ(policy.risk.high_feeding_a_sink_is_critical, defaults.high_feeding_a_sink_is_critical);
  EXPECT_EQ(policy.risk.likelihood_moderate, defaults.likelihood_moderate);
  EXPECT_EQ(policy.risk.likelihood_high, defaults.likelihood_high);
  EXPECT_EQ(policy.risk.likelihood_min_commits, defaults.likelihood_min_commits);
}

TEST(Packs, HotfixBlocksOnExactlyThreeThings) {
  std::vector<std::string> blocking;
  for (const auto& rule : load_pack("builtin:hotfix@1").rules) {
    if (rule.level < RuleLevel::block) continue;
    blocking.push_back(rule.id);
    EXPECT_EQ(rule.unknown, std::nullopt) << rule.id;
  }
  EXPECT_EQ(join(blocking), "hotfix/all-read, hotfix/tests-reach, hotfix/rollout");
}

TEST(Packs, SomeRuleOfTheBaselineAlwaysApplies) {
  const auto verdict = evaluate(load_pack("builtin:baseline@1"), Facts{}, {});
  EXPECT_NE(verdict.decision, Decision::none);
  EXPECT_NE(verdict.decision, Decision::allow);
}

TEST(Packs, HotfixBranches) {
  const auto policy = load_pack("builtin:hotfix@1");
  EXPECT_EQ(match_hotfix(policy.hotfix, "release/2.4", "fix").because, "target release/2.4 matches release/**");
  EXPECT_EQ(match_hotfix(policy.hotfix, "production", "fix").because, "target production matches production");
  EXPECT_EQ(match_hotfix(policy.hotfix, "main", "hotfix/x").because, "source hotfix/x matches hotfix/**");
  EXPECT_EQ(match_hotfix(policy.hotfix, "main", "feature/x").hotfix, Value{false});
}

TEST(Packs, AllTextsOfRulesAreThere) {
  for (const auto& rule : load_pack("builtin:hotfix@1").rules) {
    EXPECT_NE(rule.title, rule.id);
    EXPECT_FALSE(rule.fixes.empty()) << rule.id;
  }
}

}  // namespace
}  // namespace patchgate
