#include <set>

#include "collect_driver.h"

namespace patchgate {
namespace {

class Symbols : public testing::TestWithParam<Case> {};

TEST_P(Symbols, AreNamedAndPlaced) {
  const auto facts = parse({.text = GetParam().text});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(symbols(facts), plain(GetParam().want));
}

const Case kCases[] = {
    {"kinds_and_names", R"(
     namespace ns { inline namespace v1 { namespace {
     struct S {
       S();
       ~S();
       int field;
       static int shared;
       void method();
       operator bool();
       bool operator==(const S&);
       enum { kInside };
     };
     } } }
     typedef struct { int x; } Named;
     using Alias = int;
     enum class E { one };
     int global;
     int main() {}
     )",
     R"(
     constructor ns::S::S a.cpp:3-0 internal
     destructor ns::S::~S a.cpp:4-0 internal
     enumerator E::one a.cpp:15-15 defined
     enumerator ns::S::kInside a.cpp:10-10 defined internal
     field Named::x a.cpp:13-13 defined
     field ns::S::field a.cpp:5-5 defined internal
     function main a.cpp:17-17 defined main
     method ns::S::method a.cpp:7-0 internal
     operator ns::S::operator bool a.cpp:8-0 internal
     operator ns::S::operator== a.cpp:9-0 internal
     type Alias a.cpp:14-14 defined
     type E a.cpp:15-15 defined
     type Named a.cpp:13-13 defined
     type ns::S a.cpp:2-11 defined internal
     type ns::S::(anonymous) a.cpp:10-10 defined internal
     variable global a.cpp:16-16 defined
     variable ns::S::shared a.cpp:6-0 internal
     )"},
    {"declaration_and_definition_are_one", R"(
     #include "f.h"
     int f() {
       return 0;
     }
     int C::m() { return f(); }
     //// f.h
     int f();
     struct C { int m(); };
     )",
     R"(
     function f a.cpp:2-4 defined
     function f f.h:1-0
     method C::m a.cpp:5-5 defined
     method C::m f.h:2-0
     type C f.h:2-2 defined
     )"},
    {"line_directives_move_nothing", R"(
     int a;
     #line 100 "elsewhere.cpp"
     int b() {
       return a;
     }
     )",
     R"(
     function b a.cpp:3-5 defined
     variable a a.cpp:1-1 defined
     )"},
    {"flags", R"(
     struct V { virtual void open() = 0; virtual void with() {} };
     __attribute__((constructor)) static void early() {}
     int now();
     int dynamic = now();
     int constant = 4;
     template <class T> T id(T t) { return t; }
     __attribute__((visibility("default"))) void api();
     )",
     R"(
     function api a.cpp:7-0 exported
     function early a.cpp:2-2 defined internal runs_first
     function id a.cpp:6-6 defined instantiated
     function now a.cpp:3-0
     method V::open a.cpp:1-0 virtual pure
     method V::with a.cpp:1-1 defined virtual
     type V a.cpp:1-1 defined
     variable constant a.cpp:5-5 defined
     variable dynamic a.cpp:4-4 defined runs_first
     )"},
    {"members_of_anonymous_parts", R"(
     struct Outer {
       union { int a; float b; };
       struct { int c; } named;
     };
     )",
     R"(
     field Outer::(anonymous)::c a.cpp:3-3 defined
     field Outer::a a.cpp:2-2 defined
     field Outer::b a.cpp:2-2 defined
     field Outer::named a.cpp:3-3 defined
     type Outer a.cpp:1-4 defined
     type Outer::(anonymous) a.cpp:2-2 defined
     type Outer::(anonymous) a.cpp:3-3 defined
     )"},
    {"local_types", R"(
     int f() {
       struct Local { int x; int get() { return x; } };
       return Local{1}.get();
     }
     )",
     R"(
     field f::Local::x a.cpp:2-2 defined
     function f a.cpp:1-4 defined
     method f::Local::get a.cpp:2-2 defined
     type f::Local a.cpp:2-2 defined
     )"},
    {"system_headers_are_not_entered", R"(
     extern "C" {
     #include "/usr/include/own.h"
     int ours();
     }
     //// /usr/include/own.h
     int theirs();
     struct Theirs { int x; };
     )",
     "function ours a.cpp:3-0"},
};
INSTANTIATE_TEST_SUITE_P(Table, Symbols, testing::ValuesIn(kCases), name_of_case);

class Extents : public testing::TestWithParam<Case> {};

TEST_P(Extents, CutOutTheText) {
  const Sources sources{.text = GetParam().text};
  const auto facts = parse(sources);
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(extents(sources, facts), plain(GetParam().want));
}

