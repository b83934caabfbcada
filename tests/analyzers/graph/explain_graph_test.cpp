#include <gtest/gtest.h>

#include "analyzers/graph/entry_points.h"
#include "analyzers/graph/fan_in.h"
#include "analyzers/graph/users_by_distance.h"
#include "analyzers/graph/widening.h"
#include "analyzers/graph/widening_gates.h"
#include "graph_text.h"
#include "random_graph.h"

namespace patchgate {
namespace {

// `low` is called by `one`, which a table, an override and a pointer of its type may lead to.
const char* const kFacts = R"(
    == a.cc
    + fn low 1
    + fn one 2
    + fn two 3
    + fn table 4
    + fn base 5
    + fn user 6
    + fn any 7
    + fn guess 8
    + fn far 9
    + fn test_it 10
    one > low call 2
    two > one call 3
    base > low virtual 5
    + method derived 11
    derived ^ base
    derived > one call 11
    user > base virtual 6
    table *> (int) 4 [slot]
    [slot] < one
    any *> (char) 7
    &two (char)
    guess > one call= 8
    far > any call 9
    far > low call~ 19)";

std::string users(const Graph& graph, const char* symbol) {
  std::string text;
  for (const auto& user : users_by_distance(graph, named(graph, symbol))) {
    text += std::to_string(user.distance) + (user.proven ? " " : "? ") + graph.node(user.node).name + " -> " +
            graph.node(user.via).name + " " + name_of(user.link.kind) + "\n";
  }
  return text;
}

std::string gates(const Graph& graph, const char* symbol, std::size_t most = 3) {
  std::string text;
  for (const auto& gate : widening_gates(graph, named(graph, symbol), most)) {
    text += std::string(name_of(gate.rule)) + " " + graph.node(gate.user).name + " > " + graph.node(gate.used).name +
            " @" + std::to_string(gate.line) + ": " + std::to_string(gate.symbols) + "\n";
  }
  return text;
}

TEST(UsersByDistance, ProvenWaysCountBeforeShorterOnes) {
  EXPECT_EQ(users(graph_of(kFacts), "low"),
            "1 base -> low virtual\n"
            "1 one -> low call\n"
            "1? far -> low call\n"
            "2 derived -> one call\n"
            "2 two -> one call\n"
            "2 user -> base virtual\n"
            "2? guess -> one call\n"
            "2? table -> one indirect\n"
            "3? any -> two indirect\n");
}

TEST(WideningGates, AreTheEdgesThatEachRuleAdds) {
  EXPECT_EQ(gates(graph_of(kFacts), "low"),
            "syntax far > low @19: 1\n"
            "slot table > one @4: 1\n"
            "type any > two @7: 1\n"
            "name guess > one @8: 1\n");
  EXPECT_EQ(gates(graph_of(kFacts), "derived"), "override user > derived @6: 1\n");
  EXPECT_EQ(gates(graph_of(kFacts), "user"), "");
}

TEST(WideningGates, AGateCountsAllThatComeThroughIt) {
  const Graph graph = graph_of(R"(
    == a.c
    + fn low 1
    + fn mid 2
    + fn up 3
    + fn top 4
    + fn side 5
    mid > low call~ 2
    up > mid call 3
    top > up call~ 4
    side > low call~ 5
    ? fn outside
    low > outside call 1)");
  EXPECT_EQ(gates(graph, "low"), "syntax mid > low @2: 3\nsyntax side > low @5: 1\n");
  EXPECT_EQ(gates(graph, "low", 1), "syntax mid > low @2: 3\n");
}

TEST(WideningGates, AddUpToTheIntervalOfAnyGraph) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const Graph graph = random_graph(seed, 60, 140);
    for (NodeId id = 0; id < graph.nodes().size(); ++id) {
      const FanIn interval = fan_in(graph, id);
      std::uint32_t behind = 0, proven = 0, all = 0;
      for (const auto& gate : widening_gates(graph, id, ~std::size_t{0})) behind += gate.symbols;
      for (const auto& user : users_by_distance(graph, id)) {
        ++all;
        if (user.proven) ++proven;
      }
      EXPECT_EQ(behind, interval.transitive_upper - interval.transitive_lower) << seed << " " << id;
      EXPECT_EQ(proven, interval.transitive_lower) << seed << " " << id;
      EXPECT_EQ(all, interval.transitive_upper) << seed << " " << id;
    }
  }
}

TEST(EntryPoints, AreWhatNobodyInsideHasToCall) {
  const Graph graph = graph_of(R"(
    == a.c
    + fn handler 1
    + fn helper 2
    + static fn unused_static 3
    + fn api 4
    + fn again 5
    + var table 6
    ? fn puts
    outside [sig] sigaction::sa_handler
    [sig] < handler
    handler > helper call 1
    unused_static > puts call 3
    api > helper call 4
    again > again call 5
    table > api address 6)");
  const auto kind = [&](const char* name) {
    const auto found = entry_kind(graph, named(graph, name));
    return std::string(found ? name_of(*found) : "none");
  };
  EXPECT_EQ(kind("handler"), "entered from outside");
  EXPECT_EQ(kind("helper"), "none");
  EXPECT_EQ(kind("unused_static"), "none");
  EXPECT_EQ(kind("api"), "none");
  EXPECT_EQ(kind("again"), "nobody uses it");
  EXPECT_EQ(kind("table"), "none");
  EXPECT_EQ(kind("puts"), "none");
}

}  // namespace
}  // namespace patchgate
