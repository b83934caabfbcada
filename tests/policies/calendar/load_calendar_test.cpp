#include <gtest/gtest.h>

#include "policies/calendar/calendar.h"
#include "policies/calendar/civil_time.h"

namespace patchgate {
namespace {

std::string times_of(const CalendarWindow& window) {
  std::string text = window.id + " [" + window.tz + "] ";
  if (!window.weekly) return text + plain_local(window.from) + " to " + plain_local(window.to);
  for (const int day : window.days) text += weekday_names()[static_cast<std::size_t>(day)].substr(0, 2) + " ";
  return text + "at " + std::to_string(window.begins_at / 60) + " min for " + std::to_string(window.lasts / 60) +
         " min";
}

std::string loaded(const std::string& text) {
  const auto result = load_calendar("calendar.json", text);
  std::string said;
  if (result.calendar) {
    for (const auto& window : result.calendar->freezes) said += times_of(window) + "\n";
    for (const auto& window : result.calendar->late) said += "late " + times_of(window) + "\n";
  }
  for (const auto& error : result.errors) said += to_string(error) + "\n";
  return said;
}

std::string one_window(const std::string& members) {
  return loaded(R"({"calendar":1,"tz":"Europe/Berlin","windows":[{"id":"w","reason":"r",)" + members + "}]}");
}

TEST(LoadCalendar, AllForms) {
  EXPECT_EQ(loaded(R"({
  "$schema": "x", "calendar": 1, "tz": "Europe/Berlin", // of Berlin
  "x-owner": "ops",
  "windows": [
    { "id": "year-end", "from": "2026-12-18T18:00", "to": "2027-01-04T08:00", "reason": "nobody is there" },
    { "id": "nights", "days": ["monday", "tuesday"], "from": "22:00", "to": "06:00", "reason": "batch", "tz": "Asia/Kathmandu" },
    { "id": "sundays", "days": ["sunday"], "from": "00:00", "to": "24:00", "reason": "rest" },
    { "id": "weekend", "from": "friday 16:00", "to": "monday 08:00", "reason": "rest" }
  ],
  "late": [ { "id": "evening", "days": ["thursday"], "from": "16:00", "to": "24:00", "reason": "few are there" } ]
})"),
            "year-end [Europe/Berlin] 2026-12-18 18:00 to 2027-01-04 08:00\n"
            "nights [Asia/Kathmandu] mo tu at 1320 min for 480 min\n"
            "sundays [Europe/Berlin] su at 0 min for 1440 min\n"
            "weekend [Europe/Berlin] fr at 960 min for 3840 min\n"
            "late evening [Europe/Berlin] th at 960 min for 480 min\n");
}

TEST(LoadCalendar, WhatIsWrongWithTheFile) {
  const std::pair<const char*, const char*> cases[] = {
      {"[]", "calendar.json:1:1: the file must be an object in braces\n"},
      {"{}", "calendar.json:1:1: this is not a calendar: '\"calendar\": 1' is missing\n"},
      {R"({"calendar": 2, "windows": []})",
       "calendar.json:1:14: this program reads version 1 of the calendar format; 'calendar' must be 1\n"},
      {R"({"calendar": 1})", "calendar.json:1:1: this calendar says nothing: it needs 'windows' or 'late'\n"},
      {R"({"calendar": 1, "window": []})",
       "calendar.json:1:1: this calendar says nothing: it needs 'windows' or 'late'\n"
       "calendar.json:1:17: unknown key 'window'; did you mean 'windows'?\n"},
      {R"({"calendar": 1, "tz": "Mars/Base Camp", "windows": []})",
       "calendar.json:1:23: 'Mars/Base Camp' is not the name of a time zone such as Europe/Berlin\n"},
      {R"({"calendar": 1, "tz": "localtime", "windows": []})",
       "calendar.json:1:23: 'localtime' is not the name of a time zone such as Europe/Berlin\n"},
      {R"({"calendar": 1, "windows": [], "windows": []})",
       "calendar.json:1:32: duplicate key 'windows'; it was given in line 1\n"},
      {R"({"calendar": 1, "windows": [], })", ""},
      {R"({"calendar": 1, "windows": [{"id": "w", "reason": "r", "from": "friday 16:00", "to": "monday 08:00"}]})",
       "calendar.json:1:29: a window needs 'tz', its own or that of the whole calendar\n"},
  };
  for (const auto& [text, expected] : cases) {
    if (std::string_view(expected).empty()) {
      EXPECT_NE(loaded(text), "") << text;
    } else {
      EXPECT_EQ(loaded(text), expected) << text;
    }
  }
  EXPECT_EQ(loaded(R"({"calendar": 1, "windows": []})"), "") << "no window is no error";
}

TEST(LoadCalendar, WhatIsWrongWithAWindow) {
  const std::pair<const char*, const char*> cases[] = {
      {R"("from":"2026-12-18","to":"2027-01-04T08:00")", "'2026-12-18' is not a time such as 2026-12-18T18:00"},
      {R"("from":"2026-02-29T00:00","to":"2027-01-04T08:00")",
       "'2026-02-29T00:00' is not a time such as 2026-12-18T18:00"},
      {R"("from":"2026-12-18T18:00","to":"2027-01-04")", "'2027-01-04' is not a time such as 2027-01-04T08:00"},
      {R"("from":"2026-12-18T18:00","to":"2026-12-18T18:00")", "'2026-12-18T18:00' is not after 'from'"},
      {R"("from":"18:00","to":"20:00")", "'18:00' needs 'days', a date, or a day of the week before it: friday 16:00"},
      {R"("from":"freitag 18:00","to":"monday 08:00")", "'freitag' is not a day of the week; did you mean 'friday'?"},
      {R"("from":"friday","to":"monday 08:00")", "'friday' needs a time of day: friday 16:00"},
      {R"("from":"friday 24:00","to":"monday 08:00")", "'friday 24:00' needs a time of day: friday 16:00"},
      {R"("from":"friday 18:00","to":"friday 18:00")", "the window is empty: it ends when it begins"},
      {R"("from":"18:00","to":"18:00","days":["monday"])", "the window is empty; a whole day is 00:00 to 24:00"},
      {R"("from":"24:00","to":"18:00","days":["monday"])", "'24:00' is not a time of day such as 18:00"},
      {R"("from":"16:00","to":"18:00","days":["munday"])",
       "'munday' is not a value of element 1 of 'days'; did you mean 'monday'?"},
      {R"("from":"16:00","to":"18:00","days":["monday","monday"])", "this day stands here already"},
      {R"("from":"16:00","to":"18:00","days":[])", "'days' is empty"},
      {R"("from":"16:00","to":18,"days":["monday"])", "'to' must be a text in quotes"},
      {R"("from":"16:00","days":["monday"])", "a window needs 'to'"},
      {R"("from":"16:00","day":["monday"],"to":"18:00","days":["monday"])", "unknown key 'day'; did you mean 'days'?"},
  };
  for (const auto& [members, expected] : cases) {
    const auto said = one_window(members);
    EXPECT_NE(said.find(expected), std::string::npos) << members << "\n" << said;
    EXPECT_TRUE(said.starts_with("calendar.json:1:")) << said;
  }
}

TEST(LoadCalendar, IdsAreOnce) {
  EXPECT_EQ(loaded(R"({"calendar":1,"tz":"Etc/UTC",
"windows":[{"id":"a","reason":"r","from":"friday 16:00","to":"monday 08:00"}],
"late":[{"id":"a","reason":"r","from":"friday 12:00","to":"monday 08:00"},
{"id":"B","reason":"","from":"friday 12:00","to":"monday 08:00"}]})"),
            "calendar.json:3:15: there is another window 'a'\n"
            "calendar.json:4:7: 'B' is not an id: small letters, digits and '-', at most 60\n"
            "calendar.json:4:20: 'reason' is empty\n");
}

}  // namespace
}  // namespace patchgate
