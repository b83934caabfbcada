#include "analyzers/model/unit_codec.h"
#include "collect_driver.h"

namespace patchgate {
namespace {

using Starts = std::vector<std::vector<std::string>>;

/// Each of these shares its start, and shows what it shows alone: collect_driver's parse() compares.
class SharedStarts : public testing::TestWithParam<Case> {};

TEST_P(SharedStarts, ShowNothing) {
  const std::string_view name = GetParam().name;
  const bool c = name.starts_with("C_");
  const Sources sources{.text = GetParam().text,
                        .main_file = c ? "a.c" : "a.cpp",
                        .arguments = {c ? "-std=gnu17" : "-std=c++20"},
                        .system_headers = true};
  const auto facts = parse(sources);
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(facts.main_file, sources.main_file);
  EXPECT_EQ(edges(facts, "call macro type"), plain(GetParam().want));
}

INSTANTIATE_TEST_SUITE_P(
    All, SharedStarts,
    testing::Values(Case{"C_IncludeGuard", R"(
            #include "a.h"
            #include "a.h"
            int user(void) { return f(A); }
            //// a.h
            #ifndef A_H
            #define A_H
            #define A 1
            static int f(int x) { return x; }
            #endif
          )",
                         "user -call-> f @3\nuser -macro-> A @3\n"},
                    Case{"C_HeaderWithoutGuardComesAgainLater", R"(
            #include "names.h"
            #undef NAME
            #define NAME(x) int x(void);
            #include "names.h"
            int user(void) { return one() + two(); }
            //// names.h
            #ifndef NAME
            #define NAME(x)
            #endif
            NAME(one)
            NAME(two)
          )",
                         "NAME -macro-> NAME @1\none -macro-> NAME @4\ntwo -macro-> NAME @5\nuser -call-> one @5\nuser "
                         "-call-> two @5\n"},
                    Case{"C_HeaderThatNeedsAMacro", R"(
            #define WIDE 1
            #include "a.h"
            int user(void) { return wide(); }
            //// a.h
            #if WIDE
            int wide(void);
            #else
            #error narrow
            #endif
          )",
                         "user -call-> wide @3\nwide -macro-> WIDE @1\n"},
                    Case{"C_NameFromAMacro", R"(
            #include "names.h"
            #include THE_HEADER
            int user(void) { return f(); }
            //// names.h
            #define THE_HEADER "b.h"
            //// b.h
            int f(void);
          )",
                         "user -call-> f @3\n"},
                    Case{"C_HeaderBeginsWhatTheMainFileEnds", R"(
            #include "begin.h"
              return called();
            }
            //// begin.h
            int called(void);
            int user(void) {
          )",
                         "user -call-> called @2\n"},
                    Case{"C_HeaderEndsInAType", R"(
            /* a comment
               before */
            #include "type.h"
            user(void) { return 0; }
            //// type.h
            struct Kind { int x; };
            static struct Kind *
          )",
                         "user -type-> Kind @3\n"},
                    Case{"C_HeaderIncludesTheMainFile", R"(
            #include "b.h"
            int user(void);
            //// b.h
            #pragma once
            int b(void);
            #include "a.c"
          )",
                         ""},
                    Case{"C_MainFileWithAGuard", R"(
            #include "a.h"
            #ifndef MAIN_C
            #define MAIN_C
            int user(void) { return f(MAIN_C 1); }
            #endif
            //// a.h
            int f(int);
          )",
                         "user -call-> f @4\nuser -macro-> MAIN_C @4\n"},
                    Case{"C_InactiveLinesOfTheHeader", R"(
            #include "a.h"
            int user(void) { return f(); }
            //// a.h
            int f(void);
            #ifdef NOT_HERE
            int a;
            int b;
            #endif
          )",
                         "user -call-> f @2\n"},
                    Case{"TemplateInstantiatedInTheRest", R"(
            #include <vector>
            #include "box.h"
            struct Mine { Mine(); ~Mine(); int size() const; };
            int user() { Box<Mine> box; std::vector<Mine> all; all.emplace_back(); return box.size(); }
            //// box.h
            #pragma once
            template <class T> struct Box {
              T value;
              int size() const { return helper(value); }
            };
            template <class T> int helper(const T& value) { return value.size(); }
            template <class T> int nobody(const T& value) { return value.gone(); }
          )",
                         "Box::size -call-> helper @4\nBox::size -type-> Box @4\nhelper -call-> Mine::size @6\nuser "
                         "-call-> Box::size @4\n"
                         "user -call-> std::vector::emplace_back @4\nuser -type-> Box @4\nuser -type-> Mine @4\n"},
                    Case{"VirtualAndInlineOfTheHeader", R"(
            #include "base.h"
            struct Derived : Base { int run() override { return twice(2); } };
            int user(Base& base) { return base.run(); }
            //// base.h
            inline int twice(int x) { return 2 * x; }
            struct Base { virtual ~Base(); virtual int run() { return twice(1); } };
          )",
                         "Base::run -call-> twice @2\nDerived -type-> Base @2\nDerived::run -call-> twice @2\nuser "
                         "-type-> Base @3\n"},
                    Case{"DefaultArgumentOfTheHeader", R"(
            /* what it does */
            #include "a.h" // with a default
            int user() { return f(); }
            //// a.h
            int made();
            inline int f(int x = made()) { return x; }
          )",
                         "user -call-> f @3\nuser -call-> made @3\n"}),
    name_of_case);

