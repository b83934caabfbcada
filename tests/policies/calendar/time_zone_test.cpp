#include "policies/calendar/time_zone.h"

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "made_zones.h"
#include "policies/calendar/civil_time.h"

namespace patchgate {
namespace {

TimeZone zone(const std::string& name) { return *TimeZone::read(*made_zone(name)); }

TEST(TimeZone, EdgesOfDaylightSavingTime) {
  struct Case {
    const char* zone;
    const char* local;
    int times;
    const char* first;
    const char* last;
  };
  const Case cases[] = {
      {"Europe/Berlin", "2026-03-29T01:59", 1, "2026-03-29T00:59:00Z", "2026-03-29T00:59:00Z"},
      {"Europe/Berlin", "2026-03-29T02:00", 0, "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"},
      {"Europe/Berlin", "2026-03-29T02:30", 0, "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"},
      {"Europe/Berlin", "2026-03-29T03:00", 1, "2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"},
      {"Europe/Berlin", "2026-10-25T01:59", 1, "2026-10-24T23:59:00Z", "2026-10-24T23:59:00Z"},
      {"Europe/Berlin", "2026-10-25T02:00", 2, "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"},
      {"Europe/Berlin", "2026-10-25T02:59", 2, "2026-10-25T00:59:00Z", "2026-10-25T01:59:00Z"},
      {"Europe/Berlin", "2026-10-25T03:00", 1, "2026-10-25T02:00:00Z", "2026-10-25T02:00:00Z"},
      {"Europe/Berlin", "2026-12-31T23:59", 1, "2026-12-31T22:59:00Z", "2026-12-31T22:59:00Z"},
      {"Europe/Berlin", "2027-01-01T00:00", 1, "2026-12-31T23:00:00Z", "2026-12-31T23:00:00Z"},
      {"America/New_York", "2026-03-08T02:30", 0, "2026-03-08T07:00:00Z", "2026-03-08T07:00:00Z"},
      {"America/New_York", "2026-11-01T01:30", 2, "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"},
      {"America/New_York", "2027-01-01T00:00", 1, "2027-01-01T05:00:00Z", "2027-01-01T05:00:00Z"},
      {"Asia/Kathmandu", "2026-03-29T02:30", 1, "2026-03-28T20:45:00Z", "2026-03-28T20:45:00Z"},
      // A quarter of an hour that was skipped when the year 1986 began.
      {"Asia/Kathmandu", "1986-01-01T00:10", 0, "1985-12-31T18:30:00Z", "1985-12-31T18:30:00Z"},
      {"Asia/Kathmandu", "1986-01-01T00:15", 1, "1985-12-31T18:30:00Z", "1985-12-31T18:30:00Z"},
      // Half an hour only.
      {"Australia/Lord_Howe", "2026-10-04T02:15", 0, "2026-10-03T15:30:00Z", "2026-10-03T15:30:00Z"},
      {"Australia/Lord_Howe", "2026-10-04T02:30", 1, "2026-10-03T15:30:00Z", "2026-10-03T15:30:00Z"},
      {"Australia/Lord_Howe", "2026-04-05T01:45", 2, "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"},
      {"Australia/Lord_Howe", "2026-04-05T02:00", 1, "2026-04-04T15:30:00Z", "2026-04-04T15:30:00Z"},
  };
  for (const auto& one : cases) {
    const auto local = *parse_local_time(one.local);
    const auto clocks = zone(one.zone);
    const auto name = std::string(one.zone) + " " + one.local;
    EXPECT_EQ(clocks.times_shown(local), one.times) << name;
    EXPECT_EQ(rfc3339(clocks.first_reaching(local), 0), one.first) << name;
    EXPECT_EQ(rfc3339(clocks.last_reaching(local), 0), one.last) << name;
  }
}

TEST(TimeZone, ATableHoldsUntilItsRuleDoes) {
  // Two changes of the table, one of them where the rule would have none.
  const auto zone =
      *TimeZone::read(tzif(0, {{1'000'000'000, 3600}, {1'790'000'000, 7200}}, "CET-1CEST,M3.5.0,M10.5.0/3"));
  EXPECT_EQ(zone.offset_at(999'999'999), 0);
  EXPECT_EQ(zone.offset_at(1'000'000'000), 3600);
  EXPECT_EQ(zone.offset_at(1'789'999'999), 3600);
  EXPECT_EQ(zone.offset_at(1'790'000'000), 7200);
  EXPECT_EQ(zone.offset_at(1'792'890'000), 3600) << "after the end of summer time by the rule";
}

TEST(TimeZone, WithoutARuleTheLastChangeHolds) {
  const auto zone = *TimeZone::read(tzif(0, {{1'000'000'000, 3600}}, ""));
  EXPECT_EQ(zone.offset_at(4'000'000'000), 3600);
}

TEST(TimeZone, DaylightSavingTimeOfAWholeYear) {
  const auto zone = *TimeZone::read(tzif(0, {}, "XXX3EDT4,0/0,J365/23"));
  for (const char* local : {"2026-01-01T00:00", "2026-07-01T12:00", "2026-12-31T23:30", "2027-01-01T00:00"})
    EXPECT_EQ(zone.offset_at(*parse_local_time(local) + 4 * 3600), -4 * 3600) << local;
}

TEST(TimeZone, DamagedFiles) {
  const auto whole = tzif(0, {{1'000'000'000, 3600}}, "CET-1CEST,M3.5.0,M10.5.0/3");
  const auto with = [&](std::size_t at, char byte) {
    auto text = whole;
    text[at] = byte;
    return text;
  };
  constexpr std::size_t kSecond = 44 + 6 + 4;
  auto unordered = tzif(0, {{1'000'000'000, 3600}, {1'000'000'000, 0}}, "");
  const std::pair<std::string, const char*> cases[] = {
      {"", "it does not start as one"},
      {"TZif2", "it does not start as one"},
      {"#!/bin/sh" + std::string(60, ' '), "it does not start as one"},
      {whole.substr(0, 50), "it ends too early"},
      {whole.substr(0, kSecond + 46), "it ends too early"},
      {with(36, '\x7f'), "odd counts"},
      {with(kSecond + 32, '\x7f'), "odd counts"},
      {with(kSecond + 39, '\0'), "odd counts"},
      {with(kSecond + 44 + 8, '\x09'), "a change to nothing"},
      {with(kSecond + 44 + 9, '\x40'), "an offset of more than a day"},
      {unordered, "changes out of order"},
      {whole.substr(0, whole.size() - 1), "its last line is cut"},
      {tzif(0, {}, "CET-1CEST"), "a rule in its last line that is none"},
      {whole + std::string(TimeZone::kMostBytes, 'x'), "it has more than 64 KiB"},
  };
  for (const auto& [bytes, expected] : cases) {
    const auto zone = TimeZone::read(bytes);
    ASSERT_FALSE(zone) << expected;
    EXPECT_EQ(zone.error().message, std::string("it is no file of a time zone: ") + expected);
  }
  const auto leaps = TimeZone::read(with(kSecond + 31, '\x01') + std::string(12, '\0'));
  ASSERT_FALSE(leaps);
  EXPECT_EQ(leaps.error().message, "it counts leap seconds, which clocks do not");
}

TEST(TimeZone, AnyBytesAreReadOrRefused) {
  std::mt19937 random(7);  // NOLINT: the same bytes each time
  const auto whole = tzif(3600, {{1'000'000'000, 3600}, {1'500'000'000, 0}}, "CET-1CEST,M3.5.0,M10.5.0/3");
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    auto bytes = whole.substr(0, i % 3 == 0 ? random() % whole.size() : whole.size());
    for (int n = 0; n < 3 && !bytes.empty(); ++n) bytes[random() % bytes.size()] = static_cast<char>(random());
    const auto zone = TimeZone::read(bytes);
    if (!zone) {
      ++refused;
      continue;
    }
    EXPECT_LE(zone->first_reaching(1'790'000'000), zone->last_reaching(1'790'000'000));
  }
  EXPECT_GT(refused, 5000);
}

TEST(TimeZone, Names) {
  for (const char* name : {"Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC", "EST5EDT"})
    EXPECT_TRUE(is_zone_name(name)) << name;
  for (const char* name : {"", "/etc/passwd", "../Berlin", "Europe/../UTC", "Europe//Berlin", "Europe/", "localtime",
                           "posixrules", "right/UTC", "posix/UTC", "Factory", "zone.tab", "Europe Berlin"})
    EXPECT_FALSE(is_zone_name(name)) << name;
  EXPECT_FALSE(is_zone_name(std::string(65, 'a')));
}

/// The C library reads the same files: both must agree about every zone of this machine, in the past and in the future.
TEST(TimeZone, SaysWhatTheCLibrarySays) {
  namespace fs = std::filesystem;
  const fs::path root = "/usr/share/zoneinfo";
  std::mt19937_64 random(11);  // NOLINT: the same times each time
  int zones = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const auto name = fs::relative(entry.path(), root).string();
    if (!entry.is_regular_file() || !is_zone_name(name)) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    if (!bytes.str().starts_with("TZif")) continue;
    const auto zone = TimeZone::read(bytes.str());
    ASSERT_TRUE(zone) << name << ": " << zone.error().message;
    ++zones;
    ::setenv("TZ", name.c_str(), 1);
    ::tzset();
    for (int i = 0; i < 200; ++i) {
      const auto utc = static_cast<std::time_t>(random() % 6'000'000'000ULL);
      std::tm local{};
      ::localtime_r(&utc, &local);
      ASSERT_EQ(zone->offset_at(utc), local.tm_gmtoff) << name << " " << rfc3339(utc, 0);
    }
  }
  ::unsetenv("TZ");
  ::tzset();
  EXPECT_GT(zones, 300) << "Debian's tzdata is needed";
}

}  // namespace
}  // namespace patchgate
