#include "gate/explain/explain_symbol.h"

#include <gtest/gtest.h>

#include "tests/analyzers/graph/graph_text.h"
#include "tests/gate/reports/golden_file.h"

namespace patchgate {
namespace {

constexpr const char* kFacts = R"(
    == src/fee.cc
    + fn shop::fee 10-20
    + fn shop::total 30
    + fn shop::bill 40
    + fn main 50
    + fn on_signal 60
    + fn shop::table 70
    + type Money 5
    + method Base::run 80
    + method Derived::run 90
    ? fn puts
    shop::total > shop::fee call 31
    shop::bill > shop::total call 41
    main > shop::bill call 51
    on_signal > shop::fee call~ 61
    shop::table *> (int) 71 [slot]
    [slot] < shop::fee
    outside [handler] sigaction::sa_handler
    [handler] < on_signal
    main > Base::run virtual 52
    Derived::run ^ Base::run
    Derived::run > shop::bill call 91
    shop::fee > Money type 10
    shop::fee > puts call 11
    shop::fee > shop::fee call 12)";

TouchedSymbol found_for(const Graph& graph, NodeId id) {
  TouchedSymbol found;
  found.name = graph.node(id).name;
  found.known_fan_in = true;
  found.direct = {1, 3};
  found.transitive = {3, 6};
  found.percentile = 97.26;
  found.rank = 2;
  found.of = 71;
  found.entry_points = 1;
  found.source_folders = 2;
  found.impact = "high";
  return found;
}

TEST(ExplainSymbol, SaysTheShortThingsFirst) {
  const auto graph = graph_of(kFacts);
  const auto id = named(graph, "shop::fee");
  auto found = found_for(graph, id);
  found.tests = {{"Fee.Rounds", {"tests/fee_test.cc", 12, 0}, 2, false, Confidence::exact},
                 {"Fee.Guess", {"tests/fee_test.cc", 30, 0}, 3, false, Confidence::possible}};
  found.tests_total = 1;
  found.sinks = {
      {"http_write", "curl_easy_perform", true, {"shop::bill", "send", "curl_easy_perform"}, Confidence::exact}};
  found.sinks_total = 12;
  EXPECT_TRUE(
      matches_golden("gate/explain/golden/symbol.txt", explain_text({graph, id, found, {"src/fee.cc:11: assembler"}})));
}

TEST(ExplainSymbol, SaysWhatIsNotThere) {
  const auto graph = graph_of(kFacts);
  const auto id = named(graph, "main");
  TouchedSymbol unknown;
  unknown.why_unknown = "no unit that could be read\x1b[2J defines it";
  EXPECT_TRUE(matches_golden("gate/explain/golden/nothing.txt", explain_text({graph, id, unknown, {}})));
}

TEST(ExplainSymbol, IsBounded) {
  std::string text = "== a.c\n+ fn low 1\n+ fn mid 2\n";
  std::string edges = "mid > low call 2\n";
  for (int i = 10; i < 200; ++i) {
    const auto name = "f" + std::to_string(i);
    text += "+ fn " + name + " " + std::to_string(i) + "\n";
    edges +=
        name + (i % 2 == 0 ? " > low call " : " > mid call ") + std::to_string(i) + "\nlow > " + name + " address 1\n";
  }
  const auto graph = graph_of(text + edges);
  const auto id = named(graph, "low");
  const auto all = explain_text({graph, id, found_for(graph, id), {}});
  EXPECT_LT(std::count(all.begin(), all.end(), '\n'), 80);
}

}  // namespace
}  // namespace patchgate
