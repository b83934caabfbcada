#include "analyzers/rollout/values.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* text;
  bool bare_seconds;
  std::optional<double> minutes;
};

const Case kCases[] = {
    {"30m", false, 30},
    {"90s", false, 1.5},
    {"2h", false, 120},
    {"1d", false, 1440},
    {"1h30m", false, 90},
    {"0.5h", false, 30},
    {"600", true, 10},
    {"600", false, std::nullopt},
    {"", true, std::nullopt},
    {"m", false, std::nullopt},
    {"-5m", true, std::nullopt},
    {"5 m", false, std::nullopt},
    {"5w", false, std::nullopt},
    {"1h30", true, std::nullopt},
    {"1e9m", false, std::nullopt},
    {"inf", true, std::nullopt},
    {"0m", false, 0},
};

TEST(RolloutValues, Times) {
  for (const Case& c : kCases) EXPECT_EQ(minutes_of(c.text, c.bare_seconds), c.minutes) << c.text;
}

TEST(RolloutValues, IsoTimes) {
  EXPECT_EQ(minutes_of_iso("PT1H30M"), 90.0);
  EXPECT_EQ(minutes_of_iso("PT90S"), 1.5);
  EXPECT_EQ(minutes_of_iso("PT"), std::nullopt);
  EXPECT_EQ(minutes_of_iso("P1D"), std::nullopt);
  EXPECT_EQ(minutes_of_iso("PT1h"), std::nullopt);
  EXPECT_EQ(minutes_of_iso("1H"), std::nullopt);
}

TEST(RolloutValues, ShortNumbers) {
  EXPECT_EQ(short_number(5), "5");
  EXPECT_EQ(short_number(100.0 / 3), "33.33");
  EXPECT_EQ(short_number(0.5), "0.5");
}

DocNode scalar(const char* text, bool plain) {
  DocNode node;
  node.text = text;
  node.plain = plain;
  return node;
}

TEST(RolloutValues, NumbersAndTruths) {
  EXPECT_EQ(number_of(scalar("5", true)), 5.0);
  EXPECT_EQ(number_of(scalar("0.5", true)), 0.5);
  EXPECT_EQ(number_of(scalar("5", false)), std::nullopt) << "a quoted number is a text";
  EXPECT_EQ(number_of(scalar("5%", true)), std::nullopt);
  EXPECT_EQ(number_of(scalar("1e999", true)), std::nullopt);
  EXPECT_EQ(number_of(scalar("nan", true)), std::nullopt);
  EXPECT_EQ(number_of(scalar("010", true)), std::nullopt) << "eight or ten";
  EXPECT_EQ(number_of(scalar("0", true)), 0.0);
  EXPECT_EQ(number_of(scalar("0x10", true)), std::nullopt);
  EXPECT_EQ(whole_of(scalar("-01", true)), std::nullopt);
  EXPECT_EQ(whole_of(scalar("-1", true)), -1);
  EXPECT_EQ(whole_of(scalar("3", false)), 3);
  EXPECT_EQ(whole_of(scalar("99999999999999999999", true)), std::nullopt);
  EXPECT_EQ(truth_of(scalar("true", true)), true);
  EXPECT_EQ(truth_of(scalar("true", false)), std::nullopt);
  EXPECT_EQ(truth_of(scalar("yes", true)), std::nullopt);
}

}  // namespace
}  // namespace patchgate
