#include "analyzers/graph/users_of_many.h"

#include <map>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "analyzers/graph/fan_in.h"
#include "analyzers/graph/nearest_users.h"
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

std::vector<bool> some_ends(const Graph& graph, unsigned seed) {
  std::vector<bool> ends(graph.nodes().size());
  for (NodeId id = seed % 3; id < ends.size(); id += 3 + seed % 4) ends[id] = true;
  return ends;
}

TEST(UsersOfMany, AreThoseOfEach) {
  for (unsigned seed = 0; seed < 120; ++seed) {
    auto [graph, starts] = sample(seed);
    starts.resize(std::min(starts.size(), kStartsAtOnce));
    const auto ends = seed % 2 == 0 ? std::vector<bool>() : some_ends(graph, seed);
    const auto users = users_of_many(graph, starts, ends);
    for (const auto edges : {EdgeSet::exact, EdgeSet::all}) {
      for (std::size_t i = 0; i < starts.size(); ++i) {
        std::vector<bool> expected(graph.nodes().size());
        const auto walk =
            reach(graph, std::span(&starts[i], 1), Direction::to_users, [&](NodeId from, const Link& link) {
              return follows(link, edges) && (ends.empty() || from == starts[i] || !ends[from]);
            });
        for (const auto& reached : walk) expected[reached.node] = true;
        for (NodeId id = 0; id < users.size(); ++id) {
          const auto set = edges == EdgeSet::exact ? users[id].exact() : users[id].all();
          ASSERT_EQ((set >> i & 1U) != 0, expected[id]) << "seed " << seed << ", start " << i << ", node " << id;
        }
      }
    }
  }
}

TEST(UsersOfMany, TheOrderPutsCirclesTogetherAndUsersBehind) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const Graph graph = sample(seed).graph;
    const auto reaches = [&](NodeId from, NodeId to, bool exact) {
      const auto walk = reach(graph, std::span(&from, 1), Direction::to_uses,
                              [&](NodeId, const Link& link) { return !exact || link.confidence == Confidence::exact; });
      return std::any_of(walk.begin(), walk.end(), [&](const Reached& one) { return one.node == to; });
    };
    const auto steps = graph.walk_order().steps();
    std::vector<std::size_t> place(graph.nodes().size(), steps.size()), circle(place), inner(place);
    ASSERT_EQ(steps.size(), place.size());
    std::size_t circles = 0, inners = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      place[steps[i].node()] = i;
      circle[steps[i].node()] = circles += steps[i].starts_any() ? 1U : 0U;
      inner[steps[i].node()] = inners += steps[i].starts_exact() ? 1U : 0U;
    }
    for (NodeId id = 0; id < place.size(); ++id) {
      ASSERT_NE(place[id], steps.size());
      for (const Link& link : graph.uses(id)) {
        EXPECT_EQ(circle[id] == circle[link.node], reaches(link.node, id, false));
        EXPECT_TRUE(circle[id] == circle[link.node] || place[link.node] < place[id]);
        if (link.confidence != Confidence::exact) continue;
        EXPECT_EQ(inner[id] == inner[link.node], reaches(link.node, id, true));
        EXPECT_TRUE(inner[id] == inner[link.node] || place[link.node] < place[id]);
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
    const auto ends = some_ends(graph, seed);
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

// What a limited search answers is a beginning of the whole answer, long enough.
TEST(UsersOfMany, ALimitKeepsTheNearestAndWholeDistances) {
  for (unsigned seed = 0; seed < 120; ++seed) {
    auto [graph, starts] = sample(seed);
    starts.resize(std::min(starts.size(), kStartsAtOnce));
    const auto ends = some_ends(graph, seed);
    std::vector<std::uint32_t> same(ends.size(), kNoNode);
    for (NodeId id = 0; id < ends.size(); ++id)
      if (ends[id] && id % 5 != 0) same[id] = id / 2;
    const auto reaching = users_of_many(graph, starts, ends);
    const auto asked = static_cast<StartSet>(seed % 4 == 0 ? 0x5555 : 0xffff);
    for (const std::size_t enough : {1U, 2U, 5U, 1000U}) {
      for (const auto edges : {EdgeSet::exact, EdgeSet::all}) {
        const NearestLimit limit{asked, enough, same, reaching};
        const auto whole = nearest_users(graph, starts, edges, ends);
        const auto found = nearest_users(graph, starts, edges, ends, &limit);
        auto row = found.begin();
        for (std::uint32_t start = 0; start < starts.size(); ++start) {
          std::map<std::uint32_t, Confidence> different;
          std::size_t good = 0;
          std::uint32_t last = 0xffffffffU;  // distance at which it may end
          for (const auto& one : whole) {
            if (one.start != start || one.distance > last || (asked >> start & 1U) == 0) continue;
            ASSERT_TRUE(row != found.end() && *row == one) << "seed " << seed << ", start " << start;
            ++row;
            if (same[one.node] == kNoNode || !different.emplace(same[one.node], one.weakest).second) continue;
            if (one.weakest <= Confidence::possible && ++good == enough) last = one.distance;
          }
        }
        EXPECT_TRUE(row == found.end()) << "seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace patchgate
