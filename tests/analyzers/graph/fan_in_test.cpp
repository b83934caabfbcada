#include "analyzers/graph/fan_in.h"

#include <gtest/gtest.h>

#include "analyzers/graph/transitive.h"
#include "graph_text.h"
#include "random_graph.h"

namespace patchgate {
namespace {

std::string text(const FanIn& f) {
  const auto interval = [](std::uint32_t lower, std::uint32_t upper) {
    return "[" + std::to_string(lower) + ", " + std::to_string(upper) + "]";
  };
  return "direct " + interval(f.direct_lower, f.direct_upper) + " transitive " +
         interval(f.transitive_lower, f.transitive_upper);
}

struct Case {
  const char* name;
  const char* facts;
  const char* symbol;
  const char* expected;
};

const Case kCases[] = {
    {"nobody", "== a.c\n+ fn f 1", "f", "direct [0, 0] transitive [0, 0]"},
    {"a chain", "== a.c\n+ fn a 1\n+ fn b 2\n+ fn f 3\na > b call 1\nb > f call 2", "f",
     "direct [1, 1] transitive [2, 2]"},
    {"one user in three ways counts once", "== a.c\n+ fn a 1\n+ fn f 3\na > f call 1\na > f address 2\na > f call~ 1",
     "f", "direct [1, 1] transitive [1, 1]"},
    {"possible users count above only",
     "== a.c\n+ fn a 1\n+ fn b 2\n+ fn f 3\na > b call 1\nb > f call~ 2\na > f call= 1", "f",
     "direct [0, 2] transitive [0, 2]"},
    {"recursion does not count", "== a.c\n+ fn a 1\n+ fn f 3\nf > f call 3\na > f call 1\nf > a call 3", "f",
     "direct [1, 1] transitive [1, 1]"},
    {"tests count, those outside do not",
     "== t/a.c\n+ fn test 1\n+ fn f 3\n? fn qsort\n? fn declared x.h:1\ntest > f call 1\nqsort > f call~ 0\n"
     "declared > f call 1",
     "f", "direct [1, 1] transitive [1, 1]"},
    {"but a way may lead through them", "== a.c\n+ fn a 1\n+ fn f 3\n? fn hook\na > hook call 1\nhook > f call 1", "f",
     "direct [0, 0] transitive [1, 1]"},
    {"a symbol outside has users too", "== a.c\n+ fn a 1\n? fn puts\na > puts call 1", "puts",
     "direct [1, 1] transitive [1, 1]"},
};

TEST(FanIn, Cases) {
  for (const auto& c : kCases) {
    const Graph graph = graph_of(c.facts);
    EXPECT_EQ(text(fan_in(graph, named(graph, c.symbol))), c.expected) << c.name;
  }
}

TEST(FanIn, RanksAgreeWithAWalkOnRandomGraphs) {
  struct Shape {
    std::uint32_t nodes, edges;
  };
  // Around the 512 columns of a block, from nothing to nearly everything connected.
  for (const Shape shape : {Shape{1, 0}, Shape{2, 5}, Shape{50, 30}, Shape{50, 400}, Shape{700, 900}, Shape{700, 3000},
                            Shape{1100, 1300}, Shape{1100, 4000}}) {
    const Graph graph = random_graph(shape.nodes + shape.edges, shape.nodes, shape.edges);
    const FanInRanks ranks(graph);
    for (NodeId id = 0; id < graph.nodes().size(); ++id) {
      ASSERT_EQ(ranks.transitive_lower(id), fan_in(graph, id).transitive_lower)
          << shape.nodes << " nodes, " << shape.edges << " edges, " << graph.node(id).name;
    }
    const auto upper = exact_transitive_users(graph, EdgeSet::all);
    for (NodeId id = 0; id < graph.nodes().size(); ++id) {
      ASSERT_EQ(upper[id], fan_in(graph, id).transitive_upper) << graph.node(id).name;
    }
  }
}

TEST(FanIn, TheEstimateIsExactWhenSmallAndNearWhenLarge) {
  const Graph graph = random_graph(3, 3000, 9000);
  const auto exact = exact_transitive_users(graph, EdgeSet::exact);
  const auto estimate = estimated_transitive_users(graph, EdgeSet::exact);
  std::size_t large = 0, far = 0;
  for (NodeId id = 0; id < exact.size(); ++id) {
    if (exact[id] < 63) {
      EXPECT_EQ(estimate[id], exact[id]) << graph.node(id).name;
    } else {
      ++large;
      EXPECT_NEAR(estimate[id], exact[id], 0.6 * exact[id]) << graph.node(id).name;  // over four standard errors
      if (std::abs(static_cast<double>(estimate[id]) - exact[id]) > 0.26 * exact[id]) ++far;
    }
  }
  EXPECT_GT(large, 500U);
  EXPECT_LT(far, large / 4);
}

TEST(FanIn, PercentileAndRankAmongTheSymbolsOfAKind) {
  // Transitive fan-in of a, b, c, d: 0, 1, 2, 2; m is a method, x outside.
  const Graph graph = graph_of(R"(
      == a.c
      + fn a 1
      + fn b 2
      + fn c 3
      + fn d 4
      + method m 5
      ? fn x
      a > b call 1
      b > c call 2
      b > d call 2
      d > x call 4)");
  const FanInRanks ranks(graph);
  struct Row {
    SymbolKind kind;
    std::uint32_t fan_in;
    std::optional<double> percentile;
    std::uint32_t rank;
  };
  const Row rows[] = {
      {SymbolKind::function, 0, 0.0, 4},       {SymbolKind::function, 1, 25.0, 3}, {SymbolKind::function, 2, 50.0, 1},
      {SymbolKind::function, 3, 100.0, 1},     {SymbolKind::method, 0, 0.0, 1},    {SymbolKind::method, 1, 100.0, 1},
      {SymbolKind::macro, 5, std::nullopt, 1},
  };
  for (const auto& c : rows) {
    EXPECT_EQ(ranks.percentile(c.kind, c.fan_in), c.percentile) << name_of(c.kind) << " " << c.fan_in;
    EXPECT_EQ(ranks.rank(c.kind, c.fan_in), c.rank) << name_of(c.kind) << " " << c.fan_in;
  }
  EXPECT_EQ(ranks.count(SymbolKind::function), 4U);
  EXPECT_EQ(ranks.count(SymbolKind::macro), 0U);
}

TEST(FanIn, RanksComeBackFromTheirNumbers) {
  const Graph graph = random_graph(5, 200, 500);
  const FanInRanks ranks(graph);
  const FanInRanks again(graph, {ranks.all_lower().begin(), ranks.all_lower().end()});
  for (std::uint32_t fan_in = 0; fan_in < 100; ++fan_in) {
    EXPECT_EQ(again.percentile(SymbolKind::function, fan_in), ranks.percentile(SymbolKind::function, fan_in));
    EXPECT_EQ(again.rank(SymbolKind::method, fan_in), ranks.rank(SymbolKind::method, fan_in));
  }
}

TEST(FanIn, ALongChainNeedsNoDeepStack) {
  FileFacts facts;
  facts.path = "a.c";
  const std::uint32_t length = 100'000;
  for (std::uint32_t i = 0; i < length; ++i) {
    UnitSymbol symbol;
    symbol.usr = i + 1;
    symbol.flags = UnitSymbol::defined;
    symbol.file = "a.c";
    symbol.line = symbol.end_line = i + 1;
    facts.symbols.push_back(symbol);
    if (i > 0) facts.edges.push_back({i - 1, i, EdgeKind::call, Confidence::exact, i});
  }
  GraphBuilder builder;
  builder.add(facts);
  const Graph graph = std::move(builder).build();
  EXPECT_EQ(fan_in(graph, length - 1).transitive_lower, length - 1);
  EXPECT_EQ(condense(graph, EdgeSet::exact).size(), length);
}

}  // namespace
}  // namespace patchgate
