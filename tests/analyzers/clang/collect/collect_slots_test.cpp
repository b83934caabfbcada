#include "analyzers/graph/graph.h"
#include "collect_driver.h"

namespace patchgate {
namespace {

class Slots : public testing::TestWithParam<Case> {};

TEST_P(Slots, HoldWhatIsPutIn) {
  const auto facts = parse({.text = GetParam().text});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(slots(facts), plain(GetParam().want));
}

const Case kCases[] = {
    {"a_field_of_a_table_not_its_sibling", R"(
     struct Ops { int (*read)(int); int (*write)(int); };
     int disk_read(int); int disk_write(int); int net_read(int); int net_write(int);
     const Ops kDisk = {disk_read, disk_write};
     const Ops kAll[] = {{.read = net_read, .write = net_write}, kDisk};
     int get(const Ops* ops) { return ops->read(1); }
     int put(int i) { return kAll[i].write(1); }
     )",
     R"(
     get @5 -> disk_read net_read
     put @6 -> disk_write net_write
     )"},
    {"parameters_carry_it_into_a_field", R"(
     struct Timer { void (*fire)(); };
     void arm(Timer& t, void (*cb)()) { t.fire = cb; }
     void beep(); void never();
     void start(Timer& t) { arm(t, beep); }
     void tick(Timer& t) { t.fire(); }
     void (*unused)() = never;
     )",
     "tick @5 -> beep\n"},
    {"through_an_inherited_constructor", R"(
     struct Base { void (*cb)(); Base(void (*f)()) : cb(f) {} };
     struct Derived : Base { using Base::Base; };
     void beep(); void never();
     void (*unused)() = never;
     Derived make() { return Derived(beep); }
     void run(Base& b) { b.cb(); }
     )",
     "run @6 -> beep\n"},
    {"results_and_choices", R"(
     int twice(int); int half(int);
     using F = int (*)(int);
     F pick(bool b) { if (b) return twice; return half; }
     int run(bool b) { return pick(b)(2); }
     int choose(bool b) { return (b ? twice : half)(2); }
     int local() { F f = nullptr; f = twice; F g = f; return g(2); }
     )",
     R"(
     choose @5 -> half twice
     local @6 -> twice
     run @4 -> half twice
     )"},
    {"arrays_of_pointers_and_pointers_into_them", R"(
     void a(); void b(); void c();
     void (*table[3])() = {a, b};
     void by_index(int i) { table[i](); }
     void by_pointer() { for (auto p = table; *p; ++p) (*p)(); }
     void set() { auto p = table; p[2] = c; }
     void each() { for (auto f : table) f(); }
     void out(void (**slot)()) { *slot = c; }
     void fill() { void (*f)() = nullptr; out(&f); f(); }
     )",
     R"(
     by_index @3 -> a b c
     by_pointer @4 -> a b c
     each @6 -> a b c
     fill @8 -> c
     )"},
    {"what_cannot_be_followed_is_said", R"(
     void* find(const char*);
     void known();
     using F = void (*)();
     void from_outside() { F f = (F)find("x"); f(); }
     void both(bool b) { F f = b ? known : (F)find("x"); f(); }
     void through_void(void* p) { ((F)p)(); }
     void hand() { through_void((void*)known); }
     )",
     R"(
     both @5 -> known ?
     from_outside @4 -> ?
     through_void @6 -> known ?
     )"},
    {"stored_under_the_name_of_another_type", R"(
     void* find(const char*);
     void a(); void b();
     using F = void (*)();
     void by_pointer() { F f = a; *(void**)(&f) = find("x"); f(); }
     void by_reference() { F f = a; reinterpret_cast<void*&>(f) = find("x"); f(); }
     void known() { F f = a; *(void**)&f = (void*)b; f(); }
     )",
     R"(
     by_pointer @4 -> a ?
     by_reference @5 -> a ?
     known @6 -> a b
     )"},
    {"references_that_are_given_back", R"(
     void a(); void b(); void c();
     using F = void (*)();
     struct Hooks { F f = c; F g = c; F& first() { return f; } F& operator[](int) { return g; } };
     void set(Hooks& h) { h.first() = a; h[1] = b; }
     void run(Hooks& h) { h.f(); h.g(); }
     )",
     R"(
     run @5 -> a c
     run @5 -> b c
     )"},
    {"null_and_numbers_are_no_functions", R"(
     using F = void (*)(int);
     void real(int);
     F handler = nullptr;
     void reset() { handler = 0; handler = (F)1; }
     void set() { handler = real; }
     void run() { if (handler) handler(1); }
     )",
     "run @6 -> real\n"},
    {"pointers_to_members", R"(
     struct S { int one(int); int two(int); };
     struct Row { const char* name; int (S::*get)(int); };
     const Row kRows[] = {{"one", &S::one}};
     int run(S& s, const Row& r) { return (s.*r.get)(1); }
     int (S::*loose)(int) = &S::two;
     int go(S* s) { return (s->*loose)(1); }
     )",
     R"(
     go @6 -> S::two
     run @4 -> S::one
     )"},
    {"constructors_and_default_initialisers", R"(
     void a(); void b();
     struct Hook { void (*f)(); explicit Hook(void (*g)()) : f(g) {} };
     struct Other { void (*f)() = b; };
     void run(Hook& h, Other& o) { h.f(); o.f(); }
     Hook h(a);
     )",
     R"(
     run @4 -> a
     run @4 -> b
     )"},
    {"lambdas_as_pointers", R"(
     struct Job { int (*run)(int); };
     int work(Job& j) { return j.run(1); }
     void make(Job& j) { j.run = [](int x) { return x; }; }
     )",
     "work @2 -> make::(lambda)\n"},
    {"unions_and_nested_structs", R"(
     void a(); void b();
     union U { void (*f)(); long n; };
     struct Deep { struct { U u; void (*g)(); } in[2]; };
     Deep deep = {{{{a}, b}}};
     void run(Deep& d) { d.in[0].u.f(); d.in[1].g(); }
     )",
     R"(
     run @5 -> a
     run @5 -> b
     )"},
    {"one_member_of_a_union_and_another", R"(
     void* find(const char*);
     void a(); void b(); void c(); void other(int);
     using F = void (*)();
     union ByVoid { void* p; F f; };
     union ByNumber { F f; unsigned long n; };
     union Same { F one; F two; };
     union Found { F f; void* p; };
     union Started { void* p; F f; };
     union Tagged { F f; void (*g)(int); long n; void* p; };
     struct Holder { union { void* p; F f; }; };
     void by_void(ByVoid& u) { u.p = (void*)a; u.f(); }
     void by_number(ByNumber& u) { u.n = (unsigned long)b; u.f(); }
     void same(Same& u) { u.one = c; u.two(); }
     void found(Found& u) { u.f = a; u.p = find("x"); u.f(); }
     void started() { Started u = {.p = (void*)c}; u.f(); }
     void tagged(Tagged& u) { u.f = b; u.g = other; u.n = 3; u.p = nullptr; u.f(); }
     void unnamed(Holder& h) { h.p = (void*)a; h.f(); }
     )",
     R"(
     by_number @12 -> b ?
     by_void @11 -> a ?
     found @14 -> a ?
     same @13 -> c
     started @15 -> c ?
     tagged @16 -> b
     unnamed @17 -> a ?
     )"},
    {"through_a_pointer_to_whom_it_is_passed", R"(
     void leaf();
     void run_it(void (*f)()) { f(); }
     void (*runner)(void (*)()) = run_it;
     void go() { runner(leaf); }
     )",
     R"(
     go @4 -> run_it
     run_it @2 -> leaf
     )"},
    {"overriders_take_the_same_arguments", R"(
     void leaf();
     using F = void (*)();
     struct Base { virtual void on(F f) = 0; virtual F get() = 0; };
     struct Real : Base { void on(F f) override { f(); } F get() override { return leaf; } };
     void go(Base& b) { b.on(leaf); b.get()(); }
     )",
     R"(
     Real::on @4 -> leaf
     go @5 -> leaf
     )"},
    {"members_of_templates_are_one_place", R"(
     void leaf();
     template <class T> struct Box { T value; void set(T v) { value = v; } void run() { value(); } };
     void go() { Box<void (*)()> b; b.set(leaf); b.run(); }
     )",
     "Box::run @2 -> leaf\n"},
    {"dependent_initialisers", R"(
     void leaf();
     template <class T> struct Job { void (*f)(); T t; Job(void (*g)(), int n) : f(g), t(n, 1) {} void run() { f(); } };
     struct Pair { Pair(int, int); };
     void go() { Job<Pair> j(leaf, 2); j.run(); }
     template <class T> struct Never { void (*f)(); T t; Never(void (*g)(), T x) : f(g), t(x, 1) {} };
     )",
     "Job::run @2 -> leaf\n"},
    {"static_locals_and_captures", R"(
     void a(); void b();
     void keep() { static void (*f)() = a; f(); }
     void capture() { void (*f)() = b; auto g = [f, h = f] { f(); h(); }; g(); }
     )",
     R"(
     capture::(lambda) @3 -> b
     keep @2 -> a
     )"},
};
INSTANTIATE_TEST_SUITE_P(Table, Slots, testing::ValuesIn(kCases), name_of_case);

TEST(SlotsInC, DispatchTablesAndCallbacks) {
  const auto facts = parse({.text = R"(
    typedef struct server server;
    struct server_ops { int (*open)(server*); void (*close)(server*); };
    struct server { const struct server_ops *ops; void (*log)(); };
    static int tcp_open(server *s) { (void)s; return 0; }
    static void tcp_close(server *s) { (void)s; }
    static void log_all(const char *text) { (void)text; }
    static const struct server_ops tcp = { .open = tcp_open, .close = tcp_close };
    int start(server *s) { s->ops = &tcp; s->log = log_all; return s->ops->open(s); }
    void stop(server *s) { s->log("stop"); s->ops->close(s); }
  )",
                            .main_file = "a.c",
                            .arguments = {}});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(slots(facts), plain(R"(
    start @8 -> tcp_open
    stop @9 -> log_all
    stop @9 -> tcp_close
  )"));
}

}  // namespace
}  // namespace patchgate
