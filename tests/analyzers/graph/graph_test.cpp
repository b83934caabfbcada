#include "analyzers/graph/graph.h"

#include <gtest/gtest.h>

#include "analyzers/graph/slot_targets.h"
#include "analyzers/model/hash.h"
#include "graph_text.h"

namespace patchgate {
namespace {

TEST(Graph, FindsByName) {
  const Graph graph = graph_of(R"(
      == a.cc
      + fn b 1
      + fn a::b 2
      + fn xa::b 3
      + fn x::a::b 4
      + fn only::here 5
      + lambda run::(lambda) 6
      + lambda run::(lambda)/2 7
      + op A::operator() 8
      + op A::operatorstd::string 9
      == b.cc
      + fn a::b/int 1)");
  struct Case {
    const char* name;
    const char* expected;
  };
  const Case cases[] = {
      {"b", "b"},
      {"a::b", "a::b@a.cc:2 a::b@b.cc:1"},
      {"xa::b", "xa::b"},
      {"x::a::b", "x::a::b"},
      {"here", "only::here"},
      {"::here", ""},
      {"nly::here", ""},
      {"(lambda)", "run::(lambda)@a.cc:6 run::(lambda)@a.cc:7"},
      {"run::(lambda)", "run::(lambda)@a.cc:6 run::(lambda)@a.cc:7"},
      {"operator()", "A::operator()"},
      {"nothing", ""},
      {"", ""},
      {"::", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(names_of(graph, graph.find_name(c.name)), c.expected) << c.name;
}

TEST(Graph, AConversionOperatorIsNotItsType) {
  auto files = facts_of("== a.cc\n+ op A::operator_ 1\n+ type string 2\n");
  files[0].symbols[0].name = "A::operator std::string";
  files[0].symbols[1].name = "my::string";
  GraphBuilder builder;
  builder.add(files[0]);
  const Graph graph = std::move(builder).build();
  EXPECT_EQ(names_of(graph, graph.find_name("string")), "my::string");
  EXPECT_EQ(names_of(graph, graph.find_name("operator std::string")), "A::operator std::string");
  EXPECT_EQ(names_of(graph, graph.find_name("A::operator std::string")), "A::operator std::string");
}

TEST(Graph, FindsByIdentity) {
  const Graph graph = graph_of(R"(
      == a.c
      + fn main 1
      ? fn puts
      ? fn api api.h:3
      == b.c
      + fn main 1)");
  EXPECT_EQ(names_of(graph, graph.find(hash64("main"))), "main@a.c:1 main@b.c:1");
  EXPECT_EQ(names_of(graph, graph.find(hash64("puts"))), "puts");
  EXPECT_EQ(names_of(graph, graph.find(hash64("api"))), "api");
  EXPECT_TRUE(graph.find(hash64("nobody")).empty());
  EXPECT_EQ(graph.find(hash64("main"), "b.c"), named(graph, "main@b.c"));
  EXPECT_EQ(graph.find(hash64("main"), "c.c"), kNoNode);
  EXPECT_EQ(graph.find(hash64("puts"), ""), named(graph, "puts"));
}

TEST(Graph, FindsTheInnermostSymbolOfALine) {
  const Graph graph = graph_of(R"(
      == a.cc
      + type A 1-20
      + method A::f 3-10
      + lambda A::f::(lambda) 5-7
      + field A::x 12
      + enum one 30
      + enum two 30
      + type number 30-30
      + fn late 40-50
      + fn early 40-45
      ? fn declared a.cc:60
      == b.cc
      + fn other 1-100)");
  struct Case {
    std::uint32_t line;
    const char* expected;
  };
  const Case cases[] = {
      {0, ""},      {1, "A"},     {2, "A"},          {3, "A::f"}, {6, "A::f::(lambda)"},  {8, "A::f"},
      {11, "A"},    {12, "A::x"}, {20, "A"},         {21, ""},    {30, "number one two"}, {42, "early"},
      {47, "late"}, {60, ""},     {4000000000U, ""},
  };
  for (const auto& c : cases) EXPECT_EQ(names_of(graph, graph.find_line("a.cc", c.line)), c.expected) << c.line;
  EXPECT_EQ(names_of(graph, graph.find_line("b.cc", 50)), "other");
  EXPECT_TRUE(graph.find_line("c.cc", 1).empty());
  EXPECT_TRUE(graph.find_line("", 0).empty());
}

TEST(Graph, AnEmptyOneAnswersEverything) {
  const Graph graph;
  EXPECT_TRUE(graph.nodes().empty());
  EXPECT_EQ(graph.edge_count(), 0U);
  EXPECT_TRUE(graph.find(1).empty());
  EXPECT_TRUE(graph.find_name("main").empty());
  EXPECT_TRUE(graph.find_line("a.c", 1).empty());
  EXPECT_TRUE(graph.flows_of_producer(0).empty());
  EXPECT_TRUE(graph.literals_of_caller(0).empty());
}

TEST(Graph, KnowsWhatCodeOutsideCalls) {
  const Graph graph = graph_of(R"(
      == a.c
      + fn compare 1
      + fn work 2
      ? fn puts
      [qsort/3] < compare
      [qsort/3] < puts
      [job] < work
      [thread/2] < [job]
      outside [qsort/3] qsort
      == b.c
      outside [thread/2] pthread_create
      outside [qsort/3] qsort)");
  std::string text;
  for (const auto& entrance : graph.entrances()) {
    text += graph.node(entrance.function).name + " through " + entrance.through + "\n";
  }
  EXPECT_EQ(text, "compare through qsort\nwork through pthread_create\n");
  EXPECT_EQ(graph.entrances_of(named(graph, "work")).size(), 1U);
  EXPECT_EQ(graph.entrances_of(named(graph, "puts")).size(), 0U);
}

TEST(Graph, KnowsWhatCodeOutsideCallsThroughABase) {
  const Graph graph = graph_of(R"(
      == a.c
      + method B::f 1
      + method C::f 2
      + method D::f 3
      + method B::own 4
      ? method out::f
      ? method out::more
      B::f ^ out::f
      C::f ^ B::f
      D::f ^ C::f
      D::f ^ out::more
      out::more ^ out::f
      + method E::own 5
      E::own ^ B::own)");
  std::string text;
  for (const auto& entrance : graph.entrances())
    text += graph.node(entrance.function).name + " through " + entrance.through + "\n";
  EXPECT_EQ(text, "B::f through out::f\nC::f through out::f\nD::f through out::f\nD::f through out::more\n");
}

TEST(Graph, HoweverManyAreHandedOutEachIsEntered) {
  constexpr std::size_t kHandlers = SlotTargets::kMost + 10;
  std::string functions = "== a.c\n", handed = "outside [connect/2] connect\n";
  for (std::size_t i = 0; i < kHandlers; ++i) {
    functions += "+ fn on_" + std::to_string(i) + " " + std::to_string(i + 1) + "\n";
    handed += "[connect/2] < on_" + std::to_string(i) + "\n";
  }
  EXPECT_EQ(graph_of(functions + handed).entrances().size(), kHandlers);
}

}  // namespace
}  // namespace patchgate
