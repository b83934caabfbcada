#include "analyzers/clang/client/start_plan.h"

#include <functional>
#include <map>
#include <random>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

using Kind = StartPlan::Step::Kind;
using How = StartPlan::How;
using Units = std::vector<StartPlan::Unit>;

std::string text_of(const StartPlan::Step& step) {
  switch (step.kind) {
    case Kind::wait:
      return "wait";
    case Kind::parse:
      return "parse " + std::to_string(step.unit->job);
    case Kind::lead: {
      std::string out = "lead " + std::to_string(step.depth) + ":";
      for (const auto& header : step.headers) out += " " + header;
      return out;
    }
    case Kind::unlead:
      return "unlead";
    case Kind::unlead_all:
      break;
  }
  return "unlead all";
}

/// All steps of one slot, one a line; `how` says how each one ends.
std::string steps(Units units, const std::function<How(const std::string&)>& how) {
  StartPlan plan(std::move(units), 1);
  std::string out;
  for (int i = 0; i < 100 && !plan.finished(); ++i) {
    const auto step = text_of(plan.next(0));
    out += step + "\n";
    plan.ended(0, how(step));
  }
  return out + (plan.finished() ? "" : "never finished\n");
}

How well(const std::string&) { return How::well; }

TEST(StartPlan, OneSlotWalksOverTheTree) {
  const struct {
    const char* name;
    Units units;
    const char* want;
  } cases[] = {
      {"no unit", {}, ""},
      {"one unit", {{0, 0, {"a"}}}, "parse 0\n"},
      {"nothing in common but the flags", {{0, 0, {"a"}}, {1, 0, {"b"}}}, "lead 0:\nparse 0\nparse 1\nunlead all\n"},
      {"two groups", {{0, 0, {"a"}}, {1, 1, {"a"}}}, "parse 0\nparse 1\n"},
      {"the same start", {{0, 0, {"a", "b"}}, {1, 0, {"a", "b", "c"}}}, "lead 0: a b\nparse 0\nparse 1\nunlead all\n"},
      {"a tree",
       {{0, 0, {"a", "b"}}, {1, 0, {"a", "c"}}, {2, 0, {"d"}}, {3, 0, {"a", "b"}}},
       "lead 0:\nlead 1: a\nlead 2: b\nparse 0\nparse 3\nunlead\nparse 1\nunlead\nparse 2\nunlead all\n"},
  };
  for (const auto& one : cases) EXPECT_EQ(steps(one.units, well), one.want) << one.name;
}

TEST(StartPlan, WhatFailsIsParsedAlone) {
  const Units units = {{0, 0, {"a"}}, {1, 0, {"a"}}, {2, 0, {"b"}}};
  const struct {
    const char* name;
    std::map<std::string, How> how;
    const char* want;
  } cases[] = {
      {"a unit",
       {{"parse 0", How::badly}},
       "lead 0:\nlead 1: a\nparse 0\nparse 1\nunlead\nparse 2\nunlead all\nparse 0\n"},
      {"a unit that takes its leaders with it",
       {{"parse 0", How::killed}},
       "lead 0:\nlead 1: a\nparse 0\nunlead all\nlead 0:\nparse 1\nparse 2\nunlead all\nparse 0\n"},
      {"a leader", {{"lead 1: a", How::badly}}, "lead 0:\nlead 1: a\nparse 2\nunlead all\nparse 0\nparse 1\n"},
      {"the first leader", {{"lead 0:", How::badly}}, "lead 0:\nparse 0\nparse 1\nparse 2\n"},
      {"the end of a leader",
       {{"unlead", How::badly}},
       "lead 0:\nlead 1: a\nparse 0\nparse 1\nunlead\nunlead all\nparse 2\n"},
      {"alone as well",
       {{"parse 0", How::badly}, {"parse 2", How::badly}},
       "lead 0:\nlead 1: a\nparse 0\nparse 1\nunlead\nparse 2\nunlead all\nparse 0\nparse 2\n"},
  };
  for (const auto& one : cases) {
    const auto how = [&](const std::string& step) { return one.how.contains(step) ? one.how.at(step) : How::well; };
    EXPECT_EQ(steps(units, how), one.want) << one.name;
  }
}

/// Whatever happens in whatever order, each unit ends once, its leaders have read what it starts with, and there is an
/// end.
TEST(StartPlan, EveryUnitEndsOnceWithItsOwnStart) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](unsigned most) { return static_cast<unsigned>(random() % most); };
    Units units(1 + below(40));
    for (std::size_t i = 0; i < units.size(); ++i) {
      units[i] = {i, below(3), {}};
      for (auto more = below(5); more > 0; --more)
        units[i].headers.push_back(std::string(1, static_cast<char>('a' + below(2))));
    }
    const auto slots = 1 + below(4);
    const bool fails = below(2) == 0;
    StartPlan plan(units, slots);
    std::vector<int> times(units.size());
    std::vector<std::vector<std::vector<std::string>>> leaders(slots);
    std::vector<StartPlan::Step> steps(slots);
    int rounds = 0;
    for (; rounds < 5000 && !plan.finished(); ++rounds) {
      const auto slot = below(slots);
      auto& step = steps[slot];
      auto& mine = leaders[slot];
      if (step.kind == Kind::wait) {
        step = plan.next(slot);
        continue;
      }
      const auto dice = fails ? below(10) : 9;
      const auto how = dice == 0 ? How::killed : dice == 1 ? How::badly : How::well;
      if (step.kind == Kind::lead) {
        EXPECT_EQ(step.depth, mine.size()) << seed;
        auto read = mine.empty() ? std::vector<std::string>() : mine.back();
        read.insert(read.end(), step.headers.begin(), step.headers.end());
        if (how == How::well) mine.push_back(read);
      } else if (step.kind == Kind::unlead && !mine.empty()) {
        mine.pop_back();
      } else if (step.kind == Kind::unlead_all) {
        mine.clear();
      } else if (step.kind == Kind::parse && !mine.empty()) {
        const auto& read = mine.back();
        EXPECT_TRUE(read.size() <= step.unit->headers.size() &&
                    std::equal(read.begin(), read.end(), step.unit->headers.begin()))
            << seed;
      }
      const auto job = step.kind == Kind::parse ? step.unit->job : 0;
      if (plan.ended(slot, how)) ++times[job];
      step = {};
    }
    EXPECT_LT(rounds, 5000) << seed;
    EXPECT_EQ(times, std::vector<int>(units.size(), 1)) << seed;
  }
}

}  // namespace
}  // namespace patchgate
