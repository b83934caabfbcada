#include "guards_driver.h"

namespace patchgate {
namespace {

class Removed : public testing::TestWithParam<GuardCase> {};

TEST_P(Removed, IsFound) { EXPECT_EQ(findings_between(GetParam().base, GetParam().head), GetParam().want); }

constexpr const char* kNothing = "";

const GuardCase kCases[] = {
    {"EarlyReturn", R"(void use(int*); void f(int* p) {
  if (!p) return;
  use(p);
})",
     R"(void use(int*); void f(int* p) {
  use(p);
})",
     "guard_removed: !p | use(p) 2/2\n"},
    {"IfAround", R"(void use(int*); void f(int* p) {
  if (p != nullptr) use(p);
})",
     R"(void use(int*); void f(int* p) {
  use(p);
})",
     "guard_removed: p != nullptr | use(p) 2/2\n"},
    {"ConjunctDropped", R"(void use(int*); void f(int* p, bool on) {
  if (p && on) use(p);
})",
     R"(void use(int*); void f(int* p, bool on) {
  if (on) use(p);
})",
     "guard_weakened: p && on → on | use(p) [a part of the condition is gone] 2/2\n"},
    {"DisjunctAdded", R"(void use(int*); void f(int* p, bool on) {
  if (p) use(p);
})",
     R"(void use(int*); void f(int* p, bool on) {
  if (p || on) use(p);
})",
     "guard_weakened: p → p || on | use(p) [another way to pass was added] 2/2\n"},
    {"BoundWidened", R"(void use(int); void f(int i, int n) {
  if (i < n) use(i);
})",
     R"(void use(int); void f(int i, int n) {
  if (i <= n) use(i);
})",
     "guard_weakened: i < n → i <= n | use(i) [the bound lets more through] 2/2\n"},
    {"NumberRaised", R"(void use(int); void f(int i) {
  if (i > 255) return;
  use(i);
})",
     R"(void use(int); void f(int i) {
  if (i > 65535) return;
  use(i);
})",
     "guard_weakened: i > 255 → i > 65535 | use(i) [the bound lets more through] 2/2\n"},
    {"TurnedAround", R"(void use(int*); void f(int* p) {
  if (p) use(p);
})",
     R"(void use(int*); void f(int* p) {
  if (!p) use(p);
})",
     "guard_weakened: p → !p | use(p) [the condition is turned around] 2/2\n"},
    {"MadeConstant", R"(void use(int*); void f(int* p) {
  if (p) use(p);
})",
     R"(void use(int*); void f(int* p) {
  if (true) use(p);
})",
     "guard_removed: p | use(p) 2/2\n"},
    {"SameTurnedIntoIf", R"(void use(int*); void f(int* p) {
  if (!p) return;
  use(p);
})",
     R"(void use(int*); void f(int* p) {
  if (p != nullptr) { use(p); }
})",
     kNothing},
    {"ValueOrInstead", R"(
template <class T> struct optional { bool has_value() const; T& operator*() const; T value_or(T) const; };
void set(int); void f(const optional<int>& v) {
  if (!v.has_value()) return;
  set(*v);
})",
     R"(