const Case kExtents[] = {
    {"functions", R"(
     static int f(int a);
     int f(int a) { return a; }
     [[nodiscard]] inline int g() noexcept { return 1; }
     __attribute__((unused)) static void h() {}
     extern "C" int linked(void);
     template <class T>
     T id(T t) { return t; }
     )",
     R"(
     a.cpp:1-1 f : static int f(int a);|
     a.cpp:2-2 f = int f(int a) |{ return a; }
     a.cpp:3-3 g = [[nodiscard]] inline int g() noexcept |{ return 1; }
     a.cpp:4-4 h = __attribute__((unused)) static void h() |{}
     a.cpp:5-5 linked : extern "C" int linked(void);|
     a.cpp:6-7 id = template <class T>⏎T id(T t) |{ return t; }
     )"},
    {"members", R"(
     struct S final {
       S() : a(1) {}
       ~S() = default;
       S(const S&) = delete;
       virtual void p() = 0;
       int a, *b = nullptr;
       int bits : 3;
     };
     )",
     R"(
     a.cpp:1-8 S = struct S final |{⏎  S() : a(1) {}⏎  ~S() = default;⏎  S(const S&) = delete;⏎  virtual void p() = 0;⏎  int a, *b = nullptr;⏎  int bits : 3;⏎};
     a.cpp:2-2 S::S = S() |: a(1) {}
     a.cpp:3-3 S::~S = ~S() |= default;
     a.cpp:4-4 S::S : S(const S&) |= delete;
     a.cpp:5-5 S::p : virtual void p() |= 0;
     a.cpp:6-6 S::a = int a|
     a.cpp:6-6 S::b = *b |= nullptr;
     a.cpp:7-7 S::bits = int bits : 3;|
     )"},
    {"variables_enums_macros", R"(
     int one = 1, two = 2;
     extern int three;
     int braces{4};
     enum E { a, b = 2 };
     using T = int;
     #define M(x) \
       ((x) + 1)
     #define EMPTY
     )",
     R"(
     a.cpp:1-1 one = int one |= 1
     a.cpp:1-1 two = two |= 2;
     a.cpp:2-2 three : extern int three;|
     a.cpp:3-3 braces = int braces|{4};
     a.cpp:4-4 E = enum E |{ a, b = 2 };
     a.cpp:4-4 a = a|
     a.cpp:4-4 b = b |= 2
     a.cpp:5-5 T = using T = int;|
     a.cpp:6-7 M = #define M(x) \⏎  |((x) + 1)
     a.cpp:8-8 EMPTY = #define EMPTY|
     )"},
    {"made_by_macros", R"(
     #define DEFINE(n) int n() { return 1; }
     DEFINE(f)
     #define HEAD(n) int n()
     HEAD(g) { return 2; }
     )",
     R"(
     a.cpp:1-1 DEFINE = #define DEFINE(n) |int n() { return 1; }
     a.cpp:2-2 f = |DEFINE(f)
     a.cpp:3-3 HEAD = #define HEAD(n) |int n()
     a.cpp:4-4 g = HEAD(g) |{ return 2; }
     )"},
    {"lambdas", R"(
     auto f = [](int x) { return x; };
     )",
     R"(
     a.cpp:1-1 f = auto f |= [](int x) { return x; };
     a.cpp:1-1 f::(lambda) = [](int x) |{ return x; }
     )"},
};
INSTANTIATE_TEST_SUITE_P(Table, Extents, testing::ValuesIn(kExtents), name_of_case);

std::set<std::uint64_t> usrs(const UnitFacts& facts, const std::string& name) {
  std::set<std::uint64_t> out;
  for (const auto& file : facts.files) {
    for (const auto& symbol : file.symbols) {
      if (symbol.name == name) out.insert(symbol.usr);
    }
  }
  return out;
}

TEST(Identity, StaysWithTheNameAndNotWithThePlace) {
  const char* const kText = R"(
    #define M 1
    static int hidden() { return M; }
    int seen(int);
    int seen(long);
    struct S { int a; struct { int b; } c; enum { kOne }; };
    auto f = [] { return 1; };
  )";
  const auto before = parse({.text = kText});
  const auto after = parse({.text = std::string("\n\n// moved\n") + plain(kText)});
  for (const char* name :
       {"M", "hidden", "seen", "S", "S::a", "S::(anonymous)", "S::(anonymous)::b", "S::kOne", "f", "f::(lambda)"}) {
    EXPECT_FALSE(usrs(before, name).empty()) << name;
    EXPECT_EQ(usrs(before, name), usrs(after, name)) << name;
  }
  EXPECT_EQ(usrs(before, "seen").size(), 2U);
}

