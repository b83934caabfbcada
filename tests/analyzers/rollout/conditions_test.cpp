#include "analyzers/rollout/conditions.h"

#include <string>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  std::string condition;
  ConditionKind expected;
};

constexpr auto kMeasured = ConditionKind::measured;
constexpr auto kAlways = ConditionKind::always;
constexpr auto kNever = ConditionKind::never;

TEST(Conditions, Kinds) {
  const Case cases[] = {
      {"result[0] < 0.01", kMeasured},
      {"true", kAlways},
      {" ( false ) ", kNever},
      {"result > 1 || true", kAlways},
      {"true or result > 1", kAlways},
      {"result > 1 and false", kNever},
      {"result > 1 && true", kMeasured},
      {"false || result > 1", kMeasured},
      {"!(result > 1 && false)", kAlways},
      {"not true", kNever},
      {"!!true", kAlways},
      {"1 == 2", kNever},
      {"2 >= 1.5", kAlways},
      {"'a' != 'b'", kAlways},
      {"'true || true' == result", kMeasured},
      {"result[true || true]", kMeasured},
      {"len(result || true) > 0", kMeasured},
      {"(result > 1 || true) && (true)", kAlways},
      {"(result > 1) == true", kMeasured},
      {"> 50", kMeasured},
      {"inf > 1", kMeasured},
      {"true)", kMeasured},
      {"", kMeasured},
      {"|| true", kAlways},
      {std::string(100000, '(') + "true", kMeasured},
  };
  for (const Case& c : cases) EXPECT_EQ(kind_of_condition(c.condition), c.expected) << c.condition.substr(0, 80);
}

TEST(Conditions, FN_AResultThatIsComparedWithItselfOrNotUsed) {
  for (const char* condition : {"result == result", "len(result) >= 0", "result > 1 ? true : true"}) {
    EXPECT_EQ(kind_of_condition(condition), kMeasured) << condition;
  }
}

TEST(Conditions, Words) {
  EXPECT_TRUE(mentions("isNaN(result[0])", "result"));
  EXPECT_TRUE(mentions("result.ok", "result"));
  EXPECT_FALSE(mentions("results > 1", "result"));
  EXPECT_FALSE(mentions("\"result\" == 'result'", "result"));
  EXPECT_FALSE(mentions("'result", "result"));
}

}  // namespace
}  // namespace patchgate
