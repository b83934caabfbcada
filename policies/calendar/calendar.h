#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// A time in which nothing is to be deployed, or nothing risky, on the clocks of one time zone; half-open: it has ended
/// at `to`. Either `once`, or every week from a day and a time on.
struct CalendarWindow {
  std::string id;
  std::string reason;
  std::string tz;
  bool weekly = false;
  std::int64_t from = 0, to = 0;  ///< once: times on the clock (see civil_time.h)
  std::vector<int> days;          ///< weekly: those that it begins on; 0 = monday; rising
  std::int64_t begins_at = 0;     ///< weekly: seconds after midnight of such a day
  std::int64_t lasts = 0;         ///< weekly: seconds on the clock, at most a week
  Place at;                       ///< of the window, in its file
  Place from_at, to_at;
};

/// `.patchgate/calendar.json`; its form is policies/calendar/calendar.schema.json.
struct Calendar {
  std::string tz;  ///< of clock.hour and clock.weekday; may be empty
  Place tz_at;
  std::vector<CalendarWindow> freezes;  ///< in the order of the file
  std::vector<CalendarWindow> late;

  /// Names of the zones that it needs, sorted.
  std::vector<std::string> zones() const;
};

/// A calendar, or all that is wrong with it.
struct [[nodiscard]] LoadedCalendar {
  std::optional<Calendar> calendar;  ///< there, exactly where `errors` is empty
  std::vector<Error> errors;         ///< of kind config, each with its place, from the top
};

/// Limits: 1 MiB, 200 windows of each kind. Whether the zones exist, and the local times in them, is not asked here.
LoadedCalendar load_calendar(const std::string& file, std::string_view text);

}  // namespace patchgate
