#include "collect_driver.h"

namespace patchgate {
namespace {

class Macros : public testing::TestWithParam<Case> {};

TEST_P(Macros, AreEdges) {
  const auto facts = parse({.text = GetParam().text});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(edges(facts, "macro call"), plain(GetParam().want));
}

const Case kCases[] = {
    {"expanded_in_a_function", R"(
     #define LIMIT 10
     int f() {
       return LIMIT + LIMIT;
     }
     )",
     "f -macro-> LIMIT @3"},
    {"a_macro_in_a_macro", R"(
     #define INNER 1
     #define OUTER (INNER + 1)
     int f() { return OUTER; }
     )",
     R"(
     OUTER -macro-> INNER @2
     f -macro-> OUTER @3
     )"},
    {"a_macro_as_an_argument", R"(
     #define VALUE 1
     #define PASS(x) (x)
     int f() { return PASS(VALUE); }
     )",
     R"(
     f -macro-> PASS @3
     f -macro-> VALUE @3
     )"},
    {"a_call_in_a_macro", R"(
     void log(int);
     #define LOG(x) log(x)
     int value();
     void f() { LOG(value()); }
     )",
     R"(
     LOG -call-> log @2
     f -call-> log @4
     f -call-> value @4
     f -macro-> LOG @4
     )"},
    {"in_types_fields_and_globals", R"(
     #define SIZE 4
     struct S { int a[SIZE]; };
     int table[SIZE];
     enum E { e = SIZE };
     )",
     R"(
     S::a -macro-> SIZE @2
     e -macro-> SIZE @4
     table -macro-> SIZE @3
     )"},
    {"header_guards_are_none", R"(
     #include "h.h"
     int f() { return H; }
     //// h.h
     #ifndef H_H
     #define H_H
     #define H 1
     #endif
     )",
     "f -macro-> H @2"},
    {"asked_for_in_a_body", R"(
     #define FEATURE
     int f() {
     #ifdef FEATURE
       return 1;
     #endif
     }
     )",
     "f -macro-> FEATURE @3"},
    {"what_is_there_because_of_a_condition", R"(
     #define FEATURE 1
     #define LEVEL 3
     #if FEATURE && LEVEL > 2
     int with();
     struct S { int a; void m() {} };
     #define MORE 2
     #else
     int without();
     #endif
     int after();
     )",
     R"(
     MORE -macro-> FEATURE @3
     MORE -macro-> LEVEL @3
     S -macro-> FEATURE @3
     S -macro-> LEVEL @3
     S::m -macro-> FEATURE @3
     S::m -macro-> LEVEL @3
     with -macro-> FEATURE @3
     with -macro-> LEVEL @3
     )"},
    {"ifdef_defined_elif_and_else", R"(
     #define A
     #ifdef A
     int a;
     #endif
     #ifndef A
     int no;
     #else
     int yes;
     #endif
     #if defined(B)
     int b;
     #elif defined A
     int c;
     #endif
     #if !defined A
     #elifdef A
     int d;
     #endif
     )",
     R"(
     a -macro-> A @2
     c -macro-> A @12
     d -macro-> A @15
     yes -macro-> A @5
     )"},
    {"a_condition_in_a_condition_and_in_a_type", R"(
     #define OUTER 1
     #define INNER 1
     #if OUTER
     int one;
     #if INNER
     int two;
     #endif
     #endif
     struct S {
     #if INNER
       int field;
     #endif
       int other;
     };
     )",
     R"(
     S -macro-> INNER @10
     S::field -macro-> INNER @10
     one -macro-> OUTER @3
     two -macro-> INNER @5
     two -macro-> OUTER @3
     )"},
    {"a_macro_that_a_condition_only_reaches", R"(
     #define BASE 2
     #define BOTH (BASE + 1)
     #if BOTH > 2
     int big;
     #endif
     )",
     R"(
     BOTH -macro-> BASE @2
     big -macro-> BOTH @3
     )"},
    {"a_default_depends_on_nobody", R"(
     #include "config.h"
     #include "config.h"
     int f() { return LIMIT; }
     //// config.h
     #ifndef LIMIT
     #define LIMIT 10
     #endif
     )",
     "f -macro-> LIMIT @3"},
    {"in_a_lambda", R"(
     #define ONE 1
     auto f = [] { return ONE; };
     )",
     "f::(lambda) -macro-> ONE @2"},
};
INSTANTIATE_TEST_SUITE_P(Table, Macros, testing::ValuesIn(kCases), name_of_case);

TEST(Origin, IsTheOutermostInvocation) {
  const auto facts = parse({.text = R"(
    #define CLASS_(a, b) a##_##b##_Test
    #define TEST_(a, b) class CLASS_(a, b) { void TestBody(); }; void CLASS_(a, b)::TestBody()
    #define TEST(a, b) TEST_(a, b)
    #define CASE2(line, name) static void case_##line()
    #define CASE1(line, name) CASE2(line, name)
    #define TEST_CASE(name) CASE1(__LINE__, name)
    int fee();
    TEST(Fee,   RoundsDown) {
      fee();
    }
    TEST_CASE("absent fields") { fee(); }
    #define EXPORT __attribute__((visibility("default")))
    EXPORT void plain_name() {}
  )"});
  EXPECT_EQ(edges(facts, "call"), plain(R"(
    Fee_RoundsDown_Test::TestBody -call-> fee @9
    case_11 -call-> fee @11
  )"));
  const auto all = symbols(facts);
  EXPECT_NE(all.find("method Fee_RoundsDown_Test::TestBody a.cpp:8-10 defined [TEST(Fee, RoundsDown)]\n"),
            std::string::npos)
      << all;
  EXPECT_NE(all.find("type Fee_RoundsDown_Test a.cpp:8-8 defined [TEST(Fee, RoundsDown)]\n"), std::string::npos) << all;
  EXPECT_NE(all.find("function case_11 a.cpp:11-11 defined internal [TEST_CASE(\"absent fields\")]\n"),
            std::string::npos)
      << all;
  EXPECT_NE(all.find("function plain_name a.cpp:13-13 defined exported\n"), std::string::npos) << all;
}

TEST(Origin, IsCutAt200Bytes) {
  const auto facts = parse({.text = "#define MAKE(n, x) void n() {}\nMAKE(f, \"" + std::string(400, 'y') + "\")\n"});
  for (const auto& symbol : facts.files.at(0).symbols) {
    if (symbol.name != "f") continue;
    EXPECT_EQ(symbol.origin, ("MAKE(f, \"" + std::string(400, 'y')).substr(0, 200));
  }
}

TEST(Inactive, LinesSkippedInEveryInclusion) {
  const auto facts = parse({.text = R"(
    #if 0
    int a;
    int b;
    #else
    int c;
    #endif
    #define FIRST
    #include "twice.h"
    #undef FIRST
    #include "twice.h"
    #include "guarded.h"
    #include "guarded.h"
    //// twice.h
    #ifdef FIRST
    int d;
    #else
    int e;
    #endif
    #ifdef NEVER
    int f;
    #endif
    //// guarded.h
    // before the guard
    int g();
    #ifndef G
    #define G
    int h;
    #endif
  )"});
  std::map<std::string, std::vector<std::pair<std::uint32_t, std::uint32_t>>> got;
  for (const auto& file : facts.files) got[file.path] = file.inactive;
  using Lines = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  EXPECT_EQ(got["a.cpp"], (Lines{{2, 3}}));
  EXPECT_EQ(got["twice.h"], (Lines{{7, 7}}));
  EXPECT_EQ(got["guarded.h"], Lines{});
}

}  // namespace
}  // namespace patchgate