template <class T> struct optional { bool has_value() const; T& operator*() const; T value_or(T) const; };
void set(int); void f(const optional<int>& v) {
  set(v.value_or(0));
})",
     "guard_removed: !v.has_value() | set(v.value_or(0)) 4/4\n"},
    {"PointerBecameReference", R"(struct S { int n; void g(); }; void f(S* s) {
  if (!s) return;
  s->g();
})",
     R"(struct S { int n; void g(); }; void f(S& s) {
  s.g();
})",
     kNothing},
    {"UseIsGoneToo", R"(void use(int*); void f(int* p) {
  if (p) use(p);
})",
     R"(void use(int*); void f(int* p) {
})",
     kNothing},
    {"ContinueIsAGuard", R"(void use(int*); void note(const char*); int check(int*); void f(int** v, int n) {
  for (int i = 0; i < n; ++i) {
    if (!v[i]) continue;
    use(v[i]);
  }
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int** v, int n) {
  for (int i = 0; i < n; ++i) {
    use(v[i]);
  }
})",
     "guard_removed: !v[i] | use(v[i]) 3/3\n"},
    {"ThrowIsAGuard", R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  if (!p) throw 1;
  use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  use(p);
})",
     "guard_removed: !p | use(p) 2/2\n"},
    {"GuardOfAResult", R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  int rc = check(p);
  if (rc != 0) return;
  use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  int rc = check(p);
  use(p);
})",
     "guard_removed: rc != 0 | use(p) 3/3\n"},
    {"BehindAMacro", R"(void use(int*); void note(const char*); int check(int*); 
#define NEED(x) do { if (!(x)) return; } while (0)
void f(int* p) {
  NEED(p);
  use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); 
#define NEED(x) do { if (!(x)) return; } while (0)
void f(int* p) {
  use(p);
})",
     "guard_removed: NEED(p) | use(p) 4/4\n"},
    {"AMacroThatNoLongerAsks", R"(void use(int*); void note(const char*); int check(int*); 
#define IF_SET(x) if (x)
void f(int* p) {
  IF_SET(p) use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); 
#define IF_SET(x) if (true)
void f(int* p) {
  IF_SET(p) use(p);
})",
     "guard_removed: IF_SET(p) | use(p) 4/4\n"},
    {"WhatATraceMacroAsksHasTheLineInIt", R"(void use(int*); void note(const char*); int check(int*); 
int length(const char*); void put(const char*, int);
#define TEXT(x) #x
#define LINE(x) "a.c:" TEXT(x)
#define TRACE(x) put(x, LINE(__LINE__) == (const char*)0 ? 0 : length(x))
void f(int* p) {
  TRACE("enter");
  use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); 
int length(const char*); void put(const char*, int);
#define TEXT(x) #x
#define LINE(x) "a.c:" TEXT(x)
#define TRACE(x) put(x, LINE(__LINE__) == (const char*)0 ? 0 : length(x))
void f(int* p) {
  check(p);
  TRACE("enter");
  use(p);
})",
     kNothing},
    {"WhatALogMacroAsksOfItsArguments", R"(void use(int*); void note(const char*); int check(int*); 
#define SAY(x, y) do { if ((x) && (y)) note(x); } while (0)
void f(int* p) {
  SAY("one", p);
  use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); 
#define SAY(x, y) do { if ((x) && (y)) note(x); } while (0)
void f(int* p) {
  SAY("two", 1);
  use(p);
})",
     kNothing},
    {"AMacroWithACheckBecameTheBareCall", R"(void use(int*); void note(const char*); int check(int*); 
#define USE(x) do { if (x) use(x); } while (0)
void f(int* p) {
  USE(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); 
#define USE(x) do { if (x) use(x); } while (0)
void f(int* p) {
  use(p);
})",
     "guard_removed: USE(p) | use(p) 4/4\n"},
    {"FN_AMacroThatNoLongerAsksAndCallsItself", R"(void use(int*); void note(const char*); int check(int*); 
#define USE(x) do { if (x) use(x); } while (0)
void f(int* p) {
  USE(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); 
#define USE(x) do { use(x); } while (0)
void f(int* p) {
  USE(p);
})",
     kNothing},
    {"InATemplate", R"(void use(int*); void note(const char*); int check(int*); template <class T> void f(T* p) {
  if (!p) return;
  p->go();
})",
     R"(void use(int*); void note(const char*); int check(int*); template <class T> void f(T* p) {
  p->go();
})",
     "guard_removed: !p | p->go() 2/2\n"},
    {"InALambda", R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  auto g = [p] {
    if (!p) return;
    use(p);
  };
  g();
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  auto g = [p] {
    use(p);
  };
  g();
})",
     "guard_removed: !p | use(p) 3/3\n"},
    {"ConstexprIf", R"(void use(int*); void note(const char*); int check(int*); template <bool Safe> void f(int* p) {
  if constexpr (Safe) { if (!p) return; }
  if (p) use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); template <bool Safe> void f(int* p) {
  if constexpr (Safe) { if (!p) return; }
  use(p);
})",
     "guard_removed: p | use(p) 3/3\n"},
    {"JumpToTheEnd", R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  if (!p) goto out;
  use(p);
out:
  note("");
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  use(p);
out:
  note("");
})",
     "guard_removed: !p | use(p) 2/2\n"},
    {"AssertionRemoved",
     R"(void use(int*); void note(const char*); int check(int*); [[noreturn]] void die(); void f(int* p) {
  p ? (void)0 : die();
  use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); [[noreturn]] void die(); void f(int* p) {
  use(p);
})",
     "assert_removed: p | use(p) 2/2\n"},
    {"FP_CalleeThatIsNotTouchedAsks",
     R"(void use(int*); void note(const char*); int check(int*); void g(int* p); void f(int* p) {
  if (p) g(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); void g(int* p); void f(int* p) {
  g(p);
})",
     "guard_removed: p | g(p) 2/2\n"},
    {"FN_CaseOfASwitch", R"(void use(int*); void note(const char*); int check(int*); void f(int* p, int n) {
  switch (n) {
    case 1:
      use(p);
  }
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int* p, int n) {
  switch (n) {
    case 1:
    case 2:
      use(p);
  }
})",
     kNothing},
    {"FN_ReplacedByAnEmptyPredicate",
     R"(void use(int*); void note(const char*); int check(int*); bool good(int*) { return true; } void f(int* p) {
  if (p) use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); bool good(int*) { return true; } void f(int* p) {
  if (good(p)) use(p);
})",
     kNothing},
    {"FN_MovedIntoAFunctionWithoutIt",
     R"(void use(int*); void note(const char*); int check(int*); static void g(int*) {}
void f(int* p) {
  if (p) use(p);
  g(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); static void g(int* p) { use(p); }
void f(int* p) {
  g(p);
})",
     kNothing},
    {"ValueBecameNull",
     R"(void use(int*); void note(const char*); int check(int*); struct S { int* p; void set(int, int*); }; void f(S& s, int* p) {
  s.p = p;
  s.set(1, p);
})",
     R"(void use(int*); void note(const char*); int check(int*); struct S { int* p; void set(int, int*); }; void f(S& s, int* p) {
  s.p = nullptr;
  s.set(1, nullptr);
})",
     "value_emptied: s.p = p → s.p = nullptr | s.p = nullptr [null instead of a value] 2/2\nvalue_emptied: s.set(1, p) "
     "→ s.set(1, nullptr) | s.set(1, nullptr) [null instead of a value] 3/3\n"},
    {"FallbackChanged",
     R"(void use(int*); void note(const char*); int check(int*); struct O { int value_or(int) const; }; void put(int); void f(O& o) {
  put(o.value_or(30));
})",
     R"(void use(int*); void note(const char*); int check(int*); struct O { int value_or(int) const; }; void put(int); void f(O& o) {
  put(o.value_or(0));
})",
     "default_changed: put(o.value_or(30)) → put(o.value_or(0)) | put(o.value_or(0)) 2/2\n"},
    {"ErrorIgnored", R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  int rc = check(p);
  if (rc) note("failed");
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  (void)check(p);
})",
     "error_ignored: check(p) → (void)check(p) | (void)check(p) [a condition asked for it before] 2/2\n"},
    {"CatchEmptied", R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  try { use(p); } catch (int) { note("x"); throw; }
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  try { use(p); } catch (int) { }
})",
     "error_ignored: catch (int) |  [what it did is gone] 2/2\n"},
    {"LoopWidened", R"(void use(int*); void note(const char*); int check(int*); void f(int** v, int n) {
  for (int i = 0; i < n; ++i) use(v[i]);
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int** v, int n) {
  for (int i = 0; i <= n; ++i) use(v[i]);
})",
     "loop_widened: i < n → i <= n | use(v[i]) [the bound lets more through] 2/2\n"},
};

