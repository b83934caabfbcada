#include "analyzers/model/unit_codec.h"
#include "collect_driver.h"

namespace patchgate {
namespace {

constexpr const char* kLibrary = R"(
//// /outside/lib.h
namespace lib {
template <class T> void empty_only(T) { static_assert(sizeof(T) == 0, "is looked at"); }
template <class T> struct Box {
  T value;
  void check() { static_assert(sizeof(T) == 0, "is looked at"); }
  friend bool same(const Box& a, const Box& b) { return a.value == b.value; }
};
template <auto V> void fixed() { static_assert(sizeof(V) == 0, "is looked at"); }
template <class T> void through(T it) { empty_only(sizeof(it)); }
template <class T> void apply(T it) { it(); }
template <template <class> class F> void family() { static_assert(sizeof(F<int>) == 0, "is looked at"); }
template <class T> constexpr int size(T) { static_assert(sizeof(T) == 0, "is looked at"); return 1; }
template <class T> auto deduced(T it) { static_assert(sizeof(T) == 0, "is looked at"); return it; }
struct Opaque;
}
)";

/// Errors tell whether a body was looked at.
struct LookedAt {
  const char* name;
  const char* text;
  bool usually;
  const char* standard = "-std=c++17";
};
void PrintTo(const LookedAt& one, std::ostream* out) { *out << one.name; }

class OutsideBody : public testing::TestWithParam<LookedAt> {};

TEST_P(OutsideBody, IsLookedAt) {
  const auto& one = GetParam();
  const Sources sources{.text = "#include \"/outside/lib.h\"\n" + plain(one.text) + kLibrary,
                        .arguments = {one.standard}};
  EXPECT_NE(parse_every_body(sources).failure, "");
  EXPECT_EQ(parse(sources).failure != "", one.usually) << parse(sources).failure;
}

INSTANTIATE_TEST_SUITE_P(
    Collect, OutsideBody,
    testing::ValuesIn(std::vector<LookedAt>{
        {"instance_of_nothing_ours", "void f() { lib::empty_only(1); }", false},
        {"method_of_nothing_ours", "void f(lib::Box<char>& box) { box.check(); }", false},
        {"value_of_nothing_ours", "void f() { lib::fixed<3>(); }", false},
        {"reached_through_ours", "struct Own {}; void f() { lib::through(Own()); }", false},
        {"reached_through_our_template", "template <class T> void g(T) { lib::empty_only(1); } void f() { g(1); }",
         false},
        {"instance_of_ours", "struct Own {}; void f() { lib::empty_only(Own()); }", true},
        {"instance_of_our_pointer", "struct Own; void f(Own* own) { lib::empty_only(own); }", true},
        {"method_of_ours", "struct Own {}; void f(lib::Box<Own>& box) { box.check(); }", true},
        {"lambda", "void f() { lib::empty_only([] {}); }", true},
        {"value_of_our_enum", "enum Own { one }; void f() { lib::fixed<one>(); }", true},
        {"value_of_our_variable", "int own; void f() { lib::fixed<&own>(); }", true},
        {"null_of_our_pointer", "struct Own; void f() { lib::fixed<static_cast<Own*>(nullptr)>(); }", true},
        {"our_template", "template <class T> struct Own {}; void f() { lib::family<Own>(); }", true},
        {"theirs_that_we_define_later", "void f(lib::Opaque* it) { lib::empty_only(it); } struct lib::Opaque {};",
         true},
        {"constant", "static_assert(lib::size(1) == 1, \"\");", true},
        {"type_that_is_deduced", "void f() { lib::deduced(1); }", true},
        {"no_template", "//// /outside/lib.h\ninline void f() { undeclared(); }", false},
        {"template_that_nobody_uses", "//// /outside/lib.h\ntemplate <class T> void f() { undeclared(); }", false},
        {"method_that_nobody_uses", "//// /outside/lib.h\ntemplate <class T> struct B { void f() { undeclared(); } };",
         false},
        {"template_with_concepts_about", "//// /outside/lib.h\ntemplate <class T> void f() { undeclared(); }", true,
         "-std=c++20"},
        {"our_template_that_nobody_uses", "template <class T> void f() { undeclared(); }", true},
        {"our_template_after_theirs", "#include \"/outside/lib.h\"\ntemplate <class T> void f() { undeclared(); }",
         true},
        {"our_header_in_theirs",
         "//// /outside/lib.h\n#include \"/repo/own.h\"\n//// own.h\ntemplate <class T> void f() { undeclared(); }",
         true},
    }),
    [](const auto& one) { return std::string(one.param.name); });

/// What their templates call of ours, though nothing else asks for these bodies.
class ThroughOutside : public testing::TestWithParam<Case> {};

TEST_P(ThroughOutside, Calls) {
  for (const auto* standard : {"-std=c++17", "-std=c++20"}) {
    const auto facts =
        parse({.text = "#include \"/outside/lib.h\"\n" + plain(GetParam().text) + kLibrary, .arguments = {standard}});
    EXPECT_EQ(facts.failure, "");
    EXPECT_EQ(edges(facts, "call"), plain(GetParam().want)) << standard;
  }
}

INSTANTIATE_TEST_SUITE_P(Collect, ThroughOutside,
                         testing::ValuesIn(std::vector<Case>{
                             {"function_object", R"(
      void leaf();
      struct Own { void operator()() { leaf(); } };
      void f() { lib::apply(Own()); }
    )",
                              R"(
      Own::operator() -call-> leaf @3
      f -call-> Own::operator() @4
      f -call-> lib::apply @4
    )"},
                             {"friend_of_a_class_template", R"(
      void leaf();
      template <class T> struct Own { bool operator==(const Own&) const { leaf(); return true; } };
      bool f(lib::Box<Own<int>>& box) { return same(box, box); }
    )",
                              R"(
      Own::operator== -call-> leaf @3
      f -call-> Own::operator== @4
      f -call-> lib::same @4
    )"},
                         }),
                         name_of_case);

