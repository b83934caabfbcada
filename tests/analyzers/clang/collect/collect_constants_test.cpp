#include <sstream>

#include "collect_driver.h"

namespace patchgate {
namespace {

class Constants : public testing::TestWithParam<Case> {};

TEST_P(Constants, AreUses) {
  const auto facts = parse({.text = GetParam().text});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(edges(facts, "read type call address"), plain(GetParam().want));
}

const Case kCases[] = {
    {"bounds_and_widths", R"(
     enum { kSize = 4 };
     const int kWide = 3;
     constexpr int size_of_it() { return 2; }
     int table[kSize][kWide];
     struct S { unsigned bits : kWide; char buffer[kSize]; char of[size_of_it()]; };
     int sum(int (&of)[kSize]);
     using Row = int[kSize];
     void f() { int local[kSize]; (void)local; }
     )",
     R"(
     Row -read-> kSize @7
     S::bits -read-> kWide @5
     S::buffer -read-> kSize @5
     S::of -read-> size_of_it @5
     f -read-> kSize @8
     sum -read-> kSize @6
     table -read-> kSize @4
     table -read-> kWide @4
     )"},
    {"template_arguments", R"(
     const int kSize = 4;
     template <class T, int N> struct Array { T items[N]; };
     struct Item {};
     Array<Item, kSize> global;
     struct Has : Array<int, kSize> { Array<int, kSize + 1> field; };
     template <int N> int get();
     int f() { return get<kSize>(); }
     )",
     R"(
     Has -read-> kSize @5
     Has -type-> Array @5
     Has::field -read-> kSize @5
     Has::field -type-> Array @5
     f -call-> get @7
     f -read-> kSize @7
     global -read-> kSize @4
     global -type-> Array @4
     global -type-> Item @4
     )"},
    {"sizeof_in_all_its_ways", R"(
     struct In { int a; };
     struct S { In in; In* link; };
     S* make();
     unsigned a(S* s) { return sizeof(s->in); }
     unsigned b(S* s) { return sizeof *s->link; }
     unsigned c() { return sizeof(make()->in.a); }
     unsigned d() { auto s = make(); return sizeof *s; }
     unsigned e() { return alignof(In); }
     char f[sizeof(In)];
     )",
     R"(
     S -type-> In @2
     S::in -type-> In @2
     S::link -type-> In @2
     a -read-> S::in @4
     a -type-> In @4
     a -type-> S @4
     b -read-> S::link @5
     b -type-> In @5
     b -type-> S @5
     c -read-> In::a @6
     c -read-> S::in @6
     c -type-> In @6
     c -type-> S @6
     d -call-> make @7
     d -type-> S @7
     e -type-> In @8
     f -type-> In @9
     make -type-> S @3
     )"},
    {"whoever_reads_a_part_depends_on_the_whole", R"(
     struct S { int a; union { int b; float c; }; void set() { a = 1; } int* at(); };
     S* get();
     int f() { return get()->b; }
     int* S::at() { return &a; }
     )",
     R"(
     S::at -address-> S::a @4
     S::at -type-> S @4
     S::set -type-> S @1
     f -call-> get @3
     f -read-> S::b @3
     f -type-> S @3
     get -type-> S @2
     )"},
    {"decltype_alignas_noexcept", R"(
     const int kLine = 64;
     struct S { int a; };
     S s;
     struct alignas(kLine) Padded { alignas(kLine) int a; };
     decltype(s.a) same;
     void f() { decltype(s) other = s; (void)other; }
     bool g() { return noexcept(s.a); }
     )",
     R"(
     Padded -read-> kLine @4
     Padded::a -read-> kLine @4
     f -read-> s @6
     g -read-> S::a @7
     g -read-> s @7
     g -type-> S @7
     s -type-> S @3
     same -read-> S::a @5
     same -read-> s @5
     same -type-> S @5
     )"},
    {"bounds_that_are_computed_when_it_runs", R"(
     int size();
     int f(int n) { int a[size()]; int b[n]; return sizeof a + sizeof b; }
     )",
     "f -call-> size @2"},
    {"concepts", R"(
     const int kMin = 2;
     template <class T> concept Small = sizeof(T) < kMin;
     template <class T> concept Runs = requires(T t) { { t.run() } -> Small; requires Small<T>; typename T::Type; };
     template <Runs T> void a(T);
     template <class T> requires Runs<T> void b(T);
     template <class T> void c(T) requires Small<T>;
     void d(Runs auto& t);
     template <Runs T> struct E {};
     struct A { char run(); };
     bool f() { return Runs<A>; }
     bool g() { if constexpr (requires(A x) { x.run(); requires Small<A>; }) return true; return false; }
     Small auto h = 'c';
     )",
     R"(
     E -read-> Runs @8
     Runs -read-> Small @3
     Small -read-> kMin @2
     a -read-> Runs @4
     b -read-> Runs @5
     c -read-> Small @6
     d -read-> Runs @7
     f -read-> Runs @10
     f -type-> A @10
     g -read-> Small @11
     g -type-> A @11
     h -read-> Small @12
     )"},
};
INSTANTIATE_TEST_SUITE_P(Table, Constants, testing::ValuesIn(kCases), name_of_case);

TEST(Layout, IsMadeOfPartsThatAreNotBehindAPointer) {
  const auto facts = parse({.text = R"(
    #include "/usr/include/maybe.h"
    struct In { int a; };
    using Alias = In;
    typedef int Number;
    enum Color { kRed };
    struct Fwd;
    template <class T> struct Box { T item; In* link; };
    struct S {
      In one; In many[2]; In* link; In& lent; Alias alias; Number number; Color color; Fwd* fwd;
      Box<In> box; Box<Fwd*> small; maybe<Color> other; held<In> far;
      union { In deep; int n; };
      int plain;
    };
    template <class T> struct P { T first; In second; };
    //// /usr/include/maybe.h
    template <class T> struct held { T* pointer; };
    template <class T> struct storage { T value; bool there; };
    template <class T> struct maybe : storage<T> {};
  )"});
  EXPECT_EQ(facts.failure, "");
  std::string whole;
  std::istringstream lines(edges(facts, "type"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("S ") || line.starts_with("P ")) whole += line + "\n";
  }
  EXPECT_EQ(whole, plain(R"(
    P -type-> In @14
    S -type-> Alias @9
    S -type-> Box @10
    S -type-> Color @9
    S -type-> In @9
    S -type-> Number @9
  )"));
}

TEST(Layout, AnEnumeratorIsOneMoreThanTheOneBefore) {
  const auto facts = parse({.text = "enum E { a, b, c = 7, d = a, e };"});
  EXPECT_EQ(edges(facts, "read"), "b -read-> a @1\nd -read-> a @1\ne -read-> d @1\n");
}

TEST(Concepts, AreSymbolsOfTheirOwn) {
  const char* const kText = R"(
    namespace ns {
    template <class T>
    concept Small = sizeof(T) < 2;
    }
  )";
  const Sources sources{.text = kText};
  const auto facts = parse(sources);
  EXPECT_EQ(symbols(facts), "variable ns::Small a.cpp:3-3 defined instantiated\n");
  EXPECT_EQ(extents(sources, facts), "a.cpp:2-3 ns::Small = template <class T>⏎concept Small |= sizeof(T) < 2;\n");
  const auto moved = parse({.text = "\n\n" + plain(kText)});
  EXPECT_EQ(facts.files.at(0).symbols.at(0).usr, moved.files.at(0).symbols.at(0).usr);
}

}  // namespace
}  // namespace patchgate
