#include "collect_driver.h"

namespace patchgate {
namespace {

class Flows : public testing::TestWithParam<Case> {};

TEST_P(Flows, FollowData) {
  const std::string prelude =
      "struct Doc { int n; void add(int); int size() const; }; Doc make(); void fill(Doc&); int send(const Doc&); "
      "int post(const Doc*); int value();\n";
  const auto facts = parse({.text = prelude + plain(GetParam().text)});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(flows(facts), plain(GetParam().want));
}

const Case kCases[] = {
    {"returned_then_passed", "void f() { Doc d = make(); send(d); }", "f: make -> send @2"},
    {"written_by_reference", "void f() { Doc d; fill(d); send(d); }", "f: fill -> send @2"},
    {"written_by_address_and_pointer", R"(
     void fill2(Doc*);
     void f() { Doc d; fill2(&d); post(&d); }
     void g(Doc* d) { fill2(d); post(d); }
     )",
     R"(
     f: fill2 -> post @3
     g: fill2 -> (returned) @4
     g: fill2 -> post @4
     )"},
    {"written_by_a_method", "void f() { Doc d; d.add(1); send(d); d.size(); }",
     "f: Doc::add -> Doc::size @2\nf: Doc::add -> send @2"},
    {"call_in_call", "void f() { send(make()); }", "f: make -> send @2"},
    {"through_an_assignment", "void f() { Doc d, e; d = make(); e = d; post(&e); }", "f: make -> post @2"},
    {"in_order_of_the_text", "void f() { Doc d; send(d); fill(d); }", ""},
    {"a_loop_goes_round", "void f(int n) { Doc d; while (n) { send(d); fill(d); } }", "f: fill -> send @2"},
    {"returned", "Doc f() { Doc d = make(); return d; }", "f: make -> (returned) @2"},
    {"written_for_the_caller", R"(
     void f(Doc& out) { out = make(); }
     void g(Doc* out) { *out = make(); }
     void h(Doc by_value) { by_value = make(); }
     void k(const Doc& in) { send(in); }
     )",
     R"(
     f: make -> (returned) @2
     g: make -> (returned) @3
     )"},
    {"fields_of_this", R"(
     struct Writer {
       Doc doc; Doc other;
       void put() { doc = make(); }
       void flush() { fill(doc); send(doc); send(other); }
     };
     )",
     R"(
     Writer::flush: fill -> (returned) @5
     Writer::flush: fill -> send @5
     Writer::put: make -> (returned) @4
     )"},
    {"constructor_is_a_producer", R"(
     struct Key { Key(int); int x; };
     int use(const Key&);
     void f() { Key k(value()); use(k); }
     )",
     R"(
     f: Key::Key -> use @4
     f: value -> Key::Key @4
     f: value -> use @4
     )"},
    {"result_carries_its_arguments", R"(
     Doc wrap(const Doc&);
     void f() { send(wrap(make())); }
     )",
     R"(
     f: make -> send @3
     f: make -> wrap @3
     f: wrap -> send @3
     )"},
    {"in_a_lambda", R"(
     void f() { Doc d = make(); auto go = [&] { send(d); }; go(); }
     )",
     R"(
     f: make -> f::(lambda) @2
     f::(lambda): make -> send @2
     )"},
    {"not_itself", "Doc f(int n) { return n ? f(n - 1) : Doc(); }", ""},
    {"branches_and_conditions", "void f(bool c) { Doc d; if (c) d = make(); send(c ? d : make()); }",
     "f: make -> send @2"},
    {"a_condition_is_no_data", R"(
     bool check(const Doc&);
     void use(bool, int);
     void f(Doc d) { bool ok = check(d); use(ok, value() == 1); use(ok, value() + 1); }
     )",
     "f: value -> use @4"},
    {"subscript_and_member", R"(
     void f() { Doc many[2]; many[0] = make(); send(many[1]); }
     void g() { Doc d; d.n = value(); send(d); }
     )",
     R"(
     f: make -> send @2
     g: value -> send @3
     )"},
};
INSTANTIATE_TEST_SUITE_P(Table, Flows, testing::ValuesIn(kCases), name_of_case);

TEST(Flows, ThroughTheStandardLibrary) {
  const auto facts = parse({.text = R"(
    #include <string>
    #include <vector>
    std::string encode(int);
    void put(const std::string&);
    void f() { std::string body; body += encode(1); put(body); }
    void g() { std::vector<std::string> all; all.push_back(encode(1)); put(all.front()); }
    void h(std::string* out) { out->append(encode(2)); }
  )",
                            .system_headers = true});
  EXPECT_EQ(facts.failure, "");
  const auto all = flows(facts);
  EXPECT_NE(all.find("f: encode -> put @5\n"), std::string::npos) << all;
  EXPECT_NE(all.find("g: encode -> put @6\n"), std::string::npos) << all;
  EXPECT_NE(all.find("h: encode -> (returned) @7\n"), std::string::npos) << all;
}

TEST(Flows, DeepExpressionsEnd) {
  std::string sum = "value()";
  for (int i = 0; i < 20000; ++i) sum += "+1";
  const auto facts = parse({.text = "int value(); void use(int); void f() { use(" + sum + "); }"});
  EXPECT_EQ(edges(facts, "call"), "f -call-> use @1\nf -call-> value @1\n");
  EXPECT_EQ(flows(facts), "f: value -> use @1\n");
}

}  // namespace
}  // namespace patchgate
