#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "dice.h"
#include "packs_for_tests.h"
#include "policies/engine/evaluate.h"

namespace patchgate {
namespace {

std::string everything(const Verdict& verdict) {
  std::string text = verdict.headline + "\n";
  for (const auto& rule : verdict.rules) {
    text += rule.id + " " + name_of(rule.result) + " " + name_of(rule.effect) + "\n";
    for (const auto* lines : {&rule.because, &rule.to_pass, &rule.applies_because}) {
      for (const auto& line : *lines) text += "  " + line + "\n";
    }
    for (const auto& place : rule.at) text += "  " + place.file + ":" + std::to_string(place.line) + "\n";
  }
  return text;
}

constexpr std::uint32_t kSeeds = 100;

/// Every fact, and every field of every row, made unknown in turn.
template <class Check>
void with_each_fact_unknown(const Facts& facts, Check check) {
  for (const auto& decl : fact_catalogue()) {
    Facts changed = facts;
    if (decl.type == FactType::list) {
      changed.set_list_unknown(std::string(decl.name), "turned");
    } else {
      changed.set(std::string(decl.name), Unknown{"turned"});
    }
    check(changed, std::string(decl.name));
  }
  const auto* rows = facts.list("symbols.touched");
  for (std::size_t i = 0; rows != nullptr && i < rows->size(); ++i) {
    for (const auto& field : touched_symbol_fields()) {
      auto changed_rows = *rows;
      changed_rows[i].fields[std::string(field.name)] = Unknown{"turned"};
      Facts changed = facts;
      changed.set_list("symbols.touched", std::move(changed_rows));
      check(changed, "row " + std::to_string(i) + " " + std::string(field.name));
    }
  }
}

TEST(Properties, RaisingALevelNeverMakesAVerdictMilder) {
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    Dice dice(seed);
    const auto facts = dice.facts();
    auto policy = dice.policy();
    const auto before = evaluate(policy, facts, {}).decision;
    for (auto& rule : policy.rules) {
      if (rule.level == RuleLevel::final_) continue;
      const auto level = rule.level;
      rule.level = static_cast<RuleLevel>(static_cast<int>(level) + 1);
      EXPECT_GE(evaluate(policy, facts, {}).decision, before) << "seed " << seed << " rule " << rule.id;
      rule.level = level;
    }
  }
}

TEST(Properties, AnUnknownFactNeverTurnsABlockIntoAnAllow) {
  int blocks = 0;
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    Dice dice(seed);
    const auto facts = dice.facts();
    const auto policy = dice.policy();
    if (evaluate(policy, facts, {}).decision != Decision::block) continue;
    ++blocks;
    with_each_fact_unknown(facts, [&](const Facts& changed, const std::string& what) {
      EXPECT_EQ(evaluate(policy, changed, {}).decision, Decision::block) << "seed " << seed << " " << what;
    });
  }
  EXPECT_GT(blocks, 20);
}

TEST(Properties, AnUnknownFactNeverTurnsABlockOfTheHotfixPackIntoAnAllow) {
  const auto policy = load_pack("builtin:hotfix@1");
  int blocks = 0;
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    const auto facts = Dice(seed).facts();
    if (evaluate(policy, facts, {}).decision != Decision::block) continue;
    ++blocks;
    with_each_fact_unknown(facts, [&](const Facts& changed, const std::string& what) {
      EXPECT_EQ(evaluate(policy, changed, {}).decision, Decision::block) << "seed " << seed << " " << what;
    });
  }
  EXPECT_GT(blocks, 20);
}

/// What tests say about a patch, all of it missing; what they would rather be is left to chance.
void take_tests_away(Dice& dice, Facts& facts) {
  for (const char* name : {"tests.reaching.count", "tests.changed.count", "tests.pinning.count"}) {
    facts.set(name, std::int64_t{0});
  }
  facts.set("tests.results.given", false);
  for (const char* name : {"tests.results.passed", "tests.results.failed", "tests.results.skipped",
                           "tests.results.flaky", "coverage.changed_lines.percent", "coverage.changed_lines.count",
                           "coverage.changed_lines.missed", "coverage.changed_branches.percent"}) {
    facts.set(name, Unknown{"no tests were run"});
  }
  auto rows = dice.rows();
  for (auto& row : rows) {
    row.fields["tests.reaching"] = std::int64_t{0};
    row.fields["tests.changed"] = std::int64_t{0};
    row.fields["coverage.percent"] = Unknown{"no tests were run"};
  }
  facts.set_list("symbols.touched", std::move(rows));
}

