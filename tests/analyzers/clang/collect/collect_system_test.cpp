#include <sstream>

#include "collect_driver.h"

namespace patchgate {
namespace {

/// With the machine's own standard library: calls that pass through its templates.
UnitFacts parse_with_library(const char* text) {
  auto facts = parse({.text = text, .system_headers = true});
  EXPECT_EQ(facts.failure, "");
  return facts;
}

void expect_edges(const UnitFacts& facts, std::string_view want) {
  const auto got = edges(facts, "call construct destruct virtual");
  std::istringstream lines(plain(want));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_NE(got.find(line + "\n"), std::string::npos) << "missing: " << line << "\nin:\n" << got;
  }
}

TEST(Library, MakeUniqueConstructsAndDestroys) {
  expect_edges(parse_with_library(R"(
    #include <memory>
    struct Fee { explicit Fee(int); ~Fee(); };
    void f() {
      auto fee = std::make_unique<Fee>(1);
    }
    void g() { std::shared_ptr<Fee> fee = std::make_shared<Fee>(2); }
  )"),
               R"(
    f -construct-> Fee::Fee @4
    f -destruct-> Fee::~Fee @4
    g -construct-> Fee::Fee @6
    g -destruct?possible-> Fee::~Fee @6
  )");
}

TEST(Library, SortCallsItsComparator) {
  expect_edges(parse_with_library(R"(
    #include <algorithm>
    #include <vector>
    struct Row { int key; };
    bool operator<(const Row& a, const Row& b) { return a.key < b.key; }
    struct By { bool operator()(const Row& a, const Row& b) const { return a.key > b.key; } };
    void plain(std::vector<Row>& rows) { std::sort(rows.begin(), rows.end()); }
    void functor(std::vector<Row>& rows) { std::sort(rows.begin(), rows.end(), By()); }
    void lambda(std::vector<Row>& rows) {
      std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return b < a; });
    }
  )"),
               R"(
    functor -call-> By::operator() @7
    lambda -call-> lambda::(lambda) @9
    lambda::(lambda) -call-> operator< @9
    plain -call-> operator< @6
  )");
}

TEST(Library, ContainersCopyAndDestroy) {
  expect_edges(parse_with_library(R"(
    #include <map>
    #include <string>
    #include <vector>
    struct Item { Item(); Item(const Item&); ~Item(); };
    void fill(std::vector<Item>& all, const Item& one) { all.push_back(one); }
    void scope() {
      std::map<std::string, Item> items;
    }
  )"),
               R"(
    fill -construct-> Item::Item @5
    scope -destruct-> Item::~Item @7
  )");
}

TEST(Library, FunctionAndThreadCallWhatTheyHold) {
  expect_edges(parse_with_library(R"(
    #include <functional>
    #include <thread>
    int leaf();
    void hold() {
      std::function<int()> held = [] { return leaf(); };
      held();
    }
    void spawn() { std::thread t([] { leaf(); }); t.join(); }
  )"),
               R"(
    hold -call?possible-> hold::(lambda) @5
    hold::(lambda) -call-> leaf @5
    spawn -call?possible-> spawn::(lambda) @8
  )");
}

TEST(Library, PolymorphicDeleteIsVirtual) {
  expect_edges(parse_with_library(R"(
    #include <memory>
    struct Base { virtual ~Base(); };
    void f(std::unique_ptr<Base> base) { base.reset(); }
  )"),
               "f -virtual-> Base::~Base @3");
}

TEST(Library, FunctionsFromOutsideAreNodes) {
  const auto facts = parse_with_library(R"(
    #include <unistd.h>
    #include <string>
    void wipe(const std::string& path) { unlink(path.c_str()); }
  )");
  EXPECT_EQ(edges(facts, "call"), plain(R"(
    wipe -call-> std::basic_string::c_str @3
    wipe -call-> unlink @3
  )"));
  for (const auto& symbol : facts.files.at(0).symbols) {
    if (symbol.name != "unlink") continue;
    EXPECT_TRUE(symbol.has(UnitSymbol::outside));
    EXPECT_EQ(symbol.file, "");
    EXPECT_EQ(symbol.line, 0U);
  }
}

TEST(Library, Coroutine) {
  expect_edges(parse_with_library(R"(
    #include <coroutine>
    struct Task {
      struct promise_type {
        Task get_return_object();
        std::suspend_never initial_suspend();
        std::suspend_never final_suspend() noexcept;
        void return_void();
        void unhandled_exception();
      };
    };
    struct Wait { bool await_ready(); void await_suspend(std::coroutine_handle<>); int await_resume(); };
    int leaf(int);
    Task run() { leaf(co_await Wait()); }
  )"),
               R"(
    run -call-> Task::promise_type::get_return_object @13
    run -call-> Wait::await_resume @13
    run -call-> leaf @13
  )");
}

}  // namespace
}  // namespace patchgate
