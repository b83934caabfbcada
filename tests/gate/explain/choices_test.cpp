#include "gate/explain/choices.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "analyzers/graph/graph.h"
#include "tests/analyzers/graph/graph_text.h"

namespace patchgate {
namespace {

Graph small_graph() {
  FileFacts facts;
  facts.path = "src/fee.cpp";
  std::uint64_t usr = 1;
  const auto add = [&](const char* name, std::uint32_t line) {
    UnitSymbol symbol;
    symbol.usr = usr++;
    symbol.flags = UnitSymbol::defined;
    symbol.name = name;
    symbol.file = facts.path;
    symbol.line = line;
    symbol.end_line = line + 2;
    facts.symbols.push_back(symbol);
  };
  add("shop::fee", 10);
  add("bank::fee", 20);
  add("shop::total", 30);
  // A symbol that nothing mentions is part of no graph: each uses the next.
  facts.edges.push_back({0, 1, EdgeKind::call, Confidence::exact, 11});
  facts.edges.push_back({1, 2, EdgeKind::call, Confidence::exact, 21});
  GraphBuilder builder;
  builder.add(facts);
  return std::move(builder).build();
}

std::string found(const std::string& what) {
  const auto graph = small_graph();
  const auto symbols = find_symbol(graph, what);
  if (!symbols) return to_string(symbols.error());
  std::string text;
  for (const auto id : *symbols) text += (text.empty() ? "" : " ") + graph.node(id).name;
  return text;
}

TEST(FindSymbol, Cases) {
  EXPECT_EQ(found("shop::fee"), "shop::fee");
  EXPECT_EQ(found("fee"), "shop::fee bank::fee");
  EXPECT_EQ(found("src/fee.cpp:31"), "shop::total");
  EXPECT_EQ(found("fe"), "no symbol of this revision is called 'fe'; did you mean 'fee'?");
  EXPECT_EQ(found("src/fee.cpp:99"),
            "no symbol stands at src/fee.cpp:99\n  hint: files are named from the root of the repository");
  EXPECT_EQ(
      found("fee.cpp:10"),
      "no unit that was read defines anything in the file of fee.cpp:10\n  hint: files are named from the root of the "
      "repository");
}

std::string chosen(const Graph& graph, const std::string& what) {
  const auto found = find_symbol(graph, what);
  if (!found) return to_string(found.error());
  const auto one = choose(graph, what, *found);
  return one ? names_of(graph, *one) : to_string(one.error());
}

constexpr const char* kShops = R"(
    == a.c
    + fn shop::fee 10-12
    + fn total 20-29
    + fn shop::total/one 30
    + fn shop::total/two 40
    ? fn far a.h:1
    ? type Box a.h:2
    total > shop::fee call 21
    total > far call 22
    total > Box type 23
    shop::total/one > total call 31
    shop::total/two > shop::total/one call 41
    == b.c
    + fn bank::fee 20
    + fn bank::pay 30
    + static fn help 40-44
    bank::pay > bank::fee call 31
    bank::pay > help call 32
    == c.c
    + static fn help 40-44
    + type Box 50
    help > Box type 41)";

TEST(Choose, OneOrAListToPasteFrom) {
  const auto graph = graph_of(kShops);
  EXPECT_EQ(chosen(graph, "shop::fee"), "shop::fee");
  EXPECT_EQ(chosen(graph, "total"), "total");
  EXPECT_EQ(chosen(graph, "far"), "far");
  EXPECT_EQ(chosen(graph, "fee"),
            "'fee' may mean 2 symbols; name one of them:\n"
            "  bank::fee  function  1 direct user\n"
            "  shop::fee  function  1 direct user");
  EXPECT_EQ(chosen(graph, "shop::total"),
            "'shop::total' may mean 2 symbols; name one of them:\n"
            "  shop::total@a.c:30  function  1 direct user\n"
            "  shop::total@a.c:40  function  0 direct users");
  EXPECT_EQ(chosen(graph, "help"),
            "'help' may mean 2 symbols; name one of them:\n"
            "  help@b.c:40  function  1 direct user\n"
            "  help@c.c:40  function  0 direct users");
}

TEST(Choose, WhatIsListedCanBePasted) {
  const auto graph = graph_of(kShops);
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    if (graph.node(id).file.empty()) continue;
    const auto found = find_symbol(graph, name_to_paste(graph, id));
    ASSERT_TRUE(found) << name_to_paste(graph, id);
    EXPECT_EQ(*found, std::vector<NodeId>{id}) << name_to_paste(graph, id);
  }
}

TEST(Choose, TheListIsBounded) {
  std::string text = "== a.c\n+ fn user 1\n";
  for (int i = 2; i < 40; ++i) {
    const auto name = "n" + std::to_string(i) + "::f";
    text += "+ fn " + name + " " + std::to_string(i) + "\nuser > " + name + " call 1\n";
  }
  const auto list = chosen(graph_of(text), "f");
  EXPECT_EQ(std::count(list.begin(), list.end(), '\n'), 21);
  EXPECT_TRUE(list.ends_with("  … and 18 more with fewer users")) << list;
}

TEST(Choose, WhatNothingTellsApartIsOneChoice) {
  const auto graph = graph_of("== a.c\n+ fn f/one 3\n+ fn f/two 3\n+ fn u 9\nu > f/one call 9\nu > f/two call 9\n");
  const auto found = find_symbol(graph, "f@a.c:3");
  ASSERT_TRUE(found);
  EXPECT_EQ(choose(graph, "f@a.c:3", *found)->size(), 2U);
}

}  // namespace
}  // namespace patchgate
