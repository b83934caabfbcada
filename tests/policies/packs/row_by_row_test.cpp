#include <algorithm>

#include <gtest/gtest.h>

#include "dice.h"
#include "policies/engine/evaluate.h"
#include "policies/engine/judge.h"
#include "policies/engine/leaf.h"

namespace patchgate {
namespace {

Truth denied(Truth truth) { return truth == Truth::unknown ? truth : truth == Truth::yes ? Truth::no : Truth::yes; }

/// What the language means, as plainly as it can be written: three values, one row after the other.
Truth plain_truth(const Condition& condition, const Facts& facts, const Row* row) {
  const auto of = [&](const Condition& part, const Row* of_row) { return plain_truth(part, facts, of_row); };
  Truth all = Truth::yes;
  Truth any = Truth::no;
  for (const auto& child : condition.children) {
    all = std::min(all, of(child, row));
    any = std::max(any, of(child, row));
  }
  switch (condition.kind) {
    case Condition::Kind::all:
      return all;
    case Condition::Kind::any:
      return any;
    case Condition::Kind::none:
      return denied(any);
    case Condition::Kind::leaf: {
      if (row == nullptr) return truth_of(condition, facts.get(condition.fact->name).value, true);
      const auto field = row->fields.find(condition.fact->name);
      return truth_of(condition, field == row->fields.end() ? Value{Unknown{"-"}} : field->second, true);
    }
    default:
      break;
  }
  const auto* rows = facts.list(condition.fact->name);
  if (rows == nullptr) return Truth::unknown;
  for (const auto& one : *rows) {
    const auto meant = condition.where.empty() ? Truth::yes : of(condition.where[0], &one);
    const auto met = of(condition.has[0], &one);
    all = std::min(all, std::max(denied(meant), met));
    any = std::max(any, std::min(meant, met));
  }
  return condition.kind == Condition::Kind::every ? all : any;
}

/// Rows of an `every` that are as far from meeting it as the worst of them.
std::size_t plain_count(const Condition& every, const Facts& facts, Truth worst) {
  std::size_t count = 0;
  for (const auto& row : *facts.list(every.fact->name)) {
    const auto meant = every.where.empty() ? Truth::yes : plain_truth(every.where[0], facts, &row);
    count += std::max(denied(meant), plain_truth(every.has[0], facts, &row)) == worst ? 1 : 0;
  }
  return count;
}

RuleResult plain_result(const Rule& rule, const Facts& facts) {
  const auto applies = rule.when ? plain_truth(*rule.when, facts, nullptr) : Truth::yes;
  const auto holds = plain_truth(rule.require, facts, nullptr);
  if (applies == Truth::no) return RuleResult::not_applicable;
  if (holds == Truth::yes) return RuleResult::pass;
  return applies == Truth::yes && holds == Truth::no ? RuleResult::fail : RuleResult::unknown;
}

constexpr std::uint32_t kSeeds = 1500;

TEST(ColumnByColumn, JudgesAsRowByRow) {
  std::size_t seen[4] = {};
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    Dice dice(seed);
    const auto facts = dice.facts(40);
    const auto policy = dice.policy();
    const auto verdict = evaluate(policy, facts, {});
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
      const auto expected = plain_result(policy.rules[i], facts);
      ++seen[static_cast<std::size_t>(expected)];
      EXPECT_EQ(name_of(verdict.rules[i].result), std::string(name_of(expected)))
          << "seed " << seed << ": " << describe(policy.rules[i].require);
    }
  }
  for (const auto count : seen) EXPECT_GT(count, 300U);
}

TEST(ColumnByColumn, CountsAsRowByRow) {
  std::size_t counted = 0;
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    Dice dice(seed);
    Facts facts;
    facts.set_list("symbols.touched", dice.rows(60));
    Condition every;
    every.kind = Condition::Kind::every;
    every.fact = find_fact("symbols.touched");
    if (dice.one_in(2)) every.where.push_back(dice.condition(touched_symbol_fields(), 2));
    every.has.push_back(dice.condition(touched_symbol_fields(), 2));
    const auto assessment = judge(every, facts, Voice::require);
    const auto expected = plain_truth(every, facts, nullptr);
    EXPECT_EQ(static_cast<int>(assessment.truth), static_cast<int>(expected)) << "seed " << seed << describe(every);
    for (const auto& obstacle : assessment.obstacles) {
      EXPECT_EQ(obstacle.rows_in_the_way, plain_count(every, facts, expected)) << "seed " << seed << describe(every);
      ++counted;
    }
  }
  EXPECT_GT(counted, 1000U);
}

}  // namespace
}  // namespace patchgate
