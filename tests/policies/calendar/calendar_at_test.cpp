#include "policies/calendar/calendar_at.h"

#include <gtest/gtest.h>

#include "gate_time.h"
#include "made_zones.h"
#include "policies/calendar/civil_time.h"

namespace patchgate {
namespace {

Calendar calendar_of(const std::string& windows, const std::string& late = "[]") {
  auto loaded = load_calendar(
      "calendar.json", R"({"calendar":1,"tz":"Europe/Berlin","windows":)" + windows + R"(,"late":)" + late + "}");
  for (const auto& error : loaded.errors) ADD_FAILURE() << to_string(error);
  return loaded.calendar.value_or(Calendar{});
}

Calendar weekly(const std::string& zone, const std::string& times) {
  return calendar_of(R"([{"id":"w","reason":"r","tz":")" + zone + "\"," + times + "}]");
}

/// "frozen until TIME" or "next TIME in MINUTES".
std::string said_at(const Calendar& calendar, const std::string& now) {
  const auto state = calendar_at(calendar, read_zones(calendar, made_zone), utc_of(now));
  std::string text;
  for (const auto& window : state.frozen)
    text += window.id + " until " + window.ends + " in " + std::to_string(window.minutes_to_end) + "; ";
  if (!state.frozen.empty()) text += "free " + (state.free_from.empty() ? "never" : state.free_from) + "; ";
  for (const auto& window : state.late) text += "late " + window.id + " until " + window.ends + "; ";
  for (const auto& why : state.unknown) text += "unknown " + why + "; ";
  if (state.next) text += "next " + state.next->begins + " in " + std::to_string(state.next->minutes_to_begin);
  return text;
}

TEST(CalendarAt, ADatedWindowIsHalfOpen) {
  const auto calendar =
      calendar_of(R"([{"id":"year-end","reason":"r","from":"2026-12-18T18:00","to":"2027-01-04T08:00"}])");
  EXPECT_EQ(said_at(calendar, "2026-11-23T17:00:00Z"), "next 2026-12-18T18:00:00+01:00 in 36000");
  EXPECT_EQ(said_at(calendar, "2026-12-18T16:59:59Z"), "next 2026-12-18T18:00:00+01:00 in 0");
  const std::string until = "year-end until 2027-01-04T08:00:00+01:00 in ";
  const std::string free = "; free 2027-01-04T08:00:00+01:00; ";
  EXPECT_EQ(said_at(calendar, "2026-12-18T17:00:00Z"), until + "23880" + free);
  EXPECT_EQ(said_at(calendar, "2026-12-31T23:00:00Z"), until + "4800" + free) << "the new year begins in Berlin";
  EXPECT_EQ(said_at(calendar, "2027-01-04T06:59:59Z"), until + "1" + free);
  EXPECT_EQ(said_at(calendar, "2027-01-04T07:00:00Z"), "");
}

TEST(CalendarAt, OverTheWeekendAndOverMidnight) {
  const auto weekend = weekly("Europe/Berlin", R"("from":"friday 16:00","to":"monday 08:00")");
  EXPECT_EQ(said_at(weekend, "2026-11-27T14:59:00Z"), "next 2026-11-27T16:00:00+01:00 in 1");
  const std::string open =
      "w until 2026-11-30T08:00:00+01:00 in 3840; free 2026-11-30T08:00:00+01:00; next 2026-12-04T16:00:00+01:00 in "
      "10080";
  EXPECT_EQ(said_at(weekend, "2026-11-27T15:00:00Z"), open);
  EXPECT_EQ(said_at(weekend, "2026-11-30T07:00:00Z"), "next 2026-12-04T16:00:00+01:00 in 6240");

  const auto nights = weekly("America/New_York", R"("days":["monday","thursday"],"from":"22:00","to":"06:00")");
  EXPECT_EQ(said_at(nights, "2026-11-24T10:59:00Z"),
            "w until 2026-11-24T06:00:00-05:00 in 1; free 2026-11-24T06:00:00-05:00; next 2026-11-26T22:00:00-05:00 in "
            "3841");
  EXPECT_EQ(said_at(nights, "2026-11-24T11:00:00Z"), "next 2026-11-26T22:00:00-05:00 in 3840");
  // Over the new year.
  EXPECT_EQ(said_at(nights, "2027-01-01T05:30:00Z").substr(0, 35), "w until 2027-01-01T06:00:00-05:00 i");
}

TEST(CalendarAt, WeeklyWindowsAtTheEdgesOfDaylightSavingTime) {
  struct Case {
    const char* zone;
    const char* times;
    const char* now;
    const char* expected;
  };
  constexpr const char* kEarly = R"("days":["sunday"],"from":"02:30","to":"05:00")";
  constexpr const char* kUntil = R"("days":["sunday"],"from":"01:00","to":"02:30")";
  constexpr const char* kInside = R"("days":["sunday"],"from":"02:15","to":"02:45")";
  const Case cases[] = {
      // Spring: what begins in the hour that is skipped begins with the change; what ends in it ends with the change.
      {"Europe/Berlin", kEarly, "2026-03-29T00:59:59Z", ""},
      {"Europe/Berlin", kEarly, "2026-03-29T01:00:00Z", "w until 2026-03-29T05:00:00+02:00 in 120"},
      {"Europe/Berlin", kUntil, "2026-03-29T00:59:00Z", "w until 2026-03-29T03:00:00+02:00 in 1"},
      {"Europe/Berlin", kUntil, "2026-03-29T01:00:00Z", ""},
      {"Europe/Berlin", kInside, "2026-03-29T01:00:00Z", ""},
      // Autumn: the longer one of both.
      {"Europe/Berlin", kEarly, "2026-10-25T00:29:59Z", ""},
      {"Europe/Berlin", kEarly, "2026-10-25T00:30:00Z", "w until 2026-10-25T05:00:00+01:00 in 210"},
      {"Europe/Berlin", kUntil, "2026-10-25T01:29:00Z", "w until 2026-10-25T02:30:00+01:00 in 1"},
      {"Europe/Berlin", kUntil, "2026-10-25T01:30:00Z", ""},
      {"Europe/Berlin", kInside, "2026-10-25T00:50:00Z", "w until 2026-10-25T02:45:00+01:00 in 55"},
      {"America/New_York", kEarly, "2026-03-08T07:00:00Z", "w until 2026-03-08T05:00:00-04:00 in 120"},
      {"America/New_York", kUntil, "2026-11-01T07:29:00Z", "w until 2026-11-01T02:30:00-05:00 in 1"},
      {"Asia/Kathmandu", kEarly, "2026-03-28T20:45:00Z", "w until 2026-03-29T05:00:00+05:45 in 150"},
      // On Lord Howe clocks move by half an hour: 02:15 is skipped, and 01:45 comes twice.
      {"Australia/Lord_Howe", R"("days":["sunday"],"from":"02:15","to":"03:00")", "2026-10-03T15:30:00Z",
       "w until 2026-10-04T03:00:00+11:00 in 30"},
      {"Australia/Lord_Howe", R"("days":["sunday"],"from":"01:00","to":"01:45")", "2026-04-04T15:14:00Z",
       "w until 2026-04-05T01:45:00+10:30 in 1"},
  };
  for (const auto& one : cases) {
    const auto said = said_at(weekly(one.zone, one.times), one.now);
    const auto open = said.starts_with("w until") ? said.substr(0, said.find(';')) : "";
    EXPECT_EQ(open, one.expected) << one.zone << " " << one.times << " " << one.now << "\n" << said;
  }
}

TEST(CalendarAt, DatedTimesThatClocksSkipOrShowTwice) {
  const auto check = [](const char* from, const char* to) {
    const auto calendar =
        calendar_of(R"([{"id":"w","reason":"r","from":")" + std::string(from) + R"(","to":")" + to + "\"}]");
    const auto found = check_local_times(calendar, read_zones(calendar, made_zone));
    std::string text;
    for (const auto& error : found.errors) text += to_string(error) + "\n";
    for (const auto& warning : found.warnings) text += "warning: " + warning + "\n";
    return text;
  };
  EXPECT_EQ(check("2026-03-29T02:30", "2026-03-30T00:00"),
            "calendar.json:1:77: there is no 2026-03-29 02:30 in Europe/Berlin: clocks are put forward over it\n");
  EXPECT_EQ(check("2026-03-28T00:00", "2026-03-29T02:00"),
            "calendar.json:1:101: there is no 2026-03-29 02:00 in Europe/Berlin: clocks are put forward over it\n");
  EXPECT_EQ(check("2026-10-25T02:30", "2026-10-26T00:00"),
            "warning: calendar.json:1:77: 2026-10-25 02:30 comes twice in Europe/Berlin: w begins with the first\n");
  EXPECT_EQ(check("2026-10-24T00:00", "2026-10-25T02:30"),
            "warning: calendar.json:1:101: 2026-10-25 02:30 comes twice in Europe/Berlin: w ends with the second\n");
  EXPECT_EQ(check("2026-12-24T00:00", "2027-01-01T00:00"), "");
}

