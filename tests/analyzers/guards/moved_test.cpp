#include "guards_driver.h"

namespace patchgate {
namespace {

/// A guard that stands elsewhere now, is spelt another way, or was replaced.
class Moved : public testing::TestWithParam<GuardCase> {};

TEST_P(Moved, IsToldFromGone) { EXPECT_EQ(findings_between(GetParam().base, GetParam().head), GetParam().want); }

constexpr const char* kNothing = "";

const GuardCase kCases[] = {
    {"Correction", R"(void use(int); void f(int n) {
  if (n > 10) n = 10;
  use(n);
})",
     R"(void use(int); void f(int n) {
  use(n);
})",
     "guard_removed: n > 10 | use(n) 2/2\n"},
    {"CorrectionByMin", R"(int min(int, int); void use(int); void f(int n, int m) {
  if (n > m) n = m;
  use(n);
})",
     R"(int min(int, int); void use(int); void f(int n, int m) {
  n = min(n, m);
  use(n);
})",
     kNothing},
    {"OtherSpellings",
     R"(void use(int*); void note(const char*); int check(int*); struct V { bool empty() const; int size() const; }; void f(V& v, int* p, int n) {
  if (v.empty()) return;
  if (n < 5) use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); struct V { bool empty() const; int size() const; }; void f(V& v, int* p, int n) {
  if (v.size() > 0) { if (!(n >= 5)) use(p); }
})",
     kNothing},
    {"RenamedVariable", R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  int* a = p;
  if (a) use(a);
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  int* b = p;
  if (b) use(b);
})",
     kNothing},
    {"RenamedParameter", R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  if (p) use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int* q) {
  if (q != nullptr) use(q);
})",
     kNothing},
    {"StrongerCheck", R"(void use(int*); void note(const char*); int check(int*); void f(int* p, int n) {
  if (n > 0) use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int* p, int n) {
  if (n > 5 && p) use(p);
})",
     kNothing},
    {"ReplacedByAnotherCheckOfTheSame",
     R"(void use(int*); void note(const char*); int check(int*); bool good(int*); void f(int* p) {
  if (p) use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); bool good(int*); void f(int* p) {
  if (good(p)) use(p);
})",
     kNothing},
    {"MovedIntoTheCallee", R"(void use(int*); void note(const char*); int check(int*); static void g(int* p) {
  use(p);
}
void f(int* p) {
  if (!p) return;
  g(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); static void g(int* p) {
  if (!p) return;
  use(p);
}
void f(int* p) {
  g(p);
})",
     kNothing},
    {"MovedToTheCaller", R"(void use(int*); void note(const char*); int check(int*); static void g(int* p) {
  if (!p) return;
  use(p);
}
void f(int* p) {
  g(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); static void g(int* p) {
  use(p);
}
void f(int* p) {
  if (p) g(p);
})",
     kNothing},
    {"SwappedBranches", R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  if (p) use(p); else note("");
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int* p) {
  if (!p) note(""); else use(p);
})",
     kNothing},
    {"InBothBranches", R"(void use(int*); void note(const char*); int check(int*); void f(int* p, bool on) {
  if (!p) return;
  use(p);
})",
     R"(void use(int*); void note(const char*); int check(int*); void f(int* p, bool on) {
  if (on) { if (!p) return; note("x"); } else { if (!p) return; }
  use(p);
})",
     kNothing},
    {"MoreIsRefused", R"(void use(int*); void note(const char*); int check(int*); int f(int* p, int n) {
  if (n > 9) { check(p); return -1; }
  use(p);
  return 0;
})",
     R"(void use(int*); void note(const char*); int check(int*); int f(int* p, int n) {
  if (n > 9 || !p) { check(p); return -1; }
  use(p);
  return 0;
})",
     kNothing},
};

INSTANTIATE_TEST_SUITE_P(Guards, Moved, testing::ValuesIn(kCases), name_of_guard_case);

}  // namespace
}  // namespace patchgate