/// Bodies that are parsed late must not find what stands after them.
class LateNames : public testing::TestWithParam<Case> {};

constexpr const char* kLate = R"(
//// /outside/late.h
namespace ext {
int hook(double);
template <class T> int late(T) { return hook(1); }
template <class T> int open(T it) { return hook(it); }
}
typedef unsigned char octet;
template <class T> int typed(T) { octet b = 1; return b; }
)";

TEST_P(LateNames, AreThoseOfTheirPlace) {
  // That the facts are those of an index that looks at every body, where it stands, is compared by parse().
  const auto facts = parse({.text = plain(GetParam().text) + kLate, .arguments = {"-std=c++17"}, .can_share = false});
  EXPECT_EQ(facts.failure, "");
  EXPECT_EQ(edges(facts, "call"), plain(GetParam().want));
  const auto shared = parse_after_start({.text = plain(GetParam().text) + kLate, .arguments = {"-std=c++17"}},
                                        {{"\"/outside/late.h\""}});
  EXPECT_FALSE(shared);
}

INSTANTIATE_TEST_SUITE_P(Collect, LateNames,
                         testing::ValuesIn(std::vector<Case>{
                             {"overload_after_the_library", R"(
      #include "/outside/late.h"
      int ext::hook(double) { return 1; }
      namespace ext { int hook(int) { return 2; } }
      struct Own {};
      int f() { return ext::late(Own()); }
    )",
                              R"(
      f -call-> ext::hook @5
      f -call-> ext::late @5
    )"},
                             {"overload_on_both_sides_of_it", R"(
      namespace ext { int hook(double) { return 1; } }
      #include "/outside/late.h"
      namespace ext { int hook(int) { return 2; } }
      struct Own {};
      int f() { return ext::late(Own()); }
    )",
                              R"(
      f -call-> ext::late @5
    )"},
                             {"ambiguous_only_at_the_end", R"(
      #include "/outside/late.h"
      namespace ext { int hook(float) { return 2; } }
      struct Own {};
      int f() { return ext::late(Own()); }
    )",
                              R"(
      f -call-> ext::late @4
    )"},
                             {"type_that_a_using_directive_doubles", R"(
      #include "/outside/late.h"
      namespace mine { enum class octet : unsigned char {}; }
      using namespace mine;
      struct Own {};
      int f() { return typed(Own()); }
    )",
                              R"(
      f -call-> typed @5
    )"},
                         }),
                         name_of_case);

}  // namespace
}  // namespace patchgate
