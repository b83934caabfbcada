#include "analyzers/graph/graph.h"
#include "collect_driver.h"

namespace patchgate {
namespace {

TEST(SlotsOutside, ACallbackOfTheCLibrary) {
  const auto facts = parse({.text = R"(
    #include <signal.h>
    #include <stdlib.h>
    #include <pthread.h>
    int compare(const void*, const void*); void on_signal(int); void* work(void*); void bye();
    void sort(int* a) { qsort(a, 3, sizeof *a, compare); }
    void start() { pthread_t t; pthread_create(&t, nullptr, work, nullptr); atexit(bye); }
    void listen() { struct sigaction s = {}; s.sa_handler = on_signal; sigaction(1, &s, nullptr); }
    void on_old_signal(int);
    void listen_too() { void (*before)(int) = signal(1, on_old_signal); signal(1, before); }
  )",
                            .system_headers = true});
  EXPECT_EQ(outside_slots(facts), plain(R"(
    atexit < bye
    pthread_create < work
    qsort < compare
    sigaction::sa_handler < on_signal
    signal < on_old_signal
  )"));
}

TEST(SlotsOutside, ACallbackOfTheCppLibrary) {
  const auto facts = parse({.text = R"(
    #include <algorithm>
    #include <cstdio>
    #include <exception>
    #include <functional>
    #include <future>
    #include <memory>
    #include <mutex>
    #include <set>
    #include <thread>
    #include <utility>
    #include <variant>
    #include <vector>
    bool odd(int); bool less(int, int); void each(int); void work(int); int later(); void dying(); void once();
    int shut(std::FILE*); bool order(int, int); void moved(); void taken(); void kept(); int number(int); double same(double);
    void sort(std::vector<int>& v) {
      v.erase(std::remove_if(v.begin(), v.end(), odd), v.end());
      std::sort(v.begin(), v.end(), less);
      std::for_each(v.begin(), v.end(), each);
    }
    void start() { std::thread t(work, 1); auto f = std::async(later); std::set_terminate(dying); }
    void init(std::once_flag& f) { std::call_once(f, once); }
    void look(std::variant<int, double>& v) { std::visit([](auto x) { (void)x; }, v); }
    void own() { std::unique_ptr<std::FILE, int (*)(std::FILE*)> f(nullptr, shut); }
    void ordered() { std::set<int, bool (*)(int, int)> s(order); }
    void hand_on() {
      auto f = moved; auto g = std::move(f); g();
      auto h = taken; std::exchange(h, nullptr)();
      std::vector<void (*)()> v; v.push_back(kept);
      std::function<void()> o(kept); std::pair<int, void (*)()> p(1, kept);
    }
  )",
                            .system_headers = true});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(outside_slots(facts), plain(R"(
    std::async < later
    std::call_once < once
    std::for_each < each
    std::remove_if < odd
    std::set::set < order
    std::set_terminate < dying
    std::sort < less
    std::thread::thread < work
    std::unique_ptr::unique_ptr < shut
    std::visit < look::(lambda)
  )"));
}

TEST(SlotsOutside, ACallbackOfAFunctionThatNobodyDefines) {
  const auto facts = parse({.text = R"(
    extern "C" void lib_on_event(int kind, void (*call)(int));
    void every(void (*call)(int));
    static void on_event(int) {} static void on_each(int) {}
    void start() { lib_on_event(1, on_event); every(on_each); }
    void every(void (*call)(int)) { call(1); }
  )"});
  GraphBuilder builder;
  for (const auto& file : facts.files) builder.add(file);
  const auto graph = std::move(builder).build();
  std::string text;
  for (const auto& one : graph.entrances()) text += graph.node(one.function).name + " through " + one.through + "\n";
  EXPECT_EQ(text, "on_event through lib_on_event\n");
}

TEST(SlotsOutside, WhatIsBoundIsCalledByWhoCallsTheObject) {
  const auto facts = parse({.text = R"(
    #include <functional>
    void both(int, int); int one(int); bool odd(int); struct X { void m(int); };
    void bound() { auto b = std::bind(both, 1, std::placeholders::_1); b(2); }
    void at_once(X& x) { std::bind(&X::m, &x, 1)(); }
    int refers() { auto r = std::ref(one); return r(1); }
    bool negates() { auto n = std::not_fn(odd); return n(1); }
    void member(X& x) { auto f = std::mem_fn(&X::m); f(x, 1); }
    int never() { std::less<int> l; return l(1, 2); }
  )",
                            .system_headers = true});
  EXPECT_EQ(slots(facts), plain(R"(
    at_once @4 -> X::m
    bound @3 -> both
    member @7 -> X::m
    negates @6 -> odd
    refers @5 -> one
  )"));
}

TEST(SlotsOutside, MovesFromOnePlaceToTheOther) {
  const auto facts = parse({.text = R"(
    #include <string.h>
    #include <algorithm>
    #include <iterator>
    #include <utility>
    #include <vector>
    void a(); void b(); void c(); int less(const void*, const void*);
    using F = void (*)();
    void copied() { F f[2] = {a}; static const F first[2] = {b, c}; memcpy(f, first, sizeof f); f[0](); first[0](); }
    void swapped() { F f = a, g = b; std::swap(f, g); f(); }
    void exchanged() { F f = a; auto old = std::exchange(f, b); f(); old(); }
    void appended() { std::vector<F> v{a}, w{b}; std::copy(v.begin(), v.end(), std::back_inserter(w)); w[0](); }
  )",
                            .system_headers = true});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(slots(facts), plain(R"(
    appended @11 -> a b
    copied @8 -> a b c
    copied @8 -> b c
    exchanged @10 -> a b
    swapped @9 -> a b
  )"));
}

TEST(SlotsOutside, StandardFunctionsAndContainers) {
  const auto facts = parse({.text = R"(
    #include <algorithm>
    #include <functional>
    #include <map>
    #include <string>
    #include <utility>
    #include <vector>
    using Handler = std::function<int(int)>;
    int plain_one(int); int added(int);
    struct Functor { int operator()(int) const; };
    class Bus {
     public:
      void on(const std::string& name, Handler h) { named_[name] = std::move(h); }
      void add(Handler h) { all_.push_back(std::move(h)); }
      int fire(const std::string& name) { return named_.at(name)(1); }
      int all() { int n = 0; for (auto& h : all_) n += h(1); return n; }
      int last() { auto h = all_.back(); return h ? h(2) : 0; }
      int first() { if (auto it = named_.find("x"); it != named_.end()) return it->second(3); return 0; }
     private:
      std::map<std::string, Handler> named_;
      std::vector<Handler> all_;
    };
    void wire(Bus& b) {
      b.on("a", plain_one);
      b.on("b", [](int x) { return x; });
      b.add(Functor{});
      b.add(std::bind(added, std::placeholders::_1));
    }
    struct Events { Handler on_open, on_close, on_error; };
    void wire_events(Events& e) {
      auto named = [](int x) { return x - 1; };
      e.on_open = [](int x) { return x; };
      e.on_close = Functor{};
      e.on_error = named;
    }
    int fire_events(Events& e) {
      return e.on_open(1) +
             e.on_close(1) +
             e.on_error(1);
    }
    int direct() { Handler h = [](int x) { return x + 1; }; return h(1); }
    void sort(std::vector<int>& v) { std::sort(v.begin(), v.end(), [](int a, int b) { return a > b; }); }
  )",
                            .system_headers = true});
  EXPECT_EQ(slots(facts), plain(R"(
    Bus::all @15 -> Functor::operator() added
    Bus::fire @14 -> plain_one wire::(lambda)
    Bus::first @17 -> plain_one wire::(lambda)
    Bus::last @16 -> Functor::operator() added
    direct @40 -> direct::(lambda)
    fire_events @36 -> wire_events::(lambda)
    fire_events @37 -> Functor::operator()
    fire_events @38 -> wire_events::(lambda)
  )"));
  EXPECT_EQ(outside_slots(facts), "std::sort < sort::(lambda)\n");
}

}  // namespace
}  // namespace patchgate
