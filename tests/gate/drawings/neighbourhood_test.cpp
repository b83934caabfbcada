#include "gate/drawings/neighbourhood.h"

#include <gtest/gtest.h>

#include "tests/analyzers/graph/graph_text.h"

namespace patchgate {
namespace {

// low <- a, b, c, d; a <- a1, a2; b <- b1; b1 <- deep. `b` is used most, then `a`.
constexpr const char* kFacts = R"(
    == x.c
    + fn low 1
    + fn a 2
    + fn b 3
    + fn c 4
    + fn d 5
    + fn a1 6
    + fn b1 7
    + fn deep 8
    a > low call 2
    b > low call 3
    b > low address 3
    c > low read 4
    d > low call~ 5
    a > b call 2
    a1 > a call 6
    b1 > b call 7
    deep > b1 call 8
    low > low call 1)";

std::string drawn(std::uint32_t depth, std::size_t most, const EdgeFilter& filter = {}) {
  const auto graph = graph_of(kFacts);
  const FanInRanks ranks(graph);
  const NodeId symbols[] = {named(graph, "low")};
  const auto picture = neighbourhood(graph, ranks, symbols, Direction::to_users, depth, most, filter);
  std::string text;
  const auto name = [&](std::size_t box) { return graph.node(picture.boxes[box].node).name; };
  for (std::size_t i = 0; i < picture.boxes.size(); ++i) {
    text += (i == 0 ? "" : " ") + name(i) + "/" + std::to_string(picture.boxes[i].distance);
    if (picture.boxes[i].left_out != 0) text += "+" + std::to_string(picture.boxes[i].left_out);
  }
  text += ";";
  for (const auto& arrow : picture.arrows) text += " " + name(arrow.from) + ">" + name(arrow.to);
  return text + (picture.left_out == 0 ? "" : "; " + std::to_string(picture.left_out) + " left out");
}

TEST(Neighbourhood, TheNearestAndThenTheMostImportant) {
  EXPECT_EQ(drawn(1, 60), "low/0 b/1 a/1 c/1 d/1; b>low a>low a>b c>low d>low");
  EXPECT_EQ(drawn(1, 3), "low/0+2 b/1 a/1; b>low a>low a>b; 2 left out");
  EXPECT_EQ(drawn(2, 6), "low/0 b/1 a/1+1 c/1 d/1 b1/2; b>low a>low a>b c>low d>low b1>b; 1 left out");
  EXPECT_EQ(drawn(9, 1), "low/0+4;; 7 left out");
}

TEST(Neighbourhood, FollowsOnlyTheWantedEdges) {
  EXPECT_EQ(drawn(1, 60, parse_edge_filter("read", "").value()), "low/0 c/1; c>low");
  EXPECT_EQ(drawn(1, 60, parse_edge_filter("", "possible").value()), "low/0 d/1; d>low");
}

TEST(Within, IsTheSetOfAllSteps) {
  const auto graph = graph_of(kFacts);
  const NodeId symbols[] = {named(graph, "low")};
  EXPECT_EQ(within(graph, symbols, Direction::to_users, 0, {}).size(), 1U);
  EXPECT_EQ(within(graph, symbols, Direction::to_users, 2, {}).size(), 7U);
  EXPECT_EQ(within(graph, symbols, Direction::to_users, 99, {}).size(), 8U);
}

}  // namespace
}  // namespace patchgate
