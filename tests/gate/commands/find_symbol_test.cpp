#include "gate/commands/find_symbol.h"

#include <gtest/gtest.h>

#include "analyzers/graph/graph.h"
#include "gate/commands/explain_rule.h"

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

TEST(ExplainRule, TellsRulesFromSymbolsAndPlaces) {
  EXPECT_TRUE(is_rule_name("hotfix/tests-reach"));
  EXPECT_FALSE(is_rule_name("shop::fee"));
  EXPECT_FALSE(is_rule_name("src/fee.cpp:10"));
  EXPECT_FALSE(is_rule_name("src/fee.cpp"));
  EXPECT_FALSE(is_rule_name("a/b/c"));
}

}  // namespace
}  // namespace patchgate
