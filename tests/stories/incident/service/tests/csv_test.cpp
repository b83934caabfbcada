#include "crm/csv.h"

#include <gtest/gtest.h>

namespace crm {

TEST(Csv, ReadsQuotedCells) {
  EXPECT_EQ(parse_csv_line("a,\"b, \"\"c\"\"\",d"), (std::vector<std::string>{"a", "b, \"c\"", "d"}));
}

TEST(Csv, WritesWhatItReads) {
  const std::vector<std::string> cells{"plain", "with, comma", "with \"quotes\"", " space "};
  EXPECT_EQ(parse_csv_line(write_csv_line(cells)), cells);
}

TEST(Csv, EmptyCellsAreAbsent) {
  const std::vector<Row> rows = parse_csv("id,name,limit\n7,,10.00 EUR\n");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(number_in(rows[0], "id"), 7);
  EXPECT_FALSE(text_in(rows[0], "name").has_value());
  EXPECT_EQ(money_in(rows[0], "limit")->cents, 1000);
}

}  // namespace crm
