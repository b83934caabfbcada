#include "gate/reports/calendar.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sample_report.h"

namespace patchgate {
namespace {

WindowState window(std::string id, std::string ends) {
  return {std::move(id), "few are there", "Europe/Berlin", "2026-12-18T18:00:00+01:00", std::move(ends), 10, 0};
}

std::string said(const CalendarState& state) {
  Report report;
  report.calendar = state;
  std::string text;
  for (const auto& line : calendar_lines(report)) text += line + "\n";
  return text;
}

TEST(CalendarLines, OneMostOfTheTime) {
  CalendarState state;
  EXPECT_EQ(said(state), "") << "nobody asked";
  state.there = true;
  EXPECT_EQ(said(state), "") << "no rule asked for the time";
  state.looked = true;
  EXPECT_EQ(said(state), "no freeze within a year\n");
  state.next = window("year-end", "");
  for (const auto& [minutes, expected] : {std::pair(0, "0 min"), std::pair(119, "119 min"), std::pair(120, "2 h"),
                                          std::pair(2879, "47 h"), std::pair(2880, "2 d"), std::pair(36'540, "25 d")}) {
    state.next->minutes_to_begin = minutes;
    EXPECT_EQ(said(state), std::string("next freeze in ") + expected + ": year-end, 2026-12-18 18:00 Europe/Berlin\n");
  }
  state.frozen = {window("year-end", "2027-01-04T08:00:00+01:00")};
  state.free_from = "2027-01-04T08:00:00+01:00";
  EXPECT_EQ(said(state), "frozen by year-end until 2027-01-04 08:00 Europe/Berlin (few are there)\n");
}

TEST(CalendarLines, AllThatIsOpenAndAllThatCannotBeTold) {
  CalendarState state;
  state.there = state.looked = true;
  state.frozen = {window("year-end", "2027-01-04T08:00:00+01:00"), window("weekend", "2026-12-21T08:00:00+01:00")};
  state.free_from = "2027-01-04T08:00:00+01:00";
  state.late = {window("evening", "2026-12-19T00:00:00+01:00")};
  state.unknown = {"window moon: there is no time zone Moon/Base"};
  EXPECT_EQ(said(state),
            "frozen by year-end until 2027-01-04 08:00 Europe/Berlin (few are there)\n"
            "frozen by weekend until 2026-12-21 08:00 Europe/Berlin (few are there)\n"
            "no freeze is open any more from 2027-01-04T08:00:00+01:00\n"
            "late by evening until 2026-12-19 00:00 Europe/Berlin (few are there)\n"
            "cannot be told: window moon: there is no time zone Moon/Base\n");
}

TEST(CalendarJson, SaysWhereItCameFrom) {
  const auto report = sample_report();
  EXPECT_EQ(calendar_input_json(report).dump(),
            R"({"source":"base:.patchgate/calendar.json","oid":null,"tz":"Europe/Berlin","tzdata":"2025b"})");
  EXPECT_EQ(calendar_json(report)["next"]["id"], "year-end");
  EXPECT_TRUE(calendar_json(Report{}).is_null());
  EXPECT_TRUE(calendar_input_json(Report{}).is_null());
}

}  // namespace
}  // namespace patchgate