TEST(CalendarAt, WindowsThatFollowEachOtherAreOneFreeze) {
  const auto calendar = calendar_of(R"([
    {"id":"a","reason":"r","from":"2026-12-18T18:00","to":"2026-12-24T00:00"},
    {"id":"b","reason":"r","from":"2026-12-24T00:00","to":"2027-01-04T08:00"}])");
  EXPECT_EQ(said_at(calendar, "2026-12-20T00:00:00Z"),
            "a until 2026-12-24T00:00:00+01:00 in 5700; free 2027-01-04T08:00:00+01:00; next "
            "2026-12-24T00:00:00+01:00 in 5700");
  const auto always = weekly(
      "Etc/UTC",
      R"("days":["monday","tuesday","wednesday","thursday","friday","saturday","sunday"],"from":"00:00","to":"24:00")");
  EXPECT_NE(said_at(always, "2026-12-20T00:00:00Z").find("free never"), std::string::npos);
}

std::string facts_at(const Calendar* calendar, const char* now, std::int32_t offset = 0) {
  Facts facts;
  const auto zones = calendar == nullptr ? Zones() : read_zones(*calendar, made_zone);
  const auto utc = now == nullptr ? 0 : utc_of(now);
  const Clock clock{utc, offset};
  const auto state = calendar == nullptr || now == nullptr ? CalendarState() : calendar_at(*calendar, zones, utc);
  state_calendar_facts(state, calendar, zones, now == nullptr ? nullptr : &clock, facts);
  std::string text;
  for (const auto& [name, fact] : facts.all()) text += name + "=" + to_string(fact.value) + "\n";
  return text;
}

