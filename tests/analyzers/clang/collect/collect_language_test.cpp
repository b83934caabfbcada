// What the language does without a call that is spelt.
#include "collect_driver.h"

namespace patchgate {
namespace {

class Language : public testing::TestWithParam<Case> {};

TEST_P(Language, CallsAreEdges) {
  const auto facts = parse({.text = GetParam().text});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(edges(facts, "call construct destruct virtual"), plain(GetParam().want));
}

const Case kCases[] = {
    {"coroutines", R"(
     namespace std {
     template <class T, class... A> struct coroutine_traits { using promise_type = typename T::promise_type; };
     template <class P = void> struct coroutine_handle { static coroutine_handle from_address(void*); };
     }
     struct Wait { bool await_ready() noexcept; template <class P> void await_suspend(std::coroutine_handle<P>) noexcept; int await_resume() noexcept; ~Wait(); };
     struct Task { struct promise_type {
       Task get_return_object(); Wait initial_suspend(); Wait final_suspend() noexcept;
       void return_value(int); void unhandled_exception(); Wait yield_value(int); void* operator new(unsigned long);
     }; };
     struct Lazy { Wait operator co_await(); };
     int leaf();
     Task run(Lazy& lazy) { co_yield leaf(); co_return co_await lazy; }
     )",
     R"(
     run -call-> Lazy::operator co_await @12
     run -call-> Task::promise_type::final_suspend @12
     run -call-> Task::promise_type::get_return_object @12
     run -call-> Task::promise_type::initial_suspend @12
     run -call-> Task::promise_type::operator new @12
     run -call-> Task::promise_type::return_value @12
     run -call-> Task::promise_type::unhandled_exception @12
     run -call-> Task::promise_type::yield_value @12
     run -call-> Wait::await_ready @12
     run -call-> Wait::await_resume @12
     run -call-> Wait::await_suspend @12
     run -call-> leaf @12
     run -call-> std::coroutine_handle::from_address @12
     run -destruct-> Wait::~Wait @12
     )"},
    {"friends", R"(
     int leaf();
     class Box {
       friend int inside(Box&) { return leaf(); }
       friend int outside(Box&);
       template <class T> friend int pattern(Box&, T) { return leaf(); }
     };
     int outside(Box&) { return 1; }
     int use(Box& b) { return inside(b) + outside(b) + pattern(b, 1); }
     )",
     R"(
     inside -call-> leaf @3
     pattern -call-> leaf @5
     use -call-> inside @8
     use -call-> outside @8
     use -call-> pattern @8
     )"},
    {"using_and_namespaces", R"(
     namespace one { int f(int); inline namespace v2 { int g(); } namespace { int h() { return 1; } } }
     namespace two { using one::f; using namespace one; int by_directive() { return f(1) + g() + h(); } }
     namespace alias = one;
     int by_alias() { return alias::f(2) + alias::v2::g(); }
     struct Base { int m(); }; struct Derived : private Base { using Base::m; };
     int member(Derived& d) { return d.m(); }
     using enum_free = int;
     )",
     R"(
     by_alias -call-> one::f @4
     by_alias -call-> one::g @4
     member -call-> Base::m @6
     two::by_directive -call-> one::f @2
     two::by_directive -call-> one::g @2
     two::by_directive -call-> one::h @2
     )"},
    {"defaulted_comparison_and_assignment", R"(
     struct Part { bool operator==(const Part&) const; Part& operator=(const Part&); };
     struct Whole { Part part; bool operator==(const Whole&) const = default; Whole& operator=(const Whole&) = default; };
     bool same(const Whole& a, const Whole& b) { return a == b; }
     bool other(const Whole& a, const Whole& b) { return a != b; }
     void set(Whole& a, const Whole& b) { a = b; }
     )",
     R"(
     Whole::operator= -call-> Part::operator= @2
     Whole::operator== -call-> Part::operator== @2
     other -call-> Whole::operator== @4
     same -call-> Whole::operator== @3
     set -call-> Whole::operator= @5
     )"},
    {"final_methods_and_objects_of_known_type", R"(
     struct Base { virtual int run(); };
     struct Done : Base { int run() final; };
     struct Leaf : Done {};
     struct Open : Base { int run() override; };
     Open global;
     Open make();
     struct Has { Open open; int go() { return open.run(); } };
     int by_final_method(Leaf& l) { return l.run(); }
     int of_a_global() { return global.run(); }
     int of_a_local() { Open o; return o.run(); }
     int of_a_temporary() { return Open().run(); }
     int of_a_result() { return make().run(); }
     int of_anything(Base* b) { return b->run(); }
     )",
     R"(
     Has::go -call-> Open::run @7
     Open::Open -construct-> Base::Base @4
     by_final_method -call-> Done::run @8
     global -construct-> Open::Open @5
     of_a_global -call-> Open::run @9
     of_a_local -call-> Open::run @10
     of_a_local -construct-> Open::Open @10
     of_a_result -call-> Open::run @12
     of_a_result -call-> make @12
     of_a_temporary -call-> Open::run @11
     of_a_temporary -construct-> Open::Open @11
     of_anything -virtual-> Base::run @13
     )"},
    {"conversions_in_both_ways", R"(
     struct Text { Text(const char*); operator bool() const; };
     struct Money { explicit Money(int); explicit operator int() const; };
     void take(const Text&);
     void f(Text t) { take("x"); if (t) {} while (!t) {} (void)(t && true); }
     int g() { return static_cast<int>(Money(1)); }
     Text h() { return "y"; }
     )",
     R"(
     f -call-> Text::operator bool @4
     f -call-> take @4
     f -construct-> Text::Text @4
     g -call-> Money::operator int @5
     g -construct-> Money::Money @5
     h -construct-> Text::Text @6
     )"},
    {"operators_of_all_sorts", R"(
     struct N {
       N operator-() const; N& operator+=(int); N operator++(int); int operator->*(int); N* operator->(); int field;
       N& operator,(int); void* operator new(unsigned long); void operator delete(void*); void operator()() const;
     };
     N operator""_n(unsigned long long);
     void f(N n) { -n; n += 1; n++; n ->* 3; n->field; (n, 3); n(); 5_n; delete new N; }
     )",
     R"(
     f -call-> N::operator delete @6
     f -call-> N::operator new @6
     f -call-> N::operator() @6
     f -call-> N::operator++ @6
     f -call-> N::operator+= @6
     f -call-> N::operator, @6
     f -call-> N::operator- @6
     f -call-> N::operator-> @6
     f -call-> N::operator->* @6
     f -call-> operator""_n @6
     )"},
    {"loops_and_bindings_by_free_functions_and_tuples", R"(
     namespace std {
     using size_t = unsigned long;
     template <class T> struct tuple_size; template <size_t I, class T> struct tuple_element;
     }
     struct It { int operator*() const; It& operator++(); friend bool operator==(const It&, const It&); };
     struct Range {}; It begin(Range&); It end(Range&);
     struct Pair { template <unsigned long I> int get() const; };
     template <> struct std::tuple_size<Pair> { static constexpr size_t value = 2; };
     template <std::size_t I> struct std::tuple_element<I, Pair> { using type = int; };
     int loop(Range& r) { int n = 0; for (int i : r) n += i; return n; }
     int split(Pair p) { auto [a, b] = p; return a + b; }
     )",
     R"(
     loop -call-> It::operator* @10
     loop -call-> It::operator++ @10
     loop -call-> begin @10
     loop -call-> end @10
     loop -call-> operator== @10
     split -call-> Pair::get @11
     )"},
    {"an_end_that_others_bring_about", R"(
     struct M { ~M(); };
     struct Member { M m; };
     struct Array { M many[2]; ~Array() {} };
     struct Child : Member {};
     void local(bool b) { Child c; if (b) return; { M inner; } const M& lives_on = M(); (void)lives_on; }
     void fails() { M m; throw 1; }
     void many() { Array a; }
     )",
     R"(
     Array::~Array -destruct-> M::~M @3
     Child::~Child -destruct-> Member::~Member @4
     Member::~Member -destruct-> M::~M @2
     fails -destruct-> M::~M @6
     local -destruct-> Child::~Child @5
     local -destruct-> M::~M @5
     many -destruct-> Array::~Array @7
     )"},
    {"constraints_choose_and_run_nothing", R"(
     template <class T> concept Runs = requires(T t) { t.run(); };
     template <Runs T> int go(T& t) { return t.run(); }
     template <class T> int go(T&) { return 0; }
     struct A { int run(); };
     int use(A& a, int& n) { if constexpr (requires { a.run(); }) return go(a); return go(n); }
     )",
     R"(
     go -call-> A::run @2
     use -call-> go @5
     )"},
};
INSTANTIATE_TEST_SUITE_P(Table, Language, testing::ValuesIn(kCases), name_of_case);

}  // namespace
}  // namespace patchgate