TEST(Properties, NoTestAloneBlocksAPatchOfLowRiskInAnyPack) {
  for (const auto& name : pack_names()) {
    const auto policy = load_pack(name);
    std::set<std::string> seen;
    for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
      Dice dice(seed);
      auto facts = dice.facts();
      facts.set("risk.level", std::string("low"));
      take_tests_away(dice, facts);
      for (const auto& outcome : evaluate(policy, facts, {"include/a.h"}).rules) {
        if (outcome.effect != Effect::block) continue;
        seen.insert(outcome.id);
        // Whoever blocks does so for something else: none of what it asks for is about tests that are not there.
        for (const auto& fact : outcome.asks) {
          const bool lack = fact.starts_with("tests.") || fact.starts_with("coverage.");
          EXPECT_FALSE(lack) << name << " " << outcome.id << " asks for " << fact << " at low risk, seed " << seed;
        }
      }
    }
    // A property of nothing would be none: the packs that ask something of everybody do block here.
    if (name == "builtin:strict@1") {
      EXPECT_FALSE(seen.empty());
    }
  }
}

TEST(Properties, TheOrderOfRulesDoesNotMatterForTheDecision) {
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    Dice dice(seed);
    const auto facts = dice.facts();
    auto policy = dice.policy();
    const auto before = evaluate(policy, facts, {});
    std::reverse(policy.rules.begin(), policy.rules.end());
    auto after = evaluate(policy, facts, {});
    EXPECT_EQ(after.decision, before.decision) << "seed " << seed;
    std::reverse(after.rules.begin(), after.rules.end());
    for (std::size_t i = 0; i < before.rules.size(); ++i) {
      EXPECT_EQ(after.rules[i].result, before.rules[i].result) << "seed " << seed;
    }
  }
}

/// The operands of all and any, in another order.
void reverse_lists(Condition& condition) {
  for (auto* parts : {&condition.children, &condition.where, &condition.has}) {
    for (auto& part : *parts) reverse_lists(part);
  }
  std::reverse(condition.children.begin(), condition.children.end());
  std::reverse(condition.wanted.begin(), condition.wanted.end());
  std::reverse(condition.globs.begin(), condition.globs.end());
}

TEST(Properties, TheOrderOfConditionsDoesNotMatterForTheResult) {
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    Dice dice(seed);
    const auto facts = dice.facts();
    auto policy = dice.policy();
    const auto before = evaluate(policy, facts, {});
    for (auto& rule : policy.rules) {
      if (rule.when) reverse_lists(*rule.when);
      reverse_lists(rule.require);
    }
    const auto after = evaluate(policy, facts, {});
    for (std::size_t i = 0; i < before.rules.size(); ++i) {
      EXPECT_EQ(after.rules[i].result, before.rules[i].result) << "seed " << seed;
      EXPECT_EQ(after.rules[i].effect, before.rules[i].effect) << "seed " << seed;
    }
  }
}

TEST(Properties, TheOrderOfRowsDoesNotMatter) {
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    Dice dice(seed);
    auto facts = dice.facts();
    const auto policy = dice.policy();
    const auto before = everything(evaluate(policy, facts, {}));
    const auto* rows = facts.list("symbols.touched");
    if (rows == nullptr) continue;
    auto other = *rows;
    std::reverse(other.begin(), other.end());
    facts.set_list("symbols.touched", std::move(other));
    EXPECT_EQ(everything(evaluate(policy, facts, {})), before) << "seed " << seed;
  }
}

TEST(Properties, WhatPassesHasNothingToPassAndWhatDoesNotSaysWhy) {
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    Dice dice(seed);
    const auto facts = dice.facts();
    const auto policy = dice.policy();
    for (const auto& rule : evaluate(policy, facts, {}).rules) {
      EXPECT_FALSE(rule.because.empty()) << "seed " << seed << " " << rule.id << " " << name_of(rule.result);
      const bool open = rule.result == RuleResult::fail || rule.result == RuleResult::unknown;
      EXPECT_EQ(rule.to_pass.empty(), !open) << "seed " << seed << " " << rule.id;
      EXPECT_EQ(rule.plain.missing.empty(), !open) << "seed " << seed << " " << rule.id;
      EXPECT_EQ(rule.plain.holds.empty(), rule.result != RuleResult::pass) << "seed " << seed << " " << rule.id;
      EXPECT_EQ(rule.plain.applies.size(), rule.applies_because.size()) << "seed " << seed << " " << rule.id;
    }
  }
}

}  // namespace
}  // namespace patchgate
