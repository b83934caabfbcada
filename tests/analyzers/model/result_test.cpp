#include "analyzers/model/result.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

using Kind = Error::Kind;

TEST(Result, AnErrorTellsWhereAndWhatNext) {
  struct Case {
    Error error;
    const char* expected;
  };
  const Case cases[] = {
      {{Kind::io, "cannot read", {}, {}, {}}, "cannot read"},
      {{Kind::config, "unknown fact", Place{"p.json", 3, 24}, "did you mean 'x'?", {}},
       "p.json:3:24: unknown fact\n  hint: did you mean 'x'?"},
      {{Kind::config, "not JSON", Place{"p.json", 3, 0}, {}, {}}, "p.json:3: not JSON"},
      {{Kind::config, "empty", Place{"p.json", 0, 7}, {}, {"loading the policy", "reading the pack"}},
       "p.json: empty\n  while loading the policy\n  while reading the pack"},
  };
  for (const auto& c : cases) EXPECT_EQ(to_string(c.error), c.expected);
}

TEST(Result, TheKindAloneDecidesTheExitCode) {
  for (const auto kind : {Kind::usage, Kind::config}) EXPECT_EQ(exit_code_of({kind, "x"}), 2);
  for (const auto kind : {Kind::repository, Kind::limit, Kind::toolchain, Kind::io, Kind::internal}) {
    EXPECT_EQ(exit_code_of({kind, "x"}), 3);
  }
}

Result<int> half(int number) {
  if (number % 2 != 0) return fail(Kind::usage, "odd");
  return number / 2;
}
Result<int> quarter(int number) {
  PATCHGATE_TRY(const int first, half(number));
  PATCHGATE_TRY(const int second, half(first));
  return second;
}

TEST(Result, TryHandsTheFirstErrorOn) {
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error().message, "odd");
  EXPECT_EQ(quarter(7).error().message, "odd");
}

}  // namespace
}  // namespace patchgate
