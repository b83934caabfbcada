#include "analyzers/graph/users_of_many.h"

#include <map>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "analyzers/graph/fan_in.h"
#include "analyzers/graph/reach.h"
#include "random_graph.h"

namespace patchgate {
namespace {

// Every answer is compared with that of the plain walk from one start.
struct Sample {
  Graph graph;
  std::vector<NodeId> starts;
};

Sample sample(unsigned seed) {
  const std::uint32_t nodes = 20 + seed % 7 * 40;
  Sample made{random_graph(seed, nodes, nodes * (1 + seed % 5)), {}};
  std::mt19937 random(seed + 1000);
  const std::size_t count = 1 + seed % 37;
  for (std::size_t i = 0; i < count; ++i)
    made.starts.push_back(std::uniform_int_distribution<NodeId>(0, nodes - 1)(random));
  return made;
}

bool follows(const Link& link, EdgeSet edges) { return edges == EdgeSet::all || link.confidence == Confidence::exact; }

TEST(UsersOfMany, AreThoseOfEach) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    auto [graph, starts] = sample(seed);
    starts.resize(std::min(starts.size(), kStartsAtOnce));
    for (const auto edges : {EdgeSet::exact, EdgeSet::all}) {
      const auto users = users_of_many(graph, starts, edges);
      for (std::size_t i = 0; i < starts.size(); ++i) {
        std::vector<bool> expected(graph.nodes().size());
        const auto walk = reach(graph, std::span(&starts[i], 1), Direction::to_users,
                                [&](NodeId, const Link& link) { return follows(link, edges); });
        for (const auto& reached : walk) expected[reached.node] = true;
        for (NodeId id = 0; id < users.size(); ++id)
          ASSERT_EQ((users[id] >> i & 1U) != 0, expected[id]) << "seed " << seed << ", start " << i << ", node " << id;
      }
    }
  }
}

TEST(UsersOfMany, FanInIsThatOfEach) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const auto [graph, starts] = sample(seed);
    const auto together = fan_in(graph, starts);
    ASSERT_EQ(together.size(), starts.size());
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const auto counted = [&](bool exact) {
        std::uint32_t count = 0;
        for (const auto& one :
             reach(graph, std::span(&starts[i], 1), Direction::to_users,
                   [&](NodeId, const Link& link) { return !exact || link.confidence == Confidence::exact; }))
          count += one.distance > 0 && graph.node(one.node).in_project() ? 1U : 0U;
        return count;
      };
      const auto alone = fan_in(graph, starts[i]);
      EXPECT_EQ(together[i].transitive_lower, counted(true)) << seed;
      EXPECT_EQ(together[i].transitive_upper, counted(false)) << seed;
      EXPECT_EQ(std::tuple(together[i].direct_lower, together[i].direct_upper, together[i].transitive_lower),
                std::tuple(alone.direct_lower, alone.direct_upper, alone.transitive_lower))
          << seed;
    }
  }
}

TEST(UsersOfMany, WaysEndAtTheFirstMarkedNode) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const auto [graph, starts] = sample(seed);
    std::vector<bool> ends(graph.nodes().size());
    for (NodeId id = seed % 3; id < ends.size(); id += 3 + seed % 4) ends[id] = true;
    for (const auto edges : {EdgeSet::exact, EdgeSet::all}) {
      std::vector<NearestUser> expected;
      for (std::uint32_t i = 0; i < starts.size(); ++i) {
        for (const auto& one :
             reach(graph, std::span(&starts[i], 1), Direction::to_users, [&](NodeId from, const Link&link) {
               return (from == starts[i] || !ends[from]) && follows(link, edges);
             })) {
          if (one.distance > 0 && ends[one.node]) expected.push_back({one.node, i, one.distance, one.weakest});
        }
      }
      const auto found = nearest_users(graph, starts, edges, ends);
      ASSERT_EQ(found.size(), expected.size()) << "seed " << seed;
      for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_TRUE(found[i] == expected[i])
            << "seed " << seed << ", row " << i << ": node " << found[i].node << " not " << expected[i].node;
      }
    }
  }
}

}  // namespace
}  // namespace patchgate
