#include "analyzers/graph/slot_targets.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

std::string shown(const SlotTargets& slots, Slot slot) {
  const auto found = slots.of(slot);
  std::string text;
  for (const auto function : found.functions) text += std::to_string(function) + " ";
  return text + (found.open ? "and others" : "");
}

TEST(SlotTargets, CopiesAreFollowedThroughChainsAndCircles) {
  SlotTargets slots;
  slots.put(1, 10);
  slots.put(3, 30);
  slots.copy(1, 2);
  slots.copy(2, 3);
  slots.copy(3, 2);
  slots.copy(3, 4);
  slots.put(5, 50);
  slots.copy(5, 4);
  slots.solve();
  EXPECT_EQ(shown(slots, 1), "10 ");
  EXPECT_EQ(shown(slots, 2), "10 30 ");
  EXPECT_EQ(shown(slots, 3), "10 30 ");
  EXPECT_EQ(shown(slots, 4), "10 30 50 ");
  EXPECT_EQ(shown(slots, 5), "50 ");
  EXPECT_EQ(shown(slots, 6), "and others");
  EXPECT_EQ(shown(slots, 0), "and others");
}

TEST(SlotTargets, WhatIsOpenStaysOpenDownstream) {
  SlotTargets slots;
  slots.put(1, 10);
  slots.open(2);
  slots.copy(1, 3);
  slots.copy(2, 3);
  slots.copy(3, 4);
  slots.solve();
  EXPECT_TRUE(slots.of(1).complete());
  EXPECT_EQ(shown(slots, 3), "10 and others");
  EXPECT_FALSE(slots.of(4).complete());
}

TEST(SlotTargets, AnEmptySlotSaysNothing) {
  SlotTargets slots;
  slots.copy(1, 2);
  slots.solve();
  EXPECT_FALSE(slots.of(2).complete());
}

TEST(SlotTargets, TooManyFunctionsAreNone) {
  SlotTargets slots;
  for (NodeId i = 0; i <= SlotTargets::kMost; ++i) slots.put(1, i);
  for (NodeId i = 1; i <= SlotTargets::kMost; ++i) slots.put(2, i);
  slots.copy(1, 3);
  slots.put(3, 7);
  slots.solve();
  EXPECT_EQ(slots.of(2).functions.size(), SlotTargets::kMost);
  EXPECT_TRUE(slots.of(2).complete());
  EXPECT_EQ(shown(slots, 1), "and others");
  EXPECT_EQ(shown(slots, 3), "7 and others");
}

TEST(SlotTargets, ALongChainTakesLinearTime) {
  SlotTargets slots;
  constexpr Slot kLength = 200'000;
  for (Slot i = 1; i < kLength; ++i) slots.copy(i, i + 1);
  slots.put(1, 5);
  slots.solve();
  EXPECT_EQ(shown(slots, kLength), "5 ");
}

TEST(SlotTargets, WhatFlowsTogetherIsCutAsSoonAsItIsTooMuch) {
  SlotTargets slots;
  constexpr Slot kAll = 100'000;
  constexpr NodeId kSources = 4000;
  for (NodeId source = 1; source <= kSources; ++source) {
    for (NodeId i = 0; i < 1000; ++i) slots.put(source, source * 1000 + i);
    slots.copy(source, kAll);
  }
  const auto begin = std::chrono::steady_clock::now();
  slots.solve();
  EXPECT_EQ(shown(slots, kAll), "and others");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

}  // namespace
}  // namespace patchgate
