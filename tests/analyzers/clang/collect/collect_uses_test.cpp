#include "collect_driver.h"

namespace patchgate {
namespace {

class ReadsAndWrites : public testing::TestWithParam<Case> {};

TEST_P(ReadsAndWrites, AreEdges) {
  const auto facts = parse({.text = GetParam().text});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(edges(facts, "read write address"), plain(GetParam().want));
}

const Case kCases[] = {
    {"globals", R"(
     int g; int h; int a[4];
     int load() { return g; }
     void store() { g = h; }
     void both() { g += 1; ++h; }
     void element(int i) { a[i] = a[0]; }
     void refer() { int& r = g; const int& c = h; (void)r; (void)c; }
     int* point() { return &g; }
     void lend(int&, const int&);
     void call() { lend(g, h); }
     )",
     R"(
     both -read-> g @4
     both -read-> h @4
     both -write-> g @4
     both -write-> h @4
     call -address-> g @9
     call -read-> h @9
     element -read-> a @5
     element -write-> a @5
     load -read-> g @2
     point -address-> g @7
     refer -address-> g @6
     refer -read-> h @6
     store -read-> h @3
     store -write-> g @3
     )"},
    {"fields", R"(
     struct In { int deep; };
     struct S { int x; In in; In* link; int get() const { return x; } void set(int v) { x = v; } };
     S s;
     void direct() { s.x = 1; }
     void nested() { s.in.deep = 1; }
     void through() { s.link->deep = 1; }
     S made() { return S{.x = 1}; }
     void by_method() { s.set(s.get()); }
     )",
     R"(
     S::get -read-> S::x @2
     S::set -write-> S::x @2
     by_method -address-> s @8
     by_method -read-> s @8
     direct -write-> S::x @4
     direct -write-> s @4
     made -write-> S::x @7
     nested -write-> In::deep @5
     nested -write-> S::in @5
     nested -write-> s @5
     through -read-> S::link @6
     through -read-> s @6
     through -write-> In::deep @6
     )"},
    {"enumerators_and_members_of_enums", R"(
     enum Plain { kOne, kTwo = kOne + 1 };
     enum class Scoped { one };
     int f(Plain p) { return p == kTwo; }
     Scoped g() { return Scoped::one; }
     )",
     R"(
     f -read-> kTwo @3
     g -read-> Scoped::one @4
     kTwo -read-> kOne @1
     )"},
    {"constructors_and_bindings", R"(
     struct Pair { int a, b; Pair() : a(1), b(a) {} };
     Pair pair;
     int f() { auto [x, y] = pair; return y; }
     )",
     R"(
     Pair::Pair -read-> Pair::a @1
     Pair::Pair -write-> Pair::a @1
     Pair::Pair -write-> Pair::b @1
     f -read-> Pair::b @3
     f -read-> pair @3
     )"},
    {"sizeof_names_without_running", R"(
     struct S { int x; };
     S* s;
     int f();
     unsigned g() { return sizeof(s->x) + sizeof(f()); }
     )",
     R"(
     g -read-> S::x @4
     g -read-> s @4
     )"},
};
INSTANTIATE_TEST_SUITE_P(Table, ReadsAndWrites, testing::ValuesIn(kCases), name_of_case);

TEST(Types, AreUsedWhereTheyAreWritten) {
  const auto facts = parse({.text = R"(
    struct Base {}; struct A {}; struct B {}; enum E { e };
    using Alias = A;
    template <class T> struct Box { T value; };
    struct Derived : Base { Box<B> box; Alias* link; };
    A make(const B& b, E);
    void body(void* p) {
      auto* a = static_cast<A*>(p);
      B b;
      new Derived();
      (void)sizeof(Base);
    }
    int (*pointer)(A, B*);
  )"});
  EXPECT_EQ(edges(facts, "type"), plain(R"(
    Alias -type-> A @2
    Derived -type-> B @4
    Derived -type-> Base @4
    Derived -type-> Box @4
    Derived::box -type-> B @4
    Derived::box -type-> Box @4
    Derived::link -type-> Alias @4
    body -type-> A @7
    body -type-> B @8
    body -type-> Base @10
    body -type-> Derived @9
    make -type-> A @5
    make -type-> B @5
    make -type-> E @5
    pointer -type-> A @12
    pointer -type-> B @12
  )"));
}

TEST(Types, TheNameOfAPointerTypeIsWhatIsUsed) {
  const auto facts = parse({.text = R"(
    struct Key {};
    typedef int (*Compare)(const Key&);
    using Link = Key*;
    struct Table { Compare compare; Link first; };
    void use(Compare how, const Link& last);
  )"});
  EXPECT_EQ(edges(facts, "type"), plain(R"(
    Compare -type-> Key @2
    Link -type-> Key @3
    Table -type-> Compare @4
    Table -type-> Link @4
    Table::compare -type-> Compare @4
    Table::first -type-> Link @4
    use -type-> Compare @5
    use -type-> Link @5
  )"));
}

TEST(Literals, AreReadOffTheArguments) {
  const auto facts = parse({.text = R"(
    #include "out.h"
    void send(Curl* c, const char* mode) {
      easy_setopt(c, OPT_METHOD, "PATCH");
      fopen("/etc/passwd", "w");
      open("x", O_WRONLY | O_CREAT, 420);
      fopen(kName, mode);
      const char* how = "rb";
      fopen(kName, how);
      defined_here("left out");
    }
    //// out.h
    struct Curl;
    enum Option { OPT_METHOD = 3 };
    int easy_setopt_(Curl*, Option, ...);
    #define easy_setopt(c, o, v) ({ Option o_ = (o); easy_setopt_(c, o_, v); })
    int fopen(const char*, const char*);
    int open(const char*, int, ...);
    #define O_WRONLY 1
    #define O_CREAT 64
    static const char* const kName = "name";
    inline void defined_here(const char*) {}
  )"});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(literals(facts), plain(R"(
    send: easy_setopt_(1 = OPT_METHOD) @3
    send: easy_setopt_(2 = PATCH) @3
    send: fopen(0 = /etc/passwd) @4
    send: fopen(0 = name) @6
    send: fopen(1 = rb) @8
    send: fopen(1 = w) @4
    send: open(0 = x) @5
    send: open(1 = O_WRONLY | O_CREAT) @5
  )"));
}

TEST(Literals, NothingThatThePreprocessorMade) {
  const auto facts = parse({.text = R"(
    void fail(const char* what, const char* file, int line);
    #define CHECK(x) ((x) ? (void)0 : fail(#x, __FILE__, __LINE__))
    void f(int a) { CHECK(a > 1); }
  )"});
  EXPECT_EQ(literals(facts), "");
}

TEST(Literals, AreCutAt120Bytes) {
  const auto facts = parse({.text = "void out(const char*); void f() { out(\"" + std::string(500, 'x') + "\"); }"});
  EXPECT_EQ(literals(facts), "f: out(0 = " + std::string(120, 'x') + ") @1\n");
}

}  // namespace
}  // namespace patchgate
