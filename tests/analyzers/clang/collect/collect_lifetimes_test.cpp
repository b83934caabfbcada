#include "collect_driver.h"

namespace patchgate {
namespace {

/// Who makes and ends objects.
class Lifetimes : public testing::TestWithParam<Case> {};

TEST_P(Lifetimes, AreEdges) {
  const auto facts = parse({.text = GetParam().text});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(edges(facts, "call construct destruct virtual address"), plain(GetParam().want));
}

const Case kCases[] = {
    {"what_lives_on_is_not_destroyed_here", R"(
     struct Fee { Fee(); Fee(const Fee&); Fee(Fee&&); ~Fee(); int n; };
     Fee make();
     Fee pass_on() { return make(); }
     Fee named() { Fee f; f.n = 1; return f; }
     void fail() { throw make(); }
     int use() { return make().n; }
     Fee pick(bool b) { return b ? make() : Fee(); }
     Fee other(Fee given) { return given; }
     struct Holds { Fee fee; Holds() : fee(make()) {} };
     )",
     R"(
     Holds::Holds -call-> make @9
     fail -call-> make @5
     named -construct-> Fee::Fee @4
     named -destruct-> Fee::~Fee @4
     other -construct-> Fee::Fee @8
     pass_on -call-> make @3
     pick -call-> make @7
     pick -construct-> Fee::Fee @7
     use -call-> make @6
     use -destruct-> Fee::~Fee @6
     )"},
    {"a_constructor_that_fails_ends_what_is_done", R"(
     void may_throw();
     void never() noexcept;
     struct Part { Part(); ~Part(); };
     struct Calm { Calm() noexcept; ~Calm(); };
     struct A { Part p; A() { may_throw(); } };
     struct B { Part p; B() { never(); } };
     struct C { Calm c; Part p; C() {} };
     struct D : Part { D(int) {} D() : D(1) { may_throw(); } ~D(); };
     )",
     R"(
     A::A -call-> may_throw @5
     A::A -construct-> Part::Part @5
     A::A -destruct-> Part::~Part @5
     B::B -call-> never @6
     B::B -construct-> Part::Part @6
     C::C -construct-> Calm::Calm @7
     C::C -construct-> Part::Part @7
     C::C -destruct-> Calm::~Calm @7
     D::D -call-> may_throw @8
     D::D -construct-> D::D @8
     D::D -construct-> Part::Part @8
     D::D -destruct-> D::~D @8
     )"},
    {"a_constructor_that_cannot_fail_ends_nothing", R"(
     namespace std { class type_info; struct nothrow_t {}; }
     void* operator new(unsigned long, void*) noexcept;
     void* operator new(unsigned long, std::nothrow_t) noexcept;
     void may_throw(); __attribute__((nothrow)) void by_attribute();
     struct Base { virtual void run(); }; struct Leaf : Base {};
     struct Part { ~Part(); };
     struct A { Part p; A(void* at) { new (at) int(1); } };
     struct B { Part p; B(Base* b) { (void)dynamic_cast<Leaf*>(b); } };
     struct C { Part p; C(Base& b) { (void)dynamic_cast<Leaf&>(b); } };
     struct D { Part p; D() noexcept { may_throw(); } };
     struct E { Part p; E(std::nothrow_t n) { new (n) int; } };
     struct F { Part p; F() { by_attribute(); } };
     struct G { Part p; G(Base* b) { (void)typeid(*b); } };
     struct H { Part p; H(Base& b) { (void)typeid(b); (void)typeid(new int); (void)noexcept(may_throw()); } };
     struct I { Part p; I() { new int; } };
     struct J { Part p; __attribute__((nothrow)) J() { may_throw(); } };
     )",
     R"(
     A::A -call-> operator new @7
     C::C -destruct-> Part::~Part @9
     D::D -call-> may_throw @10
     E::E -call-> operator new @11
     F::F -call-> by_attribute @12
     G::G -destruct-> Part::~Part @13
     I::I -destruct-> Part::~Part @15
     J::J -call-> may_throw @16
     )"},
    {"constructors_and_destructors", R"(
     struct Part { Part(); Part(const Part&); ~Part(); };
     struct Whole { Part part; Whole() {} ~Whole() {} };
     struct Plain { Part part; };
     Part make();
     void local() { Part p; }
     void copy(const Part& p) { Part q = p; }
     void temporary() { make(); }
     void implicit() { Plain plain; }
     void heap() { delete new Part[2]; }
     void array() { Part many[3]; }
     )",
     R"(
     Plain::Plain -construct-> Part::Part @3
     Plain::~Plain -destruct-> Part::~Part @3
     Whole::Whole -construct-> Part::Part @2
     Whole::~Whole -destruct-> Part::~Part @2
     array -construct-> Part::Part @10
     array -destruct-> Part::~Part @10
     copy -construct-> Part::Part @6
     copy -destruct-> Part::~Part @6
     heap -construct-> Part::Part @9
     heap -destruct-> Part::~Part @9
     implicit -construct-> Plain::Plain @8
     implicit -destruct-> Plain::~Plain @8
     local -construct-> Part::Part @5
     local -destruct-> Part::~Part @5
     temporary -call-> make @7
     temporary -destruct-> Part::~Part @7
     )"},
    {"initialisers", R"(
     int f(); int g(); int h();
     int global = f();
     int table[] = {f(), g()};
     struct S {
       static int shared;
       int a = g();
       int b;
       S() : b(h()) {}
     };
     int S::shared = h();
     void k() { static int once = f(); int n = h(); }
     )",
     R"(
     S::S -call-> g @8
     S::S -call-> h @8
     S::a -call-> g @6
     S::shared -call-> h @10
     global -call-> f @2
     k -call-> f @11
     k -call-> h @11
     table -call-> f @3
     table -call-> g @3
     )"},
    {"memory_is_given_back_when_a_constructor_fails", R"(
     using size_t = decltype(sizeof 0);
     struct Arena {};
     void* operator new(size_t, Arena&);
     void operator delete(void*, Arena&);
     struct Throws { Throws(); };
     struct Safe { Safe() noexcept; };
     void risky(Arena& a) { new (a) Throws; }
     void safe(Arena& a) { new (a) Safe; }
     void plain(Arena& a) { new (a) int(1); }
     )",
     R"(
     plain -call-> operator new @9
     risky -call-> operator delete @7
     risky -call-> operator new @7
     risky -construct-> Throws::Throws @7
     safe -call-> operator new @8
     safe -construct-> Safe::Safe @8
     )"},
    {"inherited_constructor", R"(
     struct Base { Base(int); };
     int leaf();
     struct Derived : Base {
       using Base::Base;
       int own = leaf();
     };
     void f() { Derived d(1); }
     )",
     R"(
     Derived::Derived -call-> leaf @4
     Derived::Derived -construct-> Base::Base @4
     Derived::own -call-> leaf @5
     f -construct-> Derived::Derived @7
     )"},
    {"cleanup_and_throw", R"(
     struct Error { Error(const char*); ~Error(); };
     void fail() { throw Error("x"); }
     void caught() { try { fail(); } catch (Error e) {} }
     void close(int*);
     void scoped() { int fd __attribute__((cleanup(close))) = 1; }
     )",
     R"(
     caught -call-> fail @3
     caught -destruct-> Error::~Error @3
     fail -construct-> Error::Error @2
     scoped -call-> close @5
     )"},
};
INSTANTIATE_TEST_SUITE_P(Table, Lifetimes, testing::ValuesIn(kCases), name_of_case);

}  // namespace
}  // namespace patchgate
