#include "analyzers/model/rfc3339.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(Rfc3339Test, ReadsTimes) {
  struct Case {
    const char* text;
    std::int64_t seconds;
  };
  const Case cases[] = {
      {"1970-01-01T00:00:00Z", 0},
      {"2026-11-23T09:00:00Z", 1795424400},
      {"2026-11-23t09:00:00z", 1795424400},
      {"2026-11-23T10:00:00+01:00", 1795424400},
      {"2026-11-23T04:30:00-04:30", 1795424400},
      {"2026-11-23T09:00:00.999999999999Z", 1795424400},
      {"2024-02-29T23:59:59Z", 1709251199},
  };
  for (const auto& row : cases) EXPECT_EQ(parse_rfc3339(row.text), row.seconds) << row.text;
}

TEST(Rfc3339Test, RefusesAllElse) {
  for (const char* text : {"",
                           "now",
                           "2026-11-23",
                           "2026-11-23T09:00:00",
                           "2026-11-23 09:00:00Z",
                           "2026-11-23T09:00Z",
                           "2026-13-01T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-02-29T00:00:00Z",
                           "2026-04-31T00:00:00Z",
                           "2026-11-00T00:00:00Z",
                           "2026-11-23T24:00:00Z",
                           "2026-11-23T09:60:00Z",
                           "2026-11-23T09:00:60Z",
                           "2026-11-23T09:00:00.Z",
                           "2026-11-23T09:00:00.5",
                           "2026-11-23T09:00:00+1:00",
                           "2026-11-23T09:00:00+24:00",
                           "2026-11-23T09:00:00+01:60",
                           "2026-11-23T09:00:00+0100",
                           "2026-11-23T09:00:00Zx",
                           "1969-12-31T23:59:59Z",
                           "02026-11-23T09:00:00Z",
                           "2026-1-23T09:00:00Z",
                           "-026-11-23T09:00:00Z"}) {
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
  }
}

TEST(Rfc3339Test, Days) {
  EXPECT_EQ(parse_day("1970-01-02"), 86400);
  EXPECT_EQ(parse_day("2024-02-29"), 1709164800);
  for (const char* text : {"", "2026-02-29", "2026-1-1", "2026-11-23T00:00:00Z", "23.11.2026", "2026-11-2x"})
    EXPECT_EQ(parse_day(text), std::nullopt) << text;
}

TEST(Rfc3339Test, WritesWhatItReads) {
  for (const char* text : {"1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2026-11-23T09:00:00Z"}) {
    EXPECT_EQ(utc_time(*parse_rfc3339(text)), text);
    EXPECT_EQ(utc_day(*parse_rfc3339(text)), std::string(text).substr(0, 10));
  }
}

}  // namespace
}  // namespace patchgate
