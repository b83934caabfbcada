#include "analyzers/graph/reach.h"

#include <map>

#include <gtest/gtest.h>

#include "graph_text.h"
#include "random_graph.h"

namespace patchgate {
namespace {

std::string text(const Graph& graph, const std::vector<Reached>& found) {
  std::string text;
  for (const auto& r : found) {
    text += graph.node(r.node).name + " " + std::to_string(r.distance);
    if (r.via != kNoNode) text += " via " + graph.node(r.via).name;
    text += std::string(" ") + name_of(r.weakest) + "\n";
  }
  return text;
}

const char* const kDiamond = R"(
    == a.c
    + fn test 1
    + fn b 2
    + fn c 3
    + fn d 4
    + fn e 5
    test > b call~ 1
    test > c call 1
    b > d call 2
    c > d call 3
    d > e call 4
    e > test call 5)";

TEST(Reach, GoesToUsesAndToUsers) {
  const Graph graph = graph_of(kDiamond);
  const NodeId starts[] = {named(graph, "test")};
  EXPECT_EQ(text(graph, reach(graph, starts, Direction::to_uses)),
            "test 0 exact\n"
            "b 1 via test possible\n"
            "c 1 via test exact\n"
            "d 2 via c exact\n"
            "e 3 via d exact\n");
  const NodeId ends[] = {named(graph, "d")};
  EXPECT_EQ(text(graph, reach(graph, ends, Direction::to_users)),
            "d 0 exact\n"
            "b 1 via d exact\n"
            "c 1 via d exact\n"
            "test 2 via c exact\n"
            "e 3 via test exact\n");
}

TEST(Reach, ALongerExactWayDoesNotBeatAShorterPossibleOne) {
  const Graph graph = graph_of(R"(
      == a.c
      + fn a 1
      + fn b 2
      + fn c 3
      a > c call~ 1
      a > b call 1
      b > c call 2)");
  const NodeId starts[] = {named(graph, "a")};
  EXPECT_EQ(text(graph, reach(graph, starts, Direction::to_uses)),
            "a 0 exact\n"
            "b 1 via a exact\n"
            "c 1 via a possible\n");
}

TEST(Reach, TakesOnlyLinksThatItMayFollow) {
  const Graph graph = graph_of(kDiamond);
  const NodeId starts[] = {named(graph, "test")};
  const auto exact = [](NodeId, const Link& link) { return link.confidence == Confidence::exact; };
  EXPECT_EQ(text(graph, reach(graph, starts, Direction::to_uses, exact)),
            "test 0 exact\n"
            "c 1 via test exact\n"
            "d 2 via c exact\n"
            "e 3 via d exact\n");
  const NodeId d = named(graph, "d");
  const auto not_beyond_d = [&](NodeId from, const Link&) { return from != d; };
  EXPECT_EQ(text(graph, reach(graph, starts, Direction::to_uses, not_beyond_d)),
            "test 0 exact\n"
            "b 1 via test possible\n"
            "c 1 via test exact\n"
            "d 2 via c exact\n");
}

TEST(Reach, StartsMayRepeatAndBeUnknown) {
  const Graph graph = graph_of(kDiamond);
  const NodeId starts[] = {named(graph, "e"), kNoNode, named(graph, "d"), named(graph, "e"), 999};
  const auto nothing = [](NodeId, const Link&) { return false; };
  EXPECT_EQ(text(graph, reach(graph, starts, Direction::to_uses, nothing)), "d 0 exact\ne 0 exact\n");
  EXPECT_TRUE(reach(graph, {}, Direction::to_uses).empty());
}

TEST(Reach, DistanceAndWeakestAreTheBestOnRandomGraphs) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    const Graph graph = random_graph(seed, 60, 150);
    const NodeId starts[] = {seed % 60, (seed * 7) % 60};
    // Bellman-Ford over (distance, weakest): slow, and plainly right.
    using Best = std::pair<std::uint32_t, Confidence>;
    std::map<NodeId, Best> best;
    for (const NodeId start : starts) best[start] = {0, Confidence::exact};
    for (bool changed = true; changed;) {
      changed = false;
      for (const auto& [node, way] : std::map(best)) {
        for (const Link& link : graph.uses(node)) {
          const Best next{way.first + 1, std::max(way.second, link.confidence)};
          const auto [at, added] = best.try_emplace(link.node, next);
          if (added || next < at->second) {
            at->second = next;
            changed = true;
          }
        }
      }
    }
    const auto found = reach(graph, starts, Direction::to_uses);
    ASSERT_EQ(found.size(), best.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_EQ(Best(found[i].distance, found[i].weakest), best.at(found[i].node));
      if (i > 0) {
        EXPECT_LT(std::pair(found[i - 1].distance, found[i - 1].node), std::pair(found[i].distance, found[i].node));
      }
    }
  }
}

}  // namespace
}  // namespace patchgate
