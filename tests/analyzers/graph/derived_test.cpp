#include "analyzers/graph/derived.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "analyzers/graph/reach.h"
#include "analyzers/model/hash.h"
#include "graph_text.h"
#include "random_graph.h"

namespace patchgate {
namespace {

const char* const kFacts = R"(
    == a.cc
    + fn handle 1-9
    + fn encode/int 10-12
    ? fn send send.h:1
    ? fn setopt
    handle > encode/int call 5
    handle > send call~ 5
    handle > setopt call 6
    handle : encode/int => send 5
    handle : encode/int => return 9
    handle : setopt/1 "POST" 6
    handle ! dependent 7 visit
    (file) ! assembler 9
    include send.h
    == send.cc
    + fn send 1
    include send.h)";

std::string encoded(const Graph& graph) { return encode_derived(graph, FanInRanks(graph)); }

/// The checksum mended, so that what lies behind it is reached.
std::string resealed(std::string bytes) {
  const auto sum = hash64(std::string_view(bytes).substr(16));
  for (std::size_t i = 0; i < 8; ++i) bytes[8 + i] = static_cast<char>(sum >> (8 * i));
  return bytes;
}

/// Asks everything of a graph: under the sanitizers a wrong index does not pass.
std::size_t ask_everything(const DerivedGraph& derived) {
  const Graph& graph = derived.graph;
  std::size_t sum = graph.includes().size() + graph.flows().size();
  for (const auto& spot : graph.blind_spots()) {
    if (spot.in != kNoNode) sum += graph.node(spot.in).name.size();
  }
  const FanInRanks ranks(graph, derived.lower);
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    const Node& node = graph.node(id);
    sum += fan_in(graph, id).transitive_upper + ranks.transitive_lower(id);
    sum +=
        graph.find(node.usr).size() + graph.find_name(node.name).size() + graph.find_line(node.file, node.line).size();
    sum += graph.literals_of_caller(id).size() + graph.flows_of_producer(id).size();
    sum += graph.blind_spots_of(id).size();
    const NodeId starts[] = {id};
    sum += reach(graph, starts, Direction::to_uses).size();
  }
  return sum;
}

TEST(Derived, TheGraphComesBack) {
  const Graph graph = graph_of(kFacts);
  const FanInRanks ranks(graph);
  const auto back = decode_derived(encoded(graph)).value();
  EXPECT_EQ(nodes_text(back.graph), nodes_text(graph));
  EXPECT_EQ(edges_text(back.graph), edges_text(graph));
  EXPECT_EQ(back.graph.includes(), graph.includes());
  ASSERT_EQ(back.graph.flows().size(), 2U);
  EXPECT_EQ(back.graph.flows()[1].consumer, kNoNode);
  EXPECT_EQ(back.graph.flows()[0].line, 5U);
  ASSERT_EQ(back.graph.literals().size(), 1U);
  EXPECT_EQ(back.graph.literals()[0].text, "POST");
  EXPECT_EQ(back.graph.literals()[0].position, 1);
  EXPECT_TRUE(std::equal(back.lower.begin(), back.lower.end(), ranks.all_lower().begin(), ranks.all_lower().end()));
  EXPECT_EQ(encode_derived(back.graph, FanInRanks(back.graph, back.lower)), encoded(graph));
}

TEST(Derived, AnswersAreTheSame) {
  const Graph graph = random_graph(11, 400, 1200);
  const FanInRanks ranks(graph);
  const auto back = decode_derived(encoded(graph)).value();
  EXPECT_EQ(edges_text(back.graph), edges_text(graph));
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    const Node& node = graph.node(id);
    EXPECT_EQ(back.graph.find(node.usr), graph.find(node.usr));
    EXPECT_EQ(back.graph.find_name(node.name), graph.find_name(node.name));
    EXPECT_EQ(fan_in(back.graph, id).transitive_upper, fan_in(graph, id).transitive_upper);
    EXPECT_EQ(back.graph.users(id).size(), graph.users(id).size());
  }
}

TEST(Derived, AnEmptyGraphComesBack) { EXPECT_TRUE(decode_derived(encoded(Graph())).value().graph.nodes().empty()); }

TEST(Derived, DamageIsNoticed) {
  const std::string good = encoded(graph_of(kFacts));
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(decode_derived(good.substr(0, size))) << size;
  }
  for (std::size_t at = 0; at < good.size(); ++at) {
    auto bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 1);
    EXPECT_FALSE(decode_derived(bad)) << at;
  }
  EXPECT_EQ(to_string(decode_derived(resealed(good + "x")).error()),
            "damaged graph in the index: something follows its end");
  EXPECT_EQ(to_string(decode_derived(good + "x").error()), "damaged graph in the index: its checksum does not fit");
  EXPECT_EQ(to_string(decode_derived(std::string(16, '\0')).error()), "damaged graph in the index: another format");
}

TEST(Derived, WhateverHasTheRightChecksumIsSafeToAsk) {
  const std::string good = encoded(graph_of(kFacts));
  std::size_t refused = 0, found_out = 0;
  for (std::size_t at = 16; at < good.size(); ++at) {
    for (const unsigned flip : {0x01U, 0x03U, 0x80U, 0xffU}) {
      auto bad = good;
      bad[at] = static_cast<char>(static_cast<unsigned char>(bad[at]) ^ flip);
      const auto derived = decode_derived(resealed(bad));
      if (derived) {
        EXPECT_GT(ask_everything(*derived), 0U);
        found_out += derived->graph.is_whole() ? 0 : 1;
      } else {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, good.size());
  EXPECT_GT(found_out, 0U);  // a block that is none, when it was asked for
  for (std::size_t size = 16; size < good.size(); ++size) EXPECT_FALSE(decode_derived(resealed(good.substr(0, size))));
}

TEST(Derived, TheKeyNamesUnitsInAnyOrderAndTheSalt) {
  const Hash128 a{0, 1}, b{0, 2}, c{1, 0};
  EXPECT_EQ(derived_key({a, b, c}), derived_key({c, a, b}));
  EXPECT_NE(derived_key({a, b, c}), derived_key({a, b}));
  EXPECT_NE(derived_key({a, b, c}), derived_key({a, b, c}, {0, 1}));
  EXPECT_NE(derived_key({}), derived_key({Hash128{}}));
}

}  // namespace
}  // namespace patchgate
