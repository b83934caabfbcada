#include <algorithm>

#include "analyzers/model/unit_codec.h"
#include "collect_driver.h"

namespace patchgate {
namespace {

TEST(Unit, DependenciesAndIncludes) {
  const auto facts = parse({.text = R"(
    #include "sub/a.h"
    #include "/usr/include/own.h"
    //// sub/a.h
    #include "../b.h"
    //// b.h
    int b();
    //// /usr/include/own.h
    int theirs();
  )"});
  std::string got;
  for (const auto& one : facts.dependencies) got += one.path + (one.in_repository ? " ours\n" : " outside\n");
  EXPECT_EQ(got, plain(R"(
    /usr/include/own.h outside
    a.cpp ours
    b.h ours
    sub/a.h ours
  )"));
  ASSERT_EQ(facts.files.size(), 3U);
  EXPECT_EQ(facts.files[0].includes, (std::vector<std::string>{"sub/a.h"}));
  EXPECT_EQ(facts.files[2].includes, (std::vector<std::string>{"b.h"}));
  EXPECT_NE(facts.dependencies[1].hash, facts.dependencies[2].hash);
}

TEST(Unit, ErrorsAreCountedAndFactsKept) {
  struct Row {
    const char* text;
    const char* failure;
    std::uint32_t errors;
  };
  for (const auto& [text, failure, errors] :
       {Row{"int f();\n#include \"foo.h\"\nint g() { return f(); }", "parse error: a.cpp:2: 'foo.h' file not found", 1},
        Row{"int f();\nint g() { return f(); }\nint bad() { return unknown; }",
            "parse error: a.cpp:3: use of undeclared identifier 'unknown'", 1},
        Row{"int f();\nint g() { return f(); }\nint a = x; int b = y;",
            "parse error: a.cpp:3: use of undeclared identifier 'x'", 2}}) {
    const auto facts = parse({.text = text});
    EXPECT_EQ(facts.failure, failure);
    EXPECT_EQ(facts.errors, errors) << text;
    EXPECT_EQ(facts.diagnostics.size(), errors);
    EXPECT_NE(edges(facts, "call").find("g -call-> f"), std::string::npos) << text;
  }
}

TEST(Unit, MissingMainFileAndBadFlagsSayWhy) {
  EXPECT_EQ(parse({.text = "//// other.cpp\nint a;"}).failure,
            "parse error: error reading 'a.cpp': No such file or directory");
  const auto facts = parse({.text = "int a;", .arguments = {"-fno-such-flag"}});
  EXPECT_EQ(facts.failure, "parse error: unknown argument: '-fno-such-flag'");
  EXPECT_EQ(symbols(facts), "variable a a.cpp:1-1 defined\n");
}

TEST(Unit, NoAbsolutePathOfTheRepositoryInMessages) {
  const auto facts = parse({.text = R"(
    #include "/usr/include/own.h"
    //// /usr/include/own.h
    #error broken
  )"});
  EXPECT_EQ(facts.failure, "parse error: own.h:1: broken");
}

TEST(Unit, SameBytesEveryTime) {
  const Sources sources{.text = R"(
    #include "h.h"
    int table[] = {f(1), g()};
    void k() { auto l = [] { return g(); }; l(); }
    //// h.h
    #define M(x) (x)
    template <class T> T f(T t) { return M(t); }
    inline int g() { return f(1) + f('c'); }
  )"};
  EXPECT_EQ(encode(parse(sources)), encode(parse(sources)));
}

TEST(Unit, IndexesAreInRange) {
  const auto facts = parse({.text = "struct S { int x; }; int f(S s) { return s.x; } int (*p)(S) = f;"});
  EXPECT_TRUE(decode_unit_facts(encode(facts)).has_value());
}

TEST(Unit, HeaderIncludedInABodyCountsAtItsInclude) {
  const auto facts = parse({.text = R"(
    int one(); int two();
    int f(int x) {
      switch (x) {
    #include "cases.def"
      }
      return 0;
    }
    //// cases.def
    case 1: return one();
    case 2: return two();
  )"});
  EXPECT_EQ(edges(facts, "call"), "f -call-> one @4\nf -call-> two @4\n");
}

TEST(Unit, OneDefinitionRuleBrokenIsTwoDefinitionsOfOneName) {
  const auto one = parse({.text = "struct S { int a; int f() { return a; } };", .main_file = "one.cpp"});
  const auto two = parse({.text = "struct S { long b; int f() { return 2; } };", .main_file = "two.cpp"});
  const auto usr = [](const UnitFacts& facts, const std::string& name) {
    for (const auto& symbol : facts.files.at(0).symbols) {
      if (symbol.name == name) return std::pair(symbol.usr, symbol.file);
    }
    return std::pair(std::uint64_t{0}, std::string());
  };
  EXPECT_EQ(usr(one, "S::f").first, usr(two, "S::f").first);
  EXPECT_EQ(usr(one, "S::f").second, "one.cpp");
  EXPECT_EQ(usr(two, "S::f").second, "two.cpp");
}

}  // namespace
}  // namespace patchgate
