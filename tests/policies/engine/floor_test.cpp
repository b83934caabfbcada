#include "policies/engine/floor.h"

#include <tuple>

#include <gtest/gtest.h>

#include "policies/engine/evaluate.h"
#include "policies/engine/leave.h"
#include "policies/engine/override_check.h"
#include "policy_texts.h"

namespace patchgate {
namespace {

std::string rules(const std::string& text, const std::string& more = "") {
  return "{\"policy\": 1" + more + ", \"rules\": [" + text + "]}";
}

std::string size_rule(const std::string& level, int most, const std::string& more = "") {
  return R"({"id": "size", "level": ")" + level + R"(", "require": {"fact": "patch.files.count", "at_most": )" +
         std::to_string(most) + "}" + more + "}";
}

const std::string kOwn = R"({"id": "own", "level": "warn", "require": {"fact": "patch.hotfix", "is": false}})";

Policy floored(const std::string& own, const std::string& floor) {
  return with_floor(good_policy(own), good_policy(floor));
}

std::string shown(const Policy& policy) {
  std::string text;
  for (const auto& rule : policy.rules) {
    text += std::string(rule.floor ? "floor " : "") + rule.id + " " + name_of(rule.level) + " " +
            describe(rule.require) + "; ";
  }
  return text;
}

const std::string kNote = "the floor p.json has 1 rules that no repository can weaken\n";

TEST(Floor, ItsRulesComeFirst) {
  const auto policy = floored(rules(kOwn), rules(size_rule("block", 5)));
  EXPECT_EQ(shown(policy), "floor size block patch.files.count at most 5; own warn patch.hotfix false; ");
  EXPECT_EQ(lines(policy.notes), kNote);
  EXPECT_EQ(lines(policy.sources), "p.json\np.json\n");
}

TEST(Floor, NoRepositoryWeakensItsRules) {
  const auto held = "floor size block patch.files.count at most 5; ";
  for (const auto& [own, loosened] : {
           std::pair<std::string, std::string>{size_rule("observe", 5),
                                               "level block → observe, unknown block → observe"},
           {size_rule("block", 6), "require"},
           {size_rule("block", 5, R"(, "unknown": "warn")"), "unknown block → warn"},
           {size_rule("block", 5, R"(, "paths": ["src/**"])"), "paths"},
           {size_rule("block", 5, R"(, "when": {"fact": "patch.hotfix", "is": true})"), "when"},
       }) {
    const auto policy = floored(rules(own), rules(size_rule("block", 5)));
    EXPECT_EQ(shown(policy), held);
    EXPECT_EQ(lines(policy.notes),
              "the floor holds rule size as p.json:1 says; p.json:1 asks for less (" + loosened + ")\n" + kNote);
  }
}

TEST(Floor, AStricterRuleOfTheRepositoryCounts) {
  const auto policy = floored(rules(kOwn + ", " + size_rule("final", 3)), rules(size_rule("block", 5)));
  EXPECT_EQ(shown(policy), "floor size final patch.files.count at most 3; own warn patch.hotfix false; ");
  EXPECT_EQ(lines(policy.notes), kNote);
}

TEST(Floor, ACapLowersOnlyTheRepositorysRules) {
  const auto policy =
      floored(rules(kOwn + ", " + size_rule("block", 5), R"(, "cap": {"level": "observe", "loosens": "x"})"),
              rules(size_rule("block", 5)));
  EXPECT_EQ(shown(policy), "floor size block patch.files.count at most 5; own observe patch.hotfix false; ");
}

TEST(Floor, WhatIsRiskyAndWhatIsAHotfixCannotBeTalkedAway) {
  const auto policy = floored(
      rules(kOwn, R"(, "hotfix": {"target": ["never"], "source": ["fix/**"]}, "if_no_rule_applies": "allow",
        "risk": {"impact": {"critical": {"percentile": 100, "transitive": 1000000}, "high": {"percentile": 90, "transitive": 30},
                            "high_feeding_a_sink_is_critical": false},
                 "likelihood": {"moderate": 90, "high": 99, "min_commits": 9},
                 "table": {"low": ["low", "low", "low"], "moderate": ["low", "low", "low"], "high": ["low", "low", "low"],
                           "critical": ["low", "low", "critical"]}})"),
      rules(size_rule("block", 5), R"(, "hotfix": {"target": ["release/**", "never"]}, "if_no_rule_applies": "warn")"));
  const RiskTable defaults;
  EXPECT_EQ(policy.risk.risk,
            (std::array<std::array<std::uint8_t, 3>, 4>{{{0, 0, 1}, {0, 1, 2}, {1, 2, 3}, {2, 2, 3}}}));
  EXPECT_EQ(policy.risk.critical.percentile, defaults.critical.percentile);
  EXPECT_EQ(policy.risk.high.percentile, 90);
  EXPECT_EQ(policy.risk.high.transitive, defaults.high.transitive);
  EXPECT_TRUE(policy.risk.high_feeding_a_sink_is_critical);
  EXPECT_EQ(policy.risk.likelihood_moderate, defaults.likelihood_moderate);
  EXPECT_EQ(policy.risk.likelihood_high, defaults.likelihood_high);
  EXPECT_EQ(policy.risk.likelihood_min_commits, defaults.likelihood_min_commits);
  std::string patterns;
  for (const auto* globs : {&policy.hotfix.target, &policy.hotfix.source}) {
    for (const auto& glob : *globs) patterns += glob.pattern() + " ";
  }
  EXPECT_EQ(patterns, "never release/** fix/** ");
  EXPECT_EQ(policy.if_no_rule_applies, Decision::warn);
}

TEST(Floor, TheVerdictSaysWhichRulesAreOfTheFloor) {
  Facts facts;
  facts.set("patch.files.count", std::int64_t{9});
  facts.set("patch.hotfix", false);
  const auto verdict = evaluate(floored(rules(kOwn), rules(size_rule("block", 5))), facts, {});
  EXPECT_EQ(verdict.decision, Decision::block);
  EXPECT_TRUE(verdict.rules[0].floor);
  EXPECT_FALSE(verdict.rules[1].floor);
}

TEST(Floor, NeitherAnExceptionNorAnOverrideLiftsItsRules) {
  Facts facts;
  facts.set("patch.files.count", std::int64_t{9});
  facts.set("patch.hotfix", true);
  const auto own = rules(R"({"id": "own", "level": "block", "require": {"fact": "patch.hotfix", "is": false}})");
  const auto policy = floored(own, rules(size_rule("block", 5)));
  for (const bool by_exception : {true, false}) {
    Leave leave;
    for (const char* id : {"size", "own"}) {
      Exception exception;
      exception.rule = id;
      exception.paths.push_back(*Glob::compile("**"));
      if (by_exception) leave.exceptions.push_back(std::move(exception));
    }
    BreakGlass lifted;
    lifted.rules = {{"size", {}}, {"own", {}}};
    if (!by_exception) leave.overrides.push_back(std::move(lifted));
    const auto judged = evaluate(policy, facts, {"a.cpp"}, leave);
    const auto& [size, other] = std::tie(judged.verdict.rules[0], judged.verdict.rules[1]);
    EXPECT_EQ(name_of(size.effect), std::string("block"));
    EXPECT_FALSE(size.excepted || size.overridden);
    EXPECT_EQ(name_of(other.effect), std::string(by_exception ? "none" : "warn"));
    EXPECT_EQ(other.excepted, by_exception);
    EXPECT_EQ(other.overridden.has_value(), !by_exception);
    EXPECT_EQ(judged.verdict.decision, Decision::block);
  }
}

TEST(Floor, AnOverrideIsToldWhichRulesAreOfTheFloorAndWhichAreFinal) {
  const auto scene =
      scene_of(floored(rules(R"({"id": "own", "level": "final", "require": {"fact": "patch.hotfix", "is": false}})"),
                       rules(size_rule("block", 5))));
  EXPECT_EQ(lines(scene.floor_rules), "size\n");
  EXPECT_EQ(lines(scene.final_rules), "own\n");
}

}  // namespace
}  // namespace patchgate