TEST(CalendarFacts, Values) {
  const auto calendar = calendar_of(
      R"([{"id":"weekend","reason":"r","from":"friday 16:00","to":"monday 08:00"},
          {"id":"audit","reason":"r","from":"2026-11-28T00:00","to":"2026-12-01T00:00"}])",
      R"([{"id":"evening","reason":"r","days":["friday"],"from":"12:00","to":"24:00"}])");
  EXPECT_EQ(facts_at(&calendar, "2026-11-27T23:30:00Z"),
            "calendar.frozen=true\ncalendar.late=false\ncalendar.minutes_to_freeze=0\ncalendar.windows=audit,weekend\n"
            "clock.hour=0\nclock.weekday=saturday\n");
  EXPECT_EQ(facts_at(&calendar, "2026-11-27T11:00:00Z"),
            "calendar.frozen=false\ncalendar.late=true\ncalendar.minutes_to_freeze=240\ncalendar.windows=\n"
            "clock.hour=12\nclock.weekday=friday\n");
}

TEST(CalendarFacts, WithoutACalendar) {
  const std::string calm =
      "calendar.frozen=false\ncalendar.late=false\ncalendar.minutes_to_freeze=527040\ncalendar.windows=\n";
  EXPECT_EQ(facts_at(nullptr, "2026-11-27T23:30:00Z"), calm + "clock.hour=23\nclock.weekday=friday\n");
  EXPECT_EQ(facts_at(nullptr, "2026-11-27T23:30:00Z", 3600), calm + "clock.hour=0\nclock.weekday=saturday\n");
  const std::string why = "unknown (no rule asks for the time, and --now was not given)\n";
  EXPECT_EQ(facts_at(nullptr, nullptr), calm + "clock.hour=" + why + "clock.weekday=" + why);
}

TEST(CalendarFacts, AZoneThatCannotBeReadIsUnknownAndNotUtc) {
  const std::string why = "unknown (there is no time zone Mars/Base)\n";
  auto calendar = weekly("Mars/Base", R"("from":"friday 16:00","to":"monday 08:00")");
  EXPECT_EQ(facts_at(&calendar, "2026-11-25T12:00:00Z"),
            "calendar.frozen=" + why + "calendar.late=false\ncalendar.minutes_to_freeze=" + why +
                "calendar.windows=" + why + "clock.hour=13\nclock.weekday=wednesday\n");
  EXPECT_EQ(said_at(calendar, "2026-11-25T12:00:00Z"), "unknown window w: there is no time zone Mars/Base; ");
  calendar.tz = "Mars/Base";
  EXPECT_NE(facts_at(&calendar, "2026-11-25T12:00:00Z").find("clock.hour=" + why), std::string::npos);
  // One that is surely open decides it.
  const auto both = calendar_of(
      R"([{"id":"sure","reason":"r","from":"2026-11-25T00:00","to":"2026-11-26T00:00"},
          {"id":"w","reason":"r","tz":"Mars/Base","from":"2026-11-25T00:00","to":"2026-11-26T00:00"}])");
  const auto facts = facts_at(&both, "2026-11-25T12:00:00Z");
  EXPECT_NE(facts.find("calendar.frozen=true\n"), std::string::npos);
  EXPECT_NE(facts.find("calendar.minutes_to_freeze=0\n"), std::string::npos);
  EXPECT_NE(facts.find("calendar.windows=" + why), std::string::npos);
}

}  // namespace
}  // namespace patchgate