/// These have to be parsed alone.
TEST(SharedStart, DoesNotHoldWhereItWouldShow) {
  const std::string header = "\n//// a.h\n#pragma once\nint f();\n";
  const struct {
    const char* name;
    std::string text;
    Starts starts;
  } cases[] = {
      {"another header than the main file has", "#include \"b.h\"\n//// b.h\nint g();" + header, {{"\"a.h\""}}},
      {"the main file has none", "int x;" + header, {{"\"a.h\""}}},
      {"the header is behind a condition", "#if 0\n#include \"a.h\"\n#endif" + header, {{"\"a.h\""}}},
      {"an error in the header", "#include \"b.h\"\nint x;\n//// b.h\n#error no" + header, {{"\"b.h\""}}},
      {"a header that is not there", "#include \"gone.h\"\nint x;" + header, {{"\"gone.h\""}}},
      {"an error in the rest", "#include \"a.h\"\nint x = gone();" + header, {{"\"a.h\""}}},
      {"the level is asked for", "#include \"a.h\"\nint x = __INCLUDE_LEVEL__;" + header, {{"\"a.h\""}}},
      {"the main file's name is asked for", "#include \"a.h\"\nconst char* x = __BASE_FILE__;" + header, {{"\"a.h\""}}},
      {"include_next", "#include \"a.h\"\n#include_next <a.h>" + header, {{"\"a.h\""}}},
      {"a header knows the stand-in's name",
       "#include \"b.h\"\n//// b.h\n#include \"stand-in-1.cpp\"" + header,
       {{"\"b.h\""}}},
  };
  for (const auto& one : cases) EXPECT_FALSE(parse_after_start({.text = one.text}, one.starts)) << one.name;
}

TEST(SharedStart, LeadersFollowUponEachOther) {
  const Sources sources{.text = R"(
    #include "a.h"
    #include "b.h"
    #include "c.h"
    int user() { return a() + b() + c(); }
    //// a.h
    inline int a() { return 1; }
    //// b.h
    #pragma once
    inline int b() { return a(); }
    //// c.h
    #include "b.h"
    inline int c() { return b(); }
  )"};
  const auto alone = encode(parse(sources));
  for (const auto& starts :
       {Starts{{}}, Starts{{}, {}}, Starts{{"\"a.h\""}}, Starts{{"\"a.h\""}, {"\"b.h\"", "\"c.h\""}},
        Starts{{}, {"\"a.h\""}, {"\"b.h\""}, {"\"c.h\""}}}) {
    const auto shared = parse_after_start(sources, starts);
    ASSERT_TRUE(shared) << starts.size();
    EXPECT_EQ(encode(*shared), alone) << starts.size();
  }
}

}  // namespace
}  // namespace patchgate
