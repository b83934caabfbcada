#include "collect_driver.h"

namespace patchgate {
namespace {

class Calls : public testing::TestWithParam<Case> {};

TEST_P(Calls, AreEdges) {
  const auto facts = parse({.text = GetParam().text});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(edges(facts, "call construct destruct virtual address"), plain(GetParam().want));
}

const Case kCases[] = {
    {"direct", R"(
     int leaf();
     int top() {
       leaf();
       return leaf();
     }
     )",
     "top -call-> leaf @3"},
    {"overloads_stay_apart", R"(
     struct A { static void f(int); static void f(double); };
     void g() { A::f(1); }
     void h() { A::f(1.0); }
     )",
     R"(
     g -call-> A::f @2
     h -call-> A::f @3
     )"},
    {"method_and_operator", R"(
     struct Money {
       Money operator+(const Money&) const;
       operator bool() const;
       int operator()(int);
       int operator[](int) const;
     };
     Money operator"" _eur(unsigned long long);
     bool use(Money a, Money b) { a(1); a[2]; 3_eur; return a + b; }
     )",
     R"(
     use -call-> Money::operator bool @8
     use -call-> Money::operator() @8
     use -call-> Money::operator+ @8
     use -call-> Money::operator[] @8
     use -call-> operator""_eur @8
     )"},
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
    {"virtual_qualified_and_final", R"(
     struct Base { virtual void run(); virtual ~Base(); };
     struct Leaf final : Base { void run() override { Base::run(); } };
     void open(Base& b) { b.run(); }
     void closed(Leaf& l) { l.run(); }
     void exact() { Leaf l; l.run(); }
     void end(Base* b) { delete b; }
     void end_leaf(Leaf* l) { delete l; }
     )",
     R"(
     Leaf::Leaf -construct-> Base::Base @2
     Leaf::run -call-> Base::run @2
     Leaf::~Leaf -destruct-> Base::~Base @2
     closed -call-> Leaf::run @4
     end -virtual-> Base::~Base @6
     end_leaf -destruct-> Leaf::~Leaf @7
     exact -call-> Leaf::run @5
     exact -construct-> Leaf::Leaf @5
     exact -destruct-> Leaf::~Leaf @5
     open -virtual-> Base::run @3
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
    {"default_arguments_belong_to_the_caller", R"(
     int def();
     int f(int x = def());
     int user() {
       return f();
     }
     int other() { return f(1); }
     )",
     R"(
     other -call-> f @6
     user -call-> def @4
     user -call-> f @4
     )"},
    {"lambdas", R"(
     int leaf();
     int top() {
       auto inner = [] {
         auto deep = [] { return leaf(); };
         return deep();
       };
       auto generic = [](auto x) { return leaf() + x; };
       return inner() + generic(1);
     }
     int by_pointer() { int (*p)() = [] { return leaf(); }; return p(); }
     auto global = [] { return leaf(); };
     )",
     R"(
     by_pointer -address-> by_pointer::(lambda) @10
     by_pointer::(lambda) -call-> leaf @10
     global -address-> global::(lambda) @11
     global::(lambda) -call-> leaf @11
     top -address-> top::(lambda) @3
     top -address-> top::(lambda) @7
     top -call-> top::(lambda) @8
     top::(lambda) -address-> top::(lambda)::(lambda) @4
     top::(lambda) -call-> leaf @7
     top::(lambda) -call-> top::(lambda)::(lambda) @5
     top::(lambda)::(lambda) -call-> leaf @4
     )"},
    {"a_lambda_as_template_argument", R"(
     template <auto F> int run() { return F(); }
     int leaf();
     int user() { return run<+[] { return leaf(); }>(); }
     )",
     R"(
     run -address-> user::(lambda) @1
     run -call-> user::(lambda) @1
     user -address-> user::(lambda) @3
     user -call-> run @3
     user::(lambda) -call-> leaf @3
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
    {"an_alias_calls_what_is_behind_it", R"(
     extern "C" { int real(int x) { return x; } int other(int) __attribute__((alias("real"))); }
     int use() { return other(1); }
     )",
     R"(
     other -call-> real @1
     use -call-> other @2
     )"},
    {"range_for_and_bindings", R"(
     struct It { int operator*() const; It& operator++(); bool operator!=(const It&) const; };
     struct Range { It begin() const; It end() const; };
     struct Pair { int a, b; };
     Pair pair();
     void use(const Range& r) {
       for (int i : r) {}
       auto [x, y] = pair();
     }
     )",
     R"(
     use -call-> It::operator!= @6
     use -call-> It::operator* @6
     use -call-> It::operator++ @6
     use -call-> Range::begin @6
     use -call-> Range::end @6
     use -call-> pair @7
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
    {"address_of_functions", R"(
     int a(); int b(); struct S { void m(); };
     int (*p)() = a;
     int (*table[])() = {a, &b};
     auto method = &S::m;
     void take(int (*)());
     void use() { take(b); }
     )",
     R"(
     method -address-> S::m @4
     p -address-> a @2
     table -address-> a @3
     table -address-> b @3
     use -address-> b @6
     use -call-> take @6
     )"},
    {"statics_of_the_same_name", R"(
     #include "one.h"
     static int helper() { return one(); }
     int two() { return helper(); }
     //// one.h
     namespace { int helper2(); int one_helper() { return 1; } }
     static int one() { return one_helper(); }
     )",
     R"(
     helper -call-> one @2
     one -call-> one_helper @2
     two -call-> helper @3
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
INSTANTIATE_TEST_SUITE_P(Table, Calls, testing::ValuesIn(kCases), name_of_case);

