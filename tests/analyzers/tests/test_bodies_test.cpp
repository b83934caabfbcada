#include "analyzers/tests/test_bodies.h"

#include <gtest/gtest.h>

#include "analyzers/graph/touched_node.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

struct Case {
  const char* name;
  const char* story;
  const char* expected;
};

const Case kCases[] = {
    {"GoogleTest: the body, not what registers it",
     "tests/t.cpp:5-8 type Fee_Rounds_Test by TEST(Fee, Rounds)\n"
     "tests/t.cpp:6-8 constructor Fee_Rounds_Test::Fee_Rounds_Test by TEST(Fee, Rounds)\n"
     "tests/t.cpp:7-8 method Fee_Rounds_Test::TestBody by TEST(Fee, Rounds)",
     "Fee.Rounds=Fee_Rounds_Test::TestBody"},
    {"GoogleTest beside the code", "src/fee.cpp:7-8 method Fee_Rounds_Test::TestBody by TEST(Fee, Rounds)",
     "Fee.Rounds=Fee_Rounds_Test::TestBody"},
    {"Catch2 and doctest",
     "tests/t.cpp:7-8 function CATCH2_INTERNAL_TEST_0 by TEST_CASE(\"fees\", \"[a]\")\n"
     "tests/t.cpp:9 variable autoRegistrar1 by TEST_CASE(\"fees\", \"[a]\")",
     "fees=CATCH2_INTERNAL_TEST_0"},
    {"Boost",
     "tests/t.cpp:3 method rounds::test_method by BOOST_AUTO_TEST_CASE(rounds)\n"
     "tests/t.cpp:4 function rounds_invoker by BOOST_AUTO_TEST_CASE(rounds)",
     "rounds=rounds::test_method"},
    {"Check", "tests/t.c:3-5 function test_fee by START_TEST(test_fee)", "test_fee=test_fee"},
    {"a table of cmocka or plain C",
     "tests/t.c:3 function test_fee\n tests/t.c:9 variable kTests\n kTests -> test_fee address", "test_fee=test_fee"},
    {"called by a main", "tests/t.c:3 function test_fee\n tests/t.c:9 function main main\n main -> test_fee",
     "test_fee=test_fee, main (tests/t.c)=main"},
    {"a helper of tests that nothing runs", "tests/t.c:3 function test_data", ""},
    {"a helper of tests of another name",
     "tests/t.c:3 function make_fee\n tests/t.c:9 variable kTests\n kTests -> make_fee address", ""},
    {"a function named like a test in other code",
     "src/t.c:3 function test_fee\n src/t.c:9 function main main\n src/t.c:8 variable kTable\n main -> test_fee\n"
     "kTable -> test_fee address",
     ""},
    {"only declared", "tests/t.c:3 function test_fee declared by START_TEST(test_fee)", ""},
};

TEST(TestBodies, Cases) {
  for (const Case& c : kCases) {
    const test::Story story(c.story);
    std::vector<std::string> found;
    for (const FoundTest& body : find_test_bodies(story.head, nodes_in_test_files(story.head))) {
      found.push_back(body.name + "=" + story.head.node(body.node).name);
    }
    EXPECT_EQ(test::joined(found, ", "), c.expected) << c.name;
  }
}

}  // namespace
}  // namespace patchgate
