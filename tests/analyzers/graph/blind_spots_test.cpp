#include "analyzers/graph/blind_spots.h"

#include <gtest/gtest.h>

#include "graph_text.h"

namespace patchgate {
namespace {

TEST(BlindSpots, CallsThroughPointersWithoutAnyTarget) {
  const Graph graph = graph_of(R"(
    == a.c
    + fn run 1-9
    + fn other 10-19
    + fn known 20
    + fn taker 30-39
    run *> (int) 3
    run *> (int) 2                # the first one counts for all of its type
    run *> (char) 4 [empty]
    run *> (int) 5 [full]         # its slot says more than its type
    other *> (int,int) 11         # a function of that type is there
    [full] < known
    &known (int,int))");
  EXPECT_EQ(blind_spots_text(graph),
            "run: pointer call a.c:2\n"
            "run: pointer call a.c:4\n");
}

TEST(BlindSpots, DependentCallsCountWhereNoUnitInstantiates) {
  const Graph graph = graph_of(R"(
    == walk.h
    + fn walk 1-5
    + fn never 6-9
    walk ! dependent 2 step
    never ! dependent 7 step
    walk > never call~ 3
    == walk.h                     # as another unit sees it
    + made fn walk 1-5)");
  EXPECT_EQ(blind_spots_text(graph), "never: dependent call step walk.h:7\n");
}

TEST(BlindSpots, OfAFileComeLast) {
  const Graph graph = graph_of(R"(
    == b.c
    (file) ! assembler 9
    + fn run 1-5
    run > run call 2
    run ! loaded 4 dlopen
    run ! assembler 3
    == a.c
    (file) ! assembler 1)");
  EXPECT_EQ(blind_spots_text(graph),
            "run: assembler b.c:3\n"
            "run: loaded code dlopen b.c:4\n"
            "(file): assembler a.c:1\n"
            "(file): assembler b.c:9\n");
  EXPECT_EQ(graph.blind_spots_of(named(graph, "run")).size(), 2U);
}

TEST(NamedLookups, ReachWhatTheLinkerExports) {
  const Graph graph = graph_of(R"(
    == a.c
    + fn load 1-9
    + fn hook 10
    + static fn hidden 11
    + fn ns::plugin 12
    + var table 13
    ? fn dlsym
    ? fn puts
    load > dlsym call 2
    load > puts call 7
    hook > hidden call 10
    hook > table read 10
    ns::plugin > hook call 12
    load : dlsym/1 "hook" 2
    load : dlsym/1 "hidden" 3
    load : dlsym/1 "plugin" 4
    load : dlsym/0 "load" 5
    load : dlsym/1 "table" 6
    load : puts/1 "hook" 7)");
  EXPECT_EQ(edges_text(graph),
            "load -> dlsym call exact 2\n"
            "load -> puts call exact 7\n"
            "load -> hook address name 2\n"
            "load -> ns::plugin address name 4\n"
            "hook -> hidden call exact 10\n"
            "hook -> table read exact 10\n"
            "ns::plugin -> hook call exact 12\n");
}

}  // namespace
}  // namespace patchgate
