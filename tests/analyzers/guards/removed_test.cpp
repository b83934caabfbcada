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
};

INSTANTIATE_TEST_SUITE_P(Guards, Removed, testing::ValuesIn(kCases), name_of_guard_case);

}  // namespace
}  // namespace patchgate
