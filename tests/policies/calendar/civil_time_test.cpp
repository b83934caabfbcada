#include "policies/calendar/civil_time.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

std::string local_time(std::string_view text) {
  const auto time = parse_local_time(text);
  return time ? plain_local(*time) + " " + weekday_names()[static_cast<std::size_t>(weekday_of(*time))] : "none";
}

TEST(CivilTime, LocalTimes) {
  const std::pair<const char*, const char*> cases[] = {
      {"1970-01-01T00:00", "1970-01-01 00:00 thursday"},
      {"2026-12-18T18:00", "2026-12-18 18:00 friday"},
      {"2026-12-18 18:00", "2026-12-18 18:00 friday"},
      {"2028-02-29T23:59", "2028-02-29 23:59 tuesday"},
      {"2399-12-31T23:59", "2399-12-31 23:59 friday"},
      {"2026-02-29T00:00", "none"},
      {"2026-12-18T24:00", "none"},
      {"2026-12-18T18:60", "none"},
      {"2026-00-18T18:00", "none"},
      {"2026-12-18", "none"},
      {"2026-12-18T18:00:00", "none"},
      {"2026-12-18T18:00Z", "none"},
      {"1969-12-31T23:59", "none"},
      {"2400-01-01T00:00", "none"},
      {"+026-12-18T18:00", "none"},
      {"", "none"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(local_time(text), expected) << text;
}

TEST(CivilTime, TimesOfDay) {
  EXPECT_EQ(parse_time_of_day("00:00"), 0);
  EXPECT_EQ(parse_time_of_day("18:30"), 66'600);
  EXPECT_EQ(parse_time_of_day("24:00"), 86'400);
  for (const char* text : {"24:01", "25:00", "7:00", "18:60", "18.30", "18:3", "18:300", ""})
    EXPECT_EQ(parse_time_of_day(text), std::nullopt) << text;
}

TEST(CivilTime, Rfc3339) {
  EXPECT_EQ(rfc3339(0, 0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(rfc3339(1'797'613'200, 3600), "2026-12-18T18:00:00+01:00");
  EXPECT_EQ(rfc3339(1'797'613'200, -12'600), "2026-12-18T13:30:00-03:30");
  EXPECT_EQ(rfc3339(-1, 0), "1969-12-31T23:59:59Z");
}

TEST(CivilTime, OffsetsAsTheyAreWritten) {
  EXPECT_EQ(offset_of_rfc3339("2026-11-23T09:00:00Z"), 0);
  EXPECT_EQ(offset_of_rfc3339("2026-11-23T09:00:00+05:45"), 20'700);
  EXPECT_EQ(offset_of_rfc3339("2026-11-23T09:00:00.5-03:30"), -12'600);
}

TEST(CivilTime, WeekdaysBeforeTheEpoch) { EXPECT_EQ(weekday_of(-1), 2); }

}  // namespace
}  // namespace patchgate
