#include "analyzers/scope/defines.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* name;
  const char* text;
  bool expected;
};

const Case kCases[] = {
    {"a function", "int f(int a) { return a; }", true},
    {"its brace on the next line", "static int\nf(int a,\n  int b)\n{\n}", true},
    {"a comment before the brace", "int f(void) /* why */ // more\n{ }", true},
    {"a method", "void A::f() const noexcept { }", true},
    {"a constructor", "A::f(int a) : a_(a) { }", true},
    {"an attribute", "void f(void) __attribute__((cold)) { }", true},
    {"a declaration", "int f(int a);", false},
    {"a call", "int g(void) { return f(1); }", false},
    {"a call in a condition", "int g(void) { if (f(1)) { } }", false},
    {"a longer name", "int ff(int a) { } int f_(int a) { }", false},
    {"the address", "int g(void) { h = f; { } }", false},
    {"FP_a choice", "int g(void) { return a ? f(1) : 2; }", true},
    {"nothing", "", false},
    {"ends early", "int f(int a", false},
    {"FN_old style of C", "int f(a) int a; { }", false},
    {"FP_a loop macro", "void g() { f(x, y) { } }", true},
};

TEST(SeemsToDefine, ByWordsAlone) {
  for (const Case& c : kCases) EXPECT_EQ(seems_to_define(c.text, "f"), c.expected) << c.name;
  EXPECT_FALSE(seems_to_define("int f() { }", ""));
}

}  // namespace
}  // namespace patchgate
