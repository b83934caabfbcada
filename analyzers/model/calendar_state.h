#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace patchgate {

/// A window of the calendar beside the time of a run.
struct WindowState {
  std::string id;
  std::string reason;
  std::string tz;
  std::string begins, ends;         ///< RFC 3339, on the clocks of its zone
  std::int64_t minutes_to_end = 0;  ///< of one that is open
  std::int64_t minutes_to_begin = 0;
};

/// What the calendar of the base says about the time of a run.
struct CalendarState {
  bool there = false;     ///< the base has a calendar
  std::string source;     ///< "base:.patchgate/calendar.json"
  std::string oid;        ///< git's id of its text
  std::string tz;         ///< of clock.hour and clock.weekday; empty: that of the time itself
  std::string tzdata;     ///< version of the time zone database; empty: not known, or not asked for
  bool looked = false;    ///< there was a reason to look at the time; all below is empty otherwise
  std::string free_from;  ///< RFC 3339: when no freeze is open any more; empty: none is open, or that never comes
  std::vector<WindowState> frozen;   ///< the windows that are open, the one that ends last first
  std::vector<WindowState> late;     ///< likewise of those that are late only
  std::optional<WindowState> next;   ///< the freeze that begins next, within a year
  std::vector<std::string> unknown;  ///< windows that cannot be told, and why, a sentence each
};

}  // namespace patchgate
