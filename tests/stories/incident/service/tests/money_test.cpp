#include "crm/money.h"

#include <gtest/gtest.h>

namespace crm {

TEST(Money, ParsesAndFormats) {
  EXPECT_EQ(format_money(*parse_money("-12.50 EUR")), "-12.50 EUR");
  EXPECT_EQ(format_money(*parse_money("300 JPY")), "300 JPY");
  EXPECT_FALSE(parse_money("1.5 EUR").has_value());
  EXPECT_FALSE(parse_money("1.50 XXX").has_value());
}

TEST(Money, RoundsHalfUp) {
  EXPECT_EQ(percent_of({150, "EUR"}, 19).cents, 29);
  EXPECT_EQ(percent_of({-150, "EUR"}, 19).cents, -29);
}

TEST(Money, SplitsWithoutLoss) {
  const std::vector<Money> parts = split_evenly({1000, "EUR"}, 3);
  EXPECT_EQ(total(parts, "EUR").cents, 1000);
  EXPECT_EQ(parts[0].cents, 334);
}

}  // namespace crm
