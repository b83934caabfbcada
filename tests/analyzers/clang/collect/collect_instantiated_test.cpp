#include "collect_driver.h"

namespace patchgate {
namespace {

class Instantiated : public testing::TestWithParam<Case> {};

TEST_P(Instantiated, OnRequestAsWellAsByUse) {
  const auto facts = parse({.text = GetParam().text});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(edges(facts, "call construct destruct virtual"), plain(GetParam().want));
}

const Case kCases[] = {
    {"a_class_instantiated_after_the_bodies", R"(
     #include "box.h"
     int leaf(int);
     template <class T> int Box<T>::go(T t) { return leaf(1) + t.run(); }
     template struct Box<A>;
     //// box.h
     struct A { int run(); };
     template <class T> struct Box { int go(T t); };
     extern template struct Box<A>;
     )",
     R"(
     Box::go -call-> A::run @3
     Box::go -call-> leaf @3
     )"},
    {"a_class_instantiated_without_a_declaration_before", R"(
     struct A { int run(); };
     int leaf(int);
     template <class T> struct Box { int go(T t); Box(); ~Box(); };
     template <class T> Box<T>::Box() { leaf(0); }
     template <class T> Box<T>::~Box() { leaf(2); }
     template <class T> int Box<T>::go(T t) { return leaf(1) + t.run(); }
     template struct Box<A>;
     )",
     R"(
     Box::Box -call-> leaf @4
     Box::go -call-> A::run @6
     Box::go -call-> leaf @6
     Box::~Box -call-> leaf @5
     )"},
    {"a_class_used_then_instantiated", R"(
     struct A { int run(); };
     int leaf(int);
     template <class T> struct Box { int go(T t); int other(T t) { return t.run(); } };
     extern template struct Box<A>;
     int use(Box<A> b) { return b.other({}); }
     template <class T> int Box<T>::go(T t) { return leaf(1) + t.run(); }
     template struct Box<A>;
     )",
     R"(
     Box::go -call-> A::run @6
     Box::go -call-> leaf @6
     Box::other -call-> A::run @3
     use -call-> Box::other @5
     )"},
    {"a_class_that_others_instantiate", R"(
     struct A { int run(); };
     int leaf(int);
     template <class T> struct Box { int go(T t) { return leaf(1) + t.run(); } int never(T t) { return t.run(); } };
     extern template struct Box<A>;
     int use(Box<A> b) { return b.go({}); }
     )",
     R"(
     Box::go -call-> A::run @3
     Box::go -call-> leaf @3
     use -call-> Box::go @5
     )"},
    {"a_member_of_a_class_instantiated", R"(
     struct A { int run(); };
     int leaf(int);
     template <class T> struct Box { int go(T t); int not_asked(T t); };
     template <class T> int Box<T>::go(T t) { return leaf(1) + t.run(); }
     template <class T> int Box<T>::not_asked(T t) { return leaf(1) + t.run(); }
     extern template int Box<A>::go(A);
     template int Box<A>::go(A);
     )",
     R"(
     Box::go -call-> A::run @4
     Box::go -call-> leaf @4
     Box::not_asked -call?possible-> leaf @5
     )"},
    {"a_function_instantiated", R"(
     struct A { int run(); };
     int leaf(int);
     template <class T> int go(T t);
     extern template int go<A>(A);
     template <class T> int go(T t) { return leaf(1) + t.run(); }
     template int go<A>(A);
     )",
     R"(
     go -call-> A::run @5
     go -call-> leaf @5
     )"},
    {"a_function_instantiated_then_declared_again", R"(
     struct A { int run(); };
     int leaf(int);
     template <class T> int go(T t) { return leaf(1) + t.run(); }
     template int go<A>(A);
     template <class T> int go(T t);
     )",
     R"(
     go -call-> A::run @3
     go -call-> leaf @3
     )"},
    {"a_function_that_others_define", R"(
     struct A { int run(); };
     template <class T> int go(T t);
     extern template int go<A>(A);
     int use() { return go(A()); }
     )",
     R"(
     use -call-> go @4
     )"},
    {"bodies_in_a_file_that_is_included", R"(
     #include "box.h"
     #include "box.inl"
     namespace n { template struct Box<A>; template int free(A); }
     //// box.h
     namespace n {
     int leaf(int);
     struct A { int run(); };
     template <class T> struct Box { int go(T t); };
     template <class T> int free(T t);
     extern template struct Box<A>;
     extern template int free(A);
     }
     //// box.inl
     namespace n {
     template <class T> int Box<T>::go(T t) { return leaf(1) + t.run(); }
     template <class T> int free(T t) { return leaf(2) + t.run(); }
     }
     )",
     R"(
     n::Box::go -call-> n::A::run @2
     n::Box::go -call-> n::leaf @2
     n::free -call-> n::A::run @3
     n::free -call-> n::leaf @3
     )"},
    {"in_a_namespace_written_qualified", R"(
     namespace n {
     int leaf(int);
     struct A { int run(); };
     template <class T> struct Box { int go(T t); };
     template <class T> int free(T t);
     extern template struct Box<A>;
     }
     template <class T> int n::Box<T>::go(T t) { return leaf(1) + t.run(); }
     template <class T> int n::free(T t) { return leaf(2) + t.run(); }
     template struct n::Box<n::A>;
     template int n::free<n::A>(n::A);
     )",
     R"(
     n::Box::go -call-> n::A::run @8
     n::Box::go -call-> n::leaf @8
     n::free -call-> n::A::run @9
     n::free -call-> n::leaf @9
     )"},
    {"one_member_specialised", R"(
     int leaf(int); int other(int);
     struct A { int run(); }; struct B { int run(); };
     template <class T> struct Box { int go(T t); int also(T t); };
     template <> int Box<A>::go(A);
     extern template struct Box<A>;
     template <class T> int Box<T>::go(T t) { return leaf(1) + t.run(); }
     template <class T> int Box<T>::also(T t) { return go(t); }
     template <> int Box<A>::go(A) { return other(1); }
     template struct Box<A>;
     template struct Box<B>;
     )",
     R"(
     Box::also -call-> Box::go @7
     Box::go -call-> B::run @6
     Box::go -call-> leaf @6
     Box::go -call-> other @8
     )"},
    {"virtual_members_and_bases", R"(
     int leaf(int);
     struct A { int run(); };
     struct Root { virtual int go(A); virtual ~Root(); };
     template <class T> struct Base : Root { Base(T t); };
     template <class T> struct Box : Base<T> { Box(T t); int go(T t) override; ~Box() override; };
     extern template struct Box<A>;
     template <class T> Base<T>::Base(T t) { t.run(); }
     template <class T> Box<T>::Box(T t) : Base<T>(t) { leaf(0); }
     template <class T> Box<T>::~Box() { leaf(3); }
     template <class T> int Box<T>::go(T t) { return leaf(1) + t.run(); }
     template struct Box<A>;
     )",
     R"(
     Base::Base -call-> A::run @7
     Base::Base -construct-> Root::Root @7
     Base::Base -destruct-> Root::~Root @7
     Base::~Base -destruct-> Root::~Root @4
     Box::Box -call-> leaf @8
     Box::Box -construct-> Base::Base @8
     Box::Box -destruct-> Base::~Base @8
     Box::go -call-> A::run @10
     Box::go -call-> leaf @10
     Box::~Box -call-> leaf @9
     Box::~Box -destruct-> Base::~Base @9
     )"},
};
INSTANTIATE_TEST_SUITE_P(Table, Instantiated, testing::ValuesIn(kCases), name_of_case);

}  // namespace
}  // namespace patchgate
