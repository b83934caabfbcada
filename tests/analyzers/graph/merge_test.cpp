#include <algorithm>
#include <iterator>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "graph_text.h"
#include "merge_cases.h"
#include "merge_target_cases.h"

namespace patchgate {
namespace {

std::vector<MergeCase> all_cases() {
  std::vector<MergeCase> all(std::begin(kMergeCases), std::end(kMergeCases));
  all.insert(all.end(), std::begin(kMergeTargetCases), std::end(kMergeTargetCases));
  return all;
}

TEST(Merge, Cases) {
  for (const auto& c : all_cases()) {
    const Graph graph = graph_of(c.facts);
    EXPECT_EQ(nodes_text(graph), c.nodes) << c.name;
    EXPECT_EQ(edges_text(graph), c.edges) << c.name;
  }
}

TEST(Merge, TheOrderOfFilesDoesNotMatterAndRepeatsAreHarmless) {
  std::mt19937 random(7);
  for (const auto& c : all_cases()) {
    auto files = facts_of(c.facts);
    const auto once = files;
    files.insert(files.end(), once.begin(), once.end());
    for (int round = 0; round < 5; ++round) {
      std::shuffle(files.begin(), files.end(), random);
      GraphBuilder builder;
      for (const auto& file : files) builder.add(file);
      const Graph graph = std::move(builder).build();
      EXPECT_EQ(nodes_text(graph), c.nodes) << c.name;
      EXPECT_EQ(edges_text(graph), c.edges) << c.name;
    }
  }
}

TEST(Merge, UsersMirrorUses) {
  for (const auto& c : all_cases()) {
    const Graph graph = graph_of(c.facts);
    std::vector<std::tuple<NodeId, NodeId, EdgeKind, Confidence, std::uint32_t>> forward, backward;
    for (NodeId id = 0; id < graph.nodes().size(); ++id) {
      for (const auto& l : graph.uses(id)) forward.emplace_back(id, l.node, l.kind, l.confidence, l.line);
      for (const auto& l : graph.users(id)) backward.emplace_back(l.node, id, l.kind, l.confidence, l.line);
      const auto by_end = [](const Link& a, const Link& b) {
        return std::tie(a.node, a.kind, a.confidence) < std::tie(b.node, b.kind, b.confidence);
      };
      EXPECT_TRUE(std::is_sorted(graph.users(id).begin(), graph.users(id).end(), by_end)) << c.name;
      EXPECT_TRUE(std::is_sorted(graph.uses(id).begin(), graph.uses(id).end(), by_end)) << c.name;
    }
    std::sort(backward.begin(), backward.end());
    EXPECT_EQ(forward, backward) << c.name;
    EXPECT_EQ(graph.edge_count(), forward.size()) << c.name;
  }
}

TEST(Merge, FlagsAddUpOverAllUnits) {
  auto files = facts_of(R"(== a.h
                           ? fn api a.h:1
                           == a.c
                           + fn api 1
                           == b.c
                           ? fn api)");
  files[0].symbols[0].flags |= UnitSymbol::exported;
  files[2].symbols[0].flags |= UnitSymbol::constructor_attr;
  GraphBuilder builder;
  for (const auto& file : files) builder.add(file);
  EXPECT_EQ(nodes_text(std::move(builder).build()), "function api a.c:1-1 defined exported runs_by_itself\n");
}

TEST(Merge, FlowsAndLiteralsFollowTheirSymbols) {
  const Graph graph = graph_of(R"(
      == a.cc
      + fn handle 1-9
      ? fn encode enc.h:1
      ? fn send send.h:1
      ? fn setopt
      handle : encode => send 5
      handle : encode => send 4
      handle : encode => return 9
      handle : setopt/1 "POST" 6
      handle : setopt/1 "GET" 3
      handle : setopt/1 "GET" 2
      == enc.cc
      + fn encode 1
      == send.cc
      + fn send 1)");
  ASSERT_EQ(graph.flows().size(), 2U);
  const auto flows = graph.flows_of_producer(named(graph, "encode"));
  ASSERT_EQ(flows.size(), 2U);
  EXPECT_EQ(flows[0].caller, named(graph, "handle"));
  EXPECT_EQ(flows[0].consumer, named(graph, "send"));
  EXPECT_EQ(flows[0].line, 4U);
  EXPECT_EQ(flows[1].consumer, kNoNode);
  EXPECT_TRUE(graph.flows_of_producer(named(graph, "send")).empty());
  const auto literals = graph.literals_of_caller(named(graph, "handle"));
  ASSERT_EQ(literals.size(), 2U);
  EXPECT_EQ(literals[0].text, "GET");
  EXPECT_EQ(literals[0].line, 2U);
  EXPECT_EQ(literals[1].text, "POST");
  EXPECT_EQ(literals[1].callee, named(graph, "setopt"));
  EXPECT_EQ(literals[1].position, 1);
  EXPECT_TRUE(graph.literals_of_caller(named(graph, "encode")).empty());
}

TEST(Merge, IncludesAddUp) {
  const Graph graph = graph_of("== a.c\ninclude b.h\ninclude a.h\n== a.c\ninclude b.h\ninclude c.h\n== a.h\n");
  const std::map<std::string, std::vector<std::string>> expected{{"a.c", {"a.h", "b.h", "c.h"}}, {"a.h", {}}};
  EXPECT_EQ(graph.includes(), expected);
}

}  // namespace
}  // namespace patchgate
