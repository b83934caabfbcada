#include "analyzers/graph/possible_targets.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(PointerTargets, ManyCallsOfOneCallerAreOneEdgeToEachTarget) {
  constexpr std::uint32_t kCalls = 1000;
  constexpr NodeId kTargets = 50;
  SlotTargets slots;
  for (NodeId target = 0; target < kTargets; ++target) slots.put(7, target);
  slots.solve();
  std::vector<PointerCall> calls;
  for (std::uint32_t line = kCalls; line > 0; --line) {
    calls.push_back({1, 100, line, 7});
    calls.push_back({2, 101, line, 0});
  }
  std::vector<FullEdge> edges;
  add_pointer_targets(edges, calls, {{2, 0}, {2, 1}}, slots);
  ASSERT_EQ(edges.size(), kTargets + 2);
  for (const auto& edge : edges) {
    EXPECT_EQ(edge.line, 1U);
    EXPECT_EQ(edge.from, edge.rule == EdgeRule::slot ? 100U : 101U);
  }
}

}  // namespace
}  // namespace patchgate