INSTANTIATE_TEST_SUITE_P(Guards, Removed, testing::ValuesIn(kCases), name_of_guard_case);

TEST(GuardsInC, AreSeenAsWell) {
  EXPECT_EQ(findings_between("void use(int*); int f(int* p) {\n  if (p == 0) return -1;\n  use(p);\n  return 0;\n}",
                             "void use(int*); int f(int* p) {\n  use(p);\n  return 0;\n}", /*c=*/true),
            "guard_removed: p == 0 | use(p) 2/2\n");
}

TEST(GuardsOfABrokenText, AreSaidToBeDoubtful) {
  EXPECT_NE(findings_between("void f() { oops(; }", "void f() {}").find("parse error"), std::string::npos);
}

/// Deeper and longer than anybody writes: said, and in no time.
TEST(GuardsOfAMonster, EndInBoundedTime) {
  std::string deep = "int f(int x) { return ", wide = "void use(int); void f(int x) {";
  for (int i = 0; i < 5000; ++i) deep += "x +";
  deep += "x; }";
  for (int i = 0; i < 3000; ++i) wide += " if (x > " + std::to_string(i) + ") use(x);";
  wide += "}";
  const auto cut = shapes_in(deep);
  ASSERT_EQ(cut.shapes.size(), 1U);
  EXPECT_TRUE(cut.shapes[0].cut);
  EXPECT_EQ(findings_between(wide, wide), "");
}

}  // namespace
}  // namespace patchgate
