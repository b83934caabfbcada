#include "collect_driver.h"

namespace patchgate {
namespace {

class Templates : public testing::TestWithParam<Case> {};

TEST_P(Templates, CountToThePattern) {
  const auto facts = parse({.text = GetParam().text});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(edges(facts, "call construct destruct virtual"), plain(GetParam().want));
}

const Case kCases[] = {
    {"function", R"(
     struct A { void go(); };
     struct B { void go(); };
     template <class T> void run(T t) {
       t.go();
     }
     void use() { run(A()); run(B()); }
     )",
     R"(
     run -call-> A::go @4
     run -call-> B::go @4
     use -call-> run @6
     )"},
    {"class_and_member_template", R"(
     int leaf(int);
     template <class T> struct Box {
       T value;
       int get() { return leaf(value); }
       template <class U> int as(U u) { return get() + leaf(u); }
       static int count;
       struct Inner { int deep(T t) { return leaf(t); } };
     };
     template <class T> int Box<T>::count = leaf(1);
     int use() { Box<int> b; Box<int>::Inner i; return b.as(1L) + i.deep(1) + Box<int>::count; }
     )",
     R"(
     Box::Inner::deep -call-> leaf @7
     Box::as -call-> Box::get @5
     Box::as -call-> leaf @5
     Box::count -call-> leaf @9
     Box::get -call-> leaf @4
     use -call-> Box::Inner::deep @10
     use -call-> Box::as @10
     )"},
    {"explicit_specialisation_is_its_own", R"(
     int one(); int two();
     template <class T> int f(T) { return one(); }
     template <> int f<int>(int) { return two(); }
     int g() { return f(1); }
     int h() { return f('c'); }
     )",
     R"(
     f -call-> one @2
     f -call-> two @3
     g -call-> f @4
     h -call-> f @5
     )"},
    {"crtp", R"(
     template <class D> struct Base { void run() { static_cast<D*>(this)->step(); } };
     struct Leaf : Base<Leaf> { void step(); };
     void use(Leaf& l) { l.run(); }
     )",
     R"(
     Base::run -call-> Leaf::step @1
     use -call-> Base::run @3
     )"},
    {"nobody_instantiates_it", R"(
     int sure(int);
     int maybe(int); int maybe(long);
     template <class T> int f(T t) { return sure(1) + maybe(t); }
     )",
     R"(
     f -call?name-> maybe @3
     f -call?possible-> sure @3
     )"},
    {"lambda_in_an_instance", R"(
     struct A { int go(); };
     template <class T> int run(T t) { auto call = [&] { return t.go(); }; return call(); }
     int use() { return run(A()); }
     )",
     R"(
     run -call-> run::(lambda) @2
     run::(lambda) -call-> A::go @2
     use -call-> run @3
     )"},
    {"if_constexpr_takes_one_branch", R"(
     int yes(); int no();
     template <bool B> int f() { if constexpr (B) return yes(); else return no(); }
     int g() { return f<true>(); }
     )",
     R"(
     f -call-> no @2
     f -call-> yes @2
     g -call-> f @3
     )"},
    {"function_as_an_argument", R"(
     int leaf();
     template <int (*F)()> int run() { return F(); }
     int use() { return run<leaf>(); }
     )",
     R"(
     run -call-> leaf @2
     use -call-> run @3
     )"},
};
INSTANTIATE_TEST_SUITE_P(Table, Templates, testing::ValuesIn(kCases), name_of_case);

TEST(Templates, AreOneSymbolInManyInstances) {
  const auto facts = parse({.text = R"(
    template <class T> struct Box { T value; void set(T t) { value = t; } };
    void use() { Box<int> a; a.set(1); Box<long> b; b.set(2); b.value = 3; }
  )"});
  EXPECT_EQ(symbols(facts), plain(R"(
    field Box::value a.cpp:1-1 defined instantiated
    function use a.cpp:2-2 defined
    method Box::set a.cpp:1-1 defined instantiated
    type Box a.cpp:1-1 defined instantiated
  )"));
  EXPECT_EQ(edges(facts, "write"), "Box::set -write-> Box::value @1\nuse -write-> Box::value @2\n");
}

}  // namespace
}  // namespace patchgate
