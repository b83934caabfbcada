#include "gate/drawings/drawings.h"

#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/analyzers/graph/graph_text.h"
#include "tests/gate/reports/golden_file.h"

namespace patchgate {
namespace {

constexpr const char* kFacts = R"(
    == src/fee.cc
    + fn shop::fee 10-20
    + fn shop::total 30
    + type Money 5
    + fn other 40
    ? fn puts
    shop::total > shop::fee call 31
    shop::fee > puts call 11
    shop::fee > Money type 10
    shop::fee > other call= 12
    other > shop::fee call~ 41
    == tests/fee_test.cc
    + fn test_fee 5
    ? fn shop::fee src/fee.cc:10
    test_fee > shop::fee call 6)";

/// A graph whose names say all that a drawing program could take for its own language.
Graph hostile_graph() {
  FileFacts facts;
  facts.path = "a\"]; evil [label=\"\\N.c";
  for (const char* name :
       {"f\"] -> x; //", "operator<\\l&lt;`${}`\x1b[0m\n%%{init}%%", "click n0 \"javascript:1\"|)};#"}) {
    UnitSymbol symbol;
    symbol.usr = facts.symbols.size() + 1;
    symbol.name = name;
    symbol.file = facts.path;
    symbol.line = 1;
    symbol.flags = UnitSymbol::defined;
    facts.symbols.push_back(symbol);
  }
  facts.edges = {{0, 1, EdgeKind::call, Confidence::exact, 1}, {1, 2, EdgeKind::call, Confidence::exact, 1}};
  GraphBuilder builder;
  builder.add(facts);
  return std::move(builder).build();
}

Neighbourhood around(const Graph& graph, NodeId id, Direction direction, std::size_t most = 60) {
  const FanInRanks ranks(graph);
  const NodeId symbols[] = {id};
  return neighbourhood(graph, ranks, symbols, direction, 2, most, {});
}

TEST(Drawings, OneOfEachKind) {
  const auto graph = graph_of(kFacts);
  const auto id = named(graph, "shop::fee");
  const auto callers = around(graph, id, Direction::to_users);
  const auto callees = around(graph, id, Direction::to_uses);
  EXPECT_TRUE(matches_golden("gate/drawings/golden/callers.dot", dot_drawing(graph, callers, Direction::to_users)));
  EXPECT_TRUE(matches_golden("gate/drawings/golden/callees.dot", dot_drawing(graph, callees, Direction::to_uses)));
  EXPECT_TRUE(matches_golden("gate/drawings/golden/callers.mmd", mermaid_drawing(graph, callers, Direction::to_users)));
  EXPECT_TRUE(matches_golden("gate/drawings/golden/callees.mmd", mermaid_drawing(graph, callees, Direction::to_uses)));
}

TEST(Drawings, WhatIsLeftOutIsSaid) {
  const auto graph = graph_of(kFacts);
  const auto few = around(graph, named(graph, "shop::fee"), Direction::to_uses, 2);
  EXPECT_TRUE(matches_golden("gate/drawings/golden/few.dot", dot_drawing(graph, few, Direction::to_uses)));
  EXPECT_TRUE(matches_golden("gate/drawings/golden/few.mmd", mermaid_drawing(graph, few, Direction::to_uses)));
}

TEST(Drawings, NamesAreTextAndNothingElse) {
  const auto graph = hostile_graph();
  const auto drawn = around(graph, 0, Direction::to_users);
  EXPECT_TRUE(matches_golden("gate/drawings/golden/hostile.dot", dot_drawing(graph, drawn, Direction::to_users)));
  EXPECT_TRUE(matches_golden("gate/drawings/golden/hostile.mmd", mermaid_drawing(graph, drawn, Direction::to_users)));
}

TEST(SvgByDot, SaysWhatIsMissing) {
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  const auto svg = svg_by_dot("digraph a { b }");
  ::setenv("PATH", path.c_str(), 1);
  ASSERT_FALSE(svg);
  EXPECT_EQ(to_string(svg.error()).substr(0, 62), "--format svg needs the program dot, which is not on PATH\n  hin");
}

TEST(SvgByDot, DrawsHostileNamesAsText) {
  const auto graph = hostile_graph();
  const auto drawn = around(graph, 0, Direction::to_users);
  const auto svg = svg_by_dot(dot_drawing(graph, drawn, Direction::to_users));
  ASSERT_TRUE(svg) << to_string(svg.error());
  std::size_t boxes = 0;
  for (auto at = svg->find("class=\"node\""); at != std::string::npos; at = svg->find("class=\"node\"", at + 1))
    ++boxes;
  EXPECT_EQ(boxes, drawn.boxes.size());
  EXPECT_NE(svg->find("f&quot;] &#45;&gt; x; //"), std::string::npos) << *svg;
  EXPECT_FALSE(svg_by_dot("digraph a {"));
}

}  // namespace
}  // namespace patchgate
