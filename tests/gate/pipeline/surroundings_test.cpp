#include <algorithm>

#include <gtest/gtest.h>

#include "gate/pipeline/pictures.h"
#include "tests/analyzers/graph/graph_text.h"

namespace patchgate {
namespace {

/// What lies around these symbols of the graph: "name role+left_out …; from>to …".
std::string around(const std::string& facts, const std::vector<std::string>& touched, std::vector<FedSink> sinks = {}) {
  const Graph base = graph_of(facts), head = graph_of(facts);
  const FanInRanks base_ranks(base), head_ranks(head);
  Context context;
  context.base = &base;
  context.head = &head;
  context.base_ranks = &base_ranks;
  context.head_ranks = &head_ranks;
  Findings findings;
  for (const auto& name : touched) {
    const Node& node = base.node(named(base, name));
    TouchedSymbol symbol;
    symbol.name = node.name;
    symbol.base_usr = symbol.head_usr = node.usr;
    symbol.base_file = symbol.head_file = node.file;
    symbol.sinks = sinks;
    findings.touched.push_back(symbol);
  }
  const auto drawn = surroundings(context, findings);
  const char* const roles[] = {"touched", "user", "test", "used", "outside"};
  std::string text;
  for (const auto& symbol : drawn.symbols) {
    text += symbol.name + " " + roles[static_cast<int>(symbol.role)];
    if (symbol.left_out != 0) text += "+" + std::to_string(symbol.left_out);
    text += ", ";
  }
  text += ";";
  for (const auto& use : drawn.uses)
    text += " " + drawn.symbols[use.from].name + (use.confidence == Confidence::exact ? ">" : "~>") +
            drawn.symbols[use.to].name + (use.to_sink ? "!" : "");
  return text;
}

TEST(SurroundingsTest, AreUsersTestsAndWhatIsUsed) {
  EXPECT_EQ(around(R"(
    == a.c
    + fn low 1
    + fn mid 2
    + fn top 3
    + fn leaf 4
    mid > low call 2
    top > mid call~ 3
    low > leaf call 1
    low > low call 1
    == tests/a_test.c
    ? fn low
    + fn check 1
    check > low call 1)",
                   {"low"}),
            "low touched, leaf used, mid user, check test, top user, ; low>leaf mid>low check>low top~>mid");
}

TEST(SurroundingsTest, HaveTheWayToASinkThatACallerGoes) {
  FedSink sink{"http_write", "perform", true, {"sync", "send", "perform"}, Confidence::exact};
  EXPECT_EQ(around(R"(
    == a.c
    + fn encode 1
    + fn body 2
    + fn sync 3
    + fn send 4
    ? fn perform
    body > encode call 2
    sync > body call 3
    sync > send call 3
    send > perform call 4)",
                   {"encode"}, {sink}),
            "encode touched, sync user, body user, send used, perform outside, ; sync>body sync>send! body>encode "
            "send>perform!");
}

TEST(SurroundingsTest, CountWhatIsNotDrawn) {
  std::string facts = "== a.c\n+ fn low 1\n";
  for (int i = 2; i < 102; ++i) facts += "+ fn f" + std::to_string(i) + " " + std::to_string(i) + "\n";
  for (int i = 2; i < 102; ++i) facts += "f" + std::to_string(i) + " > low call 1\n";
  const auto text = around(facts, {"low"});
  EXPECT_TRUE(text.starts_with("low touched+86, ")) << text;
}

TEST(SurroundingsTest, NeverDrawMoreThanTheirBound) {
  std::string facts = "== a.c\n";
  std::vector<std::string> touched;
  for (int i = 1; i <= 40; ++i) {
    touched.push_back("t" + std::to_string(i));
    facts += "+ fn " + touched.back() + " " + std::to_string(i) + "\n";
  }
  for (int i = 100; i < 400; ++i) {
    facts += "+ fn u" + std::to_string(i) + " " + std::to_string(i) + "\n";
    facts += "u" + std::to_string(i) + " > t" + std::to_string(1 + i % 40) + " call 1\n";
    if (i >= 200) facts += "u" + std::to_string(i) + " > u" + std::to_string(i - 100) + " call 1\n";
  }
  const auto text = around(facts, touched);
  EXPECT_LE(static_cast<std::size_t>(std::count(text.begin(), text.end(), ',')), kMostDrawn);
  EXPECT_EQ(text, around(facts, touched));
}

TEST(SurroundingsTest, AreNoneWithoutAGraph) { EXPECT_EQ(around("", {}), ";"); }

}  // namespace
}  // namespace patchgate
