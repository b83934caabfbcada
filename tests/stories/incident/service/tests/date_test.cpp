#include "crm/date.h"

#include <gtest/gtest.h>

namespace crm {

TEST(Date, ParsesOnlyRealDays) {
  EXPECT_TRUE(parse_date("2024-02-29").has_value());
  EXPECT_FALSE(parse_date("2023-02-29").has_value());
  EXPECT_FALSE(parse_date("2024-13-01").has_value());
  EXPECT_FALSE(parse_date("24-01-01").has_value());
}

TEST(Date, CountsDays) {
  EXPECT_EQ(to_days({1970, 1, 1}), 0);
  EXPECT_EQ(to_days({2000, 3, 1}), 11017);
  EXPECT_EQ(days_between({2024, 2, 28}, {2024, 3, 1}), 2);
}

TEST(Date, GoesThereAndBack) {
  for (long days = 0; days < 40000; days += 37) EXPECT_EQ(to_days(from_days(days)), days);
}

TEST(Date, AddsMonths) { EXPECT_EQ(format_date(add_months({2024, 1, 31}, 1)), "2024-02-29"); }

TEST(Date, FindsTheNextWorkingDay) { EXPECT_EQ(format_date(next_working_day({2024, 5, 31})), "2024-06-03"); }

}  // namespace crm