TEST(Identity, LambdasOfOneExpansionDiffer) {
  const auto facts = parse({.text = R"(
    template <class F> int run(F f) { return f(); }
    int leaf();
    #define RUN(code) run([] { return code; })
    #define TWICE(code) (code) + (code)
    int both() { return RUN(RUN(leaf())) + TWICE(run([] { return leaf(); })); }
  )"});
  EXPECT_EQ(usrs(facts, "both::(lambda)").size(), 3U);
  EXPECT_EQ(usrs(facts, "both::(lambda)::(lambda)").size(), 1U);
}

TEST(Identity, OfALambdaDoesNotDependOnWhoMeetsItFirst) {
  const char* const kHeader = R"(
    template <class F> int run(F f) { return f(); }
    inline int before() { return run([] { return 1; }); }
    inline int after() { return run([] { return 2; }) + [] { return 3; }(); }
    struct Box { int (*made)() = [] { return 4; }; };
    inline auto global = [] { return 5; };
  )";
  const auto text = [&](const char* use) { return std::string("#include \"h.h\"\n") + use + "\n//// h.h" + kHeader; };
  const auto one = parse({.text = text("int f() { return 0; }")});
  const auto two =
      parse({.text = text("int f() { return Box().made() + run(global) + after(); }"), .main_file = "b.cpp"});
  for (const auto& [name, count] :
       {std::pair{"before::(lambda)", 1U}, {"after::(lambda)", 2U}, {"global::(lambda)", 1U}}) {
    EXPECT_EQ(usrs(one, name).size(), count) << name;
    EXPECT_EQ(usrs(one, name), usrs(two, name)) << name;
  }
}

TEST(Identity, TemplatesThatDifferInConstraintsAlone) {
  const auto facts = parse({.text = R"(
    template <class T> concept Small = sizeof(T) < 4;
    template <class T> int size(T) { return 1; }
    template <Small T> int size(T) { return 2; }
    template <class T> requires(sizeof(T) > 8) int size(T) { return 3; }
    template <class T> int size(T) requires(sizeof(T) > 16) { return 4; }
    template <class T> struct Box { void open() requires Small<T> {} void open() {} };
    template <class T> requires Small<T> struct Box<T*> { void shut() {} };
    template <class T> struct Box<T*> { void shut() {} };
    int use() { Box<int>().open(); Box<char*>().shut(); Box<int*>().shut(); return size(1) + size('a'); }
  )"});
  EXPECT_EQ(usrs(facts, "size").size(), 4U);
  EXPECT_EQ(usrs(facts, "Box::open").size(), 2U);
  EXPECT_EQ(usrs(facts, "Box::shut").size(), 2U);
}

TEST(Identity, InternalOnesDifferByFile) {
  const char* const kText = "#define M 1\nstatic int hidden() { return M; }\nint seen() { return hidden(); }\n";
  const auto one = parse({.text = kText, .main_file = "bisect.cpp"});
  const auto two = parse({.text = kText, .main_file = "builtin/bisect.cpp"});
  EXPECT_NE(usrs(one, "hidden"), usrs(two, "hidden"));
  EXPECT_NE(usrs(one, "M"), usrs(two, "M"));
  EXPECT_EQ(usrs(one, "seen"), usrs(two, "seen"));
}

TEST(Identity, HeaderLooksTheSameFromWhereItIsDefined) {
  const std::string header = "//// h.h\nint f(int);\ninline int g() { return f(1); }\nstruct C { int m(); };\n";
  const auto defines =
      parse({.text = "#include \"h.h\"\nint f(int x) { return x; }\nint C::m() { return 1; }\n" + header});
  const auto uses = parse({.text = "#include \"h.h\"\nint k() { return f(2); }\n" + header, .main_file = "b.cpp"});
  ASSERT_EQ(defines.files.size(), 2U);
  ASSERT_EQ(uses.files.size(), 2U);
  const auto shown = [](const FileFacts& file) {
    std::string out;
    for (const auto& symbol : file.symbols) {
      out += symbol.name + " " + symbol.file + ":" + std::to_string(symbol.line) + " " + std::to_string(symbol.flags) +
             " " + std::to_string(symbol.usr) + "\n";
    }
    return out;
  };
  EXPECT_EQ(defines.files[1].path, "h.h");
  EXPECT_EQ(shown(defines.files[1]), shown(uses.files[1]));
}

}  // namespace
}  // namespace patchgate
