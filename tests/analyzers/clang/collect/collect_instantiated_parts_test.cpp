#include "collect_driver.h"

namespace patchgate {
namespace {

class InstantiatedParts : public testing::TestWithParam<Case> {};

TEST_P(InstantiatedParts, WithWhatIsAroundThem) {
  const auto facts = parse({.text = GetParam().text});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(edges(facts, "call construct destruct virtual"), plain(GetParam().want));
}

const Case kCases[] = {
    {"nested_classes", R"(
     int leaf(int);
     struct A { int run(); };
     template <class T> struct Box {
       struct Plain { int go(T t); };
       template <class U> struct Family { int go(U u); };
     };
     extern template struct Box<A>;
     extern template struct Box<int>::Family<A>;
     template <class T> int Box<T>::Plain::go(T t) { return leaf(1) + t.run(); }
     template <class T> template <class U> int Box<T>::Family<U>::go(U u) { return leaf(2) + u.run(); }
     template struct Box<A>;
     template struct Box<int>::Family<A>;
     )",
     R"(
     Box::Family::go -call-> A::run @10
     Box::Family::go -call-> leaf @10
     Box::Plain::go -call-> A::run @9
     Box::Plain::go -call-> leaf @9
     )"},
    {"one_nested_class", R"(
     int leaf(int);
     struct A { int run(); };
     template <class T> struct Box {
       struct Plain { int go(T t); };
     };
     extern template struct Box<A>::Plain;
     template <class T> int Box<T>::Plain::go(T t) { return leaf(1) + t.run(); }
     template struct Box<A>::Plain;
     )",
     R"(
     Box::Plain::go -call-> A::run @7
     Box::Plain::go -call-> leaf @7
     )"},
    {"member_templates", R"(
     int leaf(int);
     struct A { int run(); };
     template <class T> struct Box { template <class U> int as(T t, U u); };
     extern template struct Box<A>;
     extern template int Box<A>::as<A>(A, A);
     template <class T> template <class U> int Box<T>::as(T t, U u) { return leaf(1) + t.run() + u.run(); }
     template struct Box<A>;
     template int Box<A>::as<A>(A, A);
     )",
     R"(
     Box::as -call-> A::run @6
     Box::as -call-> leaf @6
     )"},
    {"a_partial_specialisation_instantiated", R"(
     int leaf(int);
     struct A { int run(); };
     template <class T> struct Box { int go(T t) { return t; } };
     template <class T> struct Box<T*> { int go(T* t); };
     extern template struct Box<A*>;
     template <class T> int Box<T*>::go(T* t) { return leaf(1) + t->run(); }
     template struct Box<A*>;
     )",
     R"(
     Box::go -call-> A::run @6
     Box::go -call-> leaf @6
     )"},
    {"variable_templates", R"(
     int leaf(int);
     struct A { int run(); };
     template <class T> int made = leaf(1) + T().run();
     extern template int made<A>;
     template int made<A>;
     template <class T> struct Box { static int count; };
     template <class T> int Box<T>::count = leaf(2) + T().run();
     extern template struct Box<A>;
     template struct Box<A>;
     )",
     R"(
     Box::count -call-> A::run @7
     Box::count -call-> leaf @7
     made -call-> A::run @3
     made -call-> leaf @3
     )"},
    {"a_class_used_before_it_is_instantiated_with_no_declaration_between", R"(
     struct A { int run(); };
     int leaf(int);
     template <class T> struct Box { int go(T t); };
     int use(Box<A> b) { return b.go({}); }
     template <class T> int Box<T>::go(T t) { return leaf(1) + t.run(); }
     template struct Box<A>;
     )",
     R"(
     Box::go -call-> A::run @5
     Box::go -call-> leaf @5
     use -call-> Box::go @4
     )"},
    {"a_function_that_only_others_instantiate", R"(
     struct A { int run(); };
     int sure(int); int maybe(int); int maybe(long);
     template <class T> int go(T t) { return sure(1) + maybe(t); }
     extern template int go<long>(long);
     int use() { return go(1L); }
     )",
     R"(
     go -call?name-> maybe @3
     go -call?possible-> sure @3
     use -call-> go @5
     )"},
    {"what_is_resolved_needs_no_candidates", R"(
     int one(int); int one(long);
     template <class T> struct Box {
       struct Plain { int go(T t) { return one(t); } };
       template <class U> int as(U u) { return one(u); }
       template <class U> struct Family { int go(U u) { return one(u); } };
       friend int near(Box, T t) { return one(t); }
     };
     template <class T> int local(T t) {
       struct Inside { int go(T t) { return one(t); } };
       return Inside().go(t);
     }
     extern template struct Box<int>;
     template struct Box<int>;
     int use(Box<int> b, Box<int>::Plain p, Box<int>::Family<int> f) {
       return b.as(1) + p.go(1) + f.go(1) + near(b, 1) + local(1);
     }
     )",
     R"(
     Box::Family::go -call-> one @5
     Box::Plain::go -call-> one @3
     Box::as -call-> one @4
     local -call-> local::Inside::go @10
     local::Inside::go -call-> one @9
     near -call-> one @6
     use -call-> Box::Family::go @15
     use -call-> Box::Plain::go @15
     use -call-> Box::as @15
     use -call-> local @15
     use -call-> near @15
     )"},
    {"static_members_that_are_templates_used", R"(
     int leaf(int);
     struct A { int run(); };
     struct Plain { template <class T> static int count; };
     template <class T> int Plain::count = leaf(1) + T().run();
     template <class T> struct Box { template <class U> static int all; };
     template <class T> template <class U> int Box<T>::all = leaf(2) + T().run() + U().run();
     template <class T> struct Part { template <class U> inline static int all = leaf(3) + U().run(); };
     int use() { return Plain::count<A> + Box<A>::all<A> + Part<int>::all<A>; }
     )",
     R"(
     Box::all -call-> A::run @6
     Box::all -call-> leaf @6
     Part::all -call-> A::run @7
     Part::all -call-> leaf @7
     Plain::count -call-> A::run @4
     Plain::count -call-> leaf @4
     )"},
    {"static_members_that_are_templates", R"(
     int leaf(int);
     struct A { int run(); };
     struct Plain { template <class T> static int count; };
     template <class T> int Plain::count = leaf(1) + T().run();
     template int Plain::count<A>;
     template <class T> struct Box { template <class U> static int all; };
     template <class T> template <class U> int Box<T>::all = leaf(2) + T().run() + U().run();
     template int Box<A>::all<A>;
     )",
     R"(
     Box::all -call-> A::run @7
     Box::all -call-> leaf @7
     Plain::count -call-> A::run @4
     Plain::count -call-> leaf @4
     )"},
    {"a_friend_template_defined_inside", R"(
     int leaf(int); int leaf(long);
     struct A { int run(); };
     template <class T> struct Box {
       template <class U> friend int near(Box b, U u) { return leaf(1) + T().run() + u.run() + leaf(u.of()); }
     };
     struct B { int run(); int of(); };
     int use(Box<A> b) { return near(b, B()); }
     )",
     R"(
     near -call-> A::run @4
     near -call-> B::of @4
     near -call-> B::run @4
     near -call-> leaf @4
     use -call-> near @7
     )"},
    {"friends_that_are_only_named", R"(
     int leaf(int);
     struct A { int run(); };
     int plain();
     template <class U> int near(U u) { return leaf(1) + u.run(); }
     template <class T> struct Box {
       template <class U> friend struct Box;
       friend int plain();
       template <class U> friend int near(U u);
       int go(T t) { return near(t) + plain(); }
     };
     int plain() { return leaf(2); }
     template struct Box<A>;
     )",
     R"(
     Box::go -call-> near @9
     Box::go -call-> plain @9
     near -call-> A::run @4
     near -call-> leaf @4
     plain -call-> leaf @11
     )"},
    {"a_friend_defined_inside", R"(
     int leaf(int);
     struct A { int run(); };
     template <class T> struct Box {
       friend int near(Box b, T t) { return leaf(1) + t.run(); }
     };
     extern template struct Box<A>;
     template struct Box<A>;
     int use(Box<A> b) { return near(b, {}); }
     )",
     R"(
     near -call-> A::run @4
     near -call-> leaf @4
     use -call-> near @8
     )"},
};
INSTANTIATE_TEST_SUITE_P(Table, InstantiatedParts, testing::ValuesIn(kCases), name_of_case);

}  // namespace
}  // namespace patchgate
