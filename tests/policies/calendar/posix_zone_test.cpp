#include "policies/calendar/posix_zone.h"

#include <gtest/gtest.h>

#include "policies/calendar/civil_time.h"

namespace patchgate {
namespace {

std::string changes(std::string_view rule, int year) {
  const auto zone = PosixZone::read(rule);
  if (!zone) return "no rule";
  std::string text = std::to_string(zone->standard_offset());
  for (const auto& change : zone->changes_of(year))
    text += " " + rfc3339(change.at, 0) + "=" + std::to_string(change.offset);
  return text;
}

TEST(PosixZone, Rules) {
  struct Case {
    const char* rule;
    int year;
    const char* expected;
  };
  const Case cases[] = {
      {"UTC0", 2026, "0"},
      {"<+0545>-5:45", 2026, "20700"},
      {"<-0330>3:30:15", 2026, "-12615"},
      {"CET-1CEST,M3.5.0,M10.5.0/3", 2026, "3600 2026-03-29T01:00:00Z=7200 2026-10-25T01:00:00Z=3600"},
      {"EST5EDT,M3.2.0,M11.1.0", 2026, "-18000 2026-03-08T07:00:00Z=-14400 2026-11-01T06:00:00Z=-18000"},
      {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 2026, "37800 2026-04-04T15:00:00Z=37800 2026-10-03T15:30:00Z=39600"},
      {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 2026, "-7200 2026-03-29T01:00:00Z=-3600 2026-10-25T01:00:00Z=-7200"},
      // Day 60 of a year without its leap day is the first of march in all of them.
      {"AAA0BBB,J60,J365/24", 2028, "0 2028-03-01T02:00:00Z=3600 2028-12-31T23:00:00Z=0"},
      {"AAA0BBB,59/0,300", 2028, "0 2028-02-29T00:00:00Z=3600 2028-10-27T01:00:00Z=0"},
      {"AAA0BBB,M12.5.4,M2.1.1", 2026, "0 2026-02-02T01:00:00Z=0 2026-12-31T02:00:00Z=3600"},
      {"", 2026, "no rule"},
      {"C-1", 2026, "no rule"},
      {"CET", 2026, "no rule"},
      {"CET-1CEST", 2026, "no rule"},
      {"CET-25", 2026, "no rule"},
      {"CET-1CEST,M3.5.0", 2026, "no rule"},
      {"CET-1CEST,M13.5.0,M10.5.0", 2026, "no rule"},
      {"CET-1CEST,M3.6.0,M10.5.0", 2026, "no rule"},
      {"CET-1CEST,M3.5.7,M10.5.0", 2026, "no rule"},
      {"CET-1CEST,M0.5.0,M10.5.0", 2026, "no rule"},
      {"CET-1CEST,J0,J365", 2026, "no rule"},
      {"CET-1CEST,M3.5.0/168,M10.5.0", 2026, "no rule"},
      {"CET-1CEST,M3.5.0,M10.5.0x", 2026, "no rule"},
      {"<+05-5", 2026, "no rule"},
  };
  for (const auto& one : cases) EXPECT_EQ(changes(one.rule, one.year), one.expected) << one.rule;
}

}  // namespace
}  // namespace patchgate
