#include "analyzers/graph/widening.h"

#include <gtest/gtest.h>

#include "analyzers/graph/fan_in.h"
#include "graph_text.h"
#include "random_graph.h"

namespace patchgate {
namespace {

std::string text(const std::vector<WidenedBy>& reasons) {
  std::string out;
  for (const auto& one : reasons) {
    out += (out.empty() ? "" : ", ") + std::string(name_of(one.rule)) + " " + std::to_string(one.direct) + "/" +
           std::to_string(one.transitive);
  }
  return out;
}

struct Case {
  const char* name;
  const char* facts;
  const char* symbol;
  const char* expected;  ///< rule direct/transitive, …
};

const Case kCases[] = {
    {"nothing is only possible", "== a.c\n+ fn a 1\n+ fn f 2\na > f call 1", "f", ""},
    {"overrides, and who calls the caller",
     "== a.cc\n+ method A::f 1\n+ method B::f 2\n+ fn use 3\n+ fn main 4\nB::f ^ A::f\nuse > A::f virtual 3\n"
     "main > use call 4",
     "B::f", "override 1/2"},
    {"pointers by slot and by type",
     "== a.c\n+ fn f 1\n+ fn g 2\n+ fn by_slot 3\n+ fn by_type 4\n&f (int)\n[hook] < f\nby_slot *> (int) 3 [hook]\n"
     "by_type *> (int) 4",
     "f", "slot 1/1, type 1/1"},
    {"by the surest of several rules",
     "== a.c\n+ fn f 1\n+ fn a 2\n&f (int)\n[hook] < f\na *> (int) 3 [hook]\na *> (int) 4\na > f call= 5", "f",
     "slot 1/1"},
    {"a proven way beats a possible one",
     "== a.c\n+ fn f 1\n+ fn a 2\n+ fn b 3\na > f call= 1\na > b call 2\nb > f call 3", "f", "name 1/0"},
    {"a way is as sure as its least sure edge",
     "== a.c\n+ fn f 1\n+ fn a 2\n+ fn b 3\n+ fn main 4\n&f (int)\na *> (int) 2\nb > a call 3\nmain > b call= 4", "f",
     "type 1/2, name 0/1"},
    {"a longer and surer way counts",
     "== a.c\n+ fn f 1\n+ fn a 2\n+ fn b 3\n&f (int)\n[hook] < f\nb *> (int) 3 [hook]\na > f call= 2\na > b call 2",
     "f", "slot 1/2, name 1/0"},
    {"in a template that nobody instantiates", "== a.cc\n+ fn f 1\n+ fn t 2\nt > f call~ 2", "f", "syntax 1/1"},
};

TEST(Widening, Cases) {
  for (const auto& c : kCases) {
    const Graph graph = graph_of(c.facts);
    EXPECT_EQ(text(widening(graph, named(graph, c.symbol))), c.expected) << c.name;
  }
}

TEST(Widening, AddsUpToTheWidthOfTheInterval) {
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    const Graph graph = random_graph(seed, 300, 700);
    for (NodeId id = 0; id < graph.nodes().size(); ++id) {
      const auto found = fan_in(graph, id);
      std::uint32_t direct = 0, transitive = 0;
      for (const auto& one : widening(graph, id)) {
        direct += one.direct;
        transitive += one.transitive;
      }
      ASSERT_EQ(found.direct_lower + direct, found.direct_upper) << graph.node(id).name;
      ASSERT_EQ(found.transitive_lower + transitive, found.transitive_upper) << graph.node(id).name;
    }
  }
}

}  // namespace
}  // namespace patchgate