TEST(Overrides, AreListedDirectly) {
  const auto facts = parse({.text = R"(
    struct A { virtual void f(); virtual void g(); virtual ~A(); };
    struct B : A { void f() override; };
    struct C : B { void f() override; ~C() override; };
    template <class T> struct D : A { void g() override {} };
    void use() { D<int> d; }
  )"});
  EXPECT_EQ(overrides(facts), plain(R"(
    B::f overrides A::f
    B::~B overrides A::~A
    C::f overrides B::f
    C::~C overrides B::~B
    D::g overrides A::g
    D::~D overrides A::~A
  )"));
}

TEST(Indirect, JoinsByExactType) {
  const auto facts = parse({.text = R"(
    int add(int a, const int b) noexcept { return a + b; }
    int sub(int a, int b) { return a - b; }
    long other(long a) { return a; }
    struct Op { const char* name; int (*run)(int, int); };
    static const Op kOps[] = {{"add", add}, {"sub", sub}};
    long (*hook)(long) = other;
    int by_field(const Op& op) { return op.run(1, 2); }
    int by_index(int i) { return kOps[i].run(1, 2); }
    int by_parameter(int (*f)(int, int)) { return (*f)(1, 2); }
    long by_global() { return hook(1); }
    struct S { int m(int) const { return 1; } };
    int (S::*member)(int) const = &S::m;
    int by_member(const S& s) { return (s.*member)(1); }
    struct Hooks { long (*raw)(long); };
    long by_chosen_field(Hooks h, long (*Hooks::*which)(long)) { return (h.*which)(1); }
  )"});
  EXPECT_EQ(indirect(facts), plain(R"(
    by_chosen_field @15 may call: other
    by_field @7 may call: add sub
    by_global @10 may call: other
    by_index @8 may call: add sub
    by_member @13 may call: S::m
    by_parameter @9 may call: add sub
  )"));
}

TEST(Indirect, CAndPrototypes) {
  const auto facts = parse({.text = R"(
    typedef struct client client;
    typedef void command_proc(client *c);
    struct command { const char *name; command_proc *proc; };
    static void get(client *c) { (void)c; }
    static void set(struct client *c) { (void)c; }
    struct command table[] = {{"get", get}, {"set", set}};
    void run(struct command *c, client *who) { c->proc(who); }
  )",
                            .main_file = "a.c",
                            .arguments = {}});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(indirect(facts), "run @7 may call: get set\n");
  EXPECT_EQ(edges(facts, "address"), "table -address-> get @6\ntable -address-> set @6\n");
}

}  // namespace
}  // namespace patchgate
