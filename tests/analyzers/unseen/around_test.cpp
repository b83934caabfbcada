#include <gtest/gtest.h>

#include "analyzers/unseen/unseen.h"
#include "tests/analyzers/graph/graph_text.h"

namespace patchgate {
namespace {

constexpr const char* kFacts = R"(
    == src/fee.cc
    + fn shop::fee 10-20
    + fn plain 25
    + static fn hidden 30
    + fn on_signal 40
    + fn walk 50
    + fn asks 60
    + var table 70
    ? fn puts
    plain > shop::fee call 25
    hidden > plain call 30
    on_signal > hidden call 40
    walk > on_signal call 50
    asks > walk call 60
    plain > table read 26
    shop::fee *> (int) 11
    shop::fee *> (char) 12
    shop::fee ! assembler 13
    walk ! dependent 51 fee
    walk ! dependent 52 hidden
    asks ! lookup 61 dlsym
    asks ! loaded 62 dlopen
    outside [handler] sigaction::sa_handler
    [handler] < on_signal)";

std::string around(const std::string& facts, const std::vector<std::string>& names, Context context = {},
                   bool in_test_code = false) {
  const auto graph = graph_of(facts);
  context.base = context.head = &graph;
  Findings findings;
  for (const auto& name : names) {
    const auto& node = graph.node(named(graph, name));
    TouchedSymbol symbol;
    symbol.base_usr = symbol.head_usr = node.usr;
    symbol.base_file = symbol.head_file = node.file;
    symbol.in_test_code = in_test_code;
    findings.touched.push_back(symbol);
  }
  unseen_around.run(context, findings);
  std::string text;
  for (const auto& line : findings.blind_spots) text += line + "\n";
  return text;
}

Context with_assembler() {
  Context context;
  context.assembler = {{"src/jump.S", {"call", "fee", "hidden", "table"}}, {"src/big.asm", {}}};
  return context;
}

const std::string kLookups =
    "a lookup by a name made at run time may find any function that is not static (src/fee.cc:61)\n";

TEST(UnseenAround, WhatTheTouchedBodyDoes) {
  EXPECT_EQ(around(kFacts, {"shop::fee"}),
            "shop::fee calls through a pointer for which no target is known (2 places, the first at src/fee.cc:11)\n"
            "shop::fee holds assembler: what that calls or writes is not seen (src/fee.cc:13)\n"
            "shop::fee may be what templates that nobody instantiates call as fee (src/fee.cc:51)\n" +
                kLookups);
  EXPECT_EQ(around(kFacts, {"asks"}),
            "asks looks up a function by a name made at run time (dlsym) (src/fee.cc:61)\n"
            "asks loads code at run time (dlopen) (src/fee.cc:62)\n" +
                kLookups);
  EXPECT_EQ(
      around(kFacts, {"walk"}),
      "walk calls fee of a template argument, and nobody instantiates it (2 places, the first at src/fee.cc:51)\n" +
          kLookups);
}

TEST(UnseenAround, WhoMayUseIt) {
  EXPECT_EQ(around(kFacts, {"plain"}), kLookups);
  EXPECT_EQ(
      around(kFacts, {"on_signal"}),
      "on_signal is entered from outside through sigaction::sa_handler: what sets that off is not seen\n" + kLookups);
  EXPECT_EQ(around(kFacts, {"hidden"}, with_assembler()),
            "hidden may be what templates that nobody instantiates call as hidden (src/fee.cc:52)\n")
      << "neither assembler nor a lookup sees what is static";
  EXPECT_EQ(around(kFacts, {"table"}, with_assembler()),
            "table is named in src/jump.S, which is assembler and is not read\n");
}

TEST(UnseenAround, SaysNothingOfTestsAndWithoutAGraph) {
  EXPECT_EQ(around(kFacts, {"shop::fee"}, {}, true), "");
  Context context;
  context.no_graph = "no compile_commands.json was found";
  EXPECT_EQ(around(kFacts, {"shop::fee"}, context), "");
}

TEST(UnseenAround, IsBounded) {
  std::string facts = "== a.cc\n";
  std::string rest;
  std::vector<std::string> names;
  for (int i = 10; i < 60; ++i) {
    const auto name = "f" + std::to_string(i);
    names.push_back(name);
    facts += "+ fn " + name + " " + std::to_string(i) + "\n";
    rest +=
        name + " ! assembler " + std::to_string(i) + "\n" + name + " ! loaded 2 dlopen\n" + name + " > f10 call 1\n";
  }
  const auto text = around(facts + rest, names);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 21);
  EXPECT_TRUE(text.ends_with("\n80 more blind spots around the touched symbols\n")) << text;
}

TEST(BlindSpotsOfProject, AreCountedByKind) {
  std::string text;
  for (const auto& line : blind_spots_of_project(graph_of(kFacts))) text += line + "\n";
  EXPECT_EQ(text,
            "calls through pointers for which no target is known, in the whole project: 2, the first at src/fee.cc:11\n"
            "calls in templates that nobody instantiates, in the whole project: 2, the first at src/fee.cc:51\n"
            "assembler statements, in the whole project: 1, at src/fee.cc:13\n"
            "lookups of functions by a name made at run time, in the whole project: 1, at src/fee.cc:61\n"
            "places that load code at run time, in the whole project: 1, at src/fee.cc:62\n");
}

}  // namespace
}  // namespace patchgate
