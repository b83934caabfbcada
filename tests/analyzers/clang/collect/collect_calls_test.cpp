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
