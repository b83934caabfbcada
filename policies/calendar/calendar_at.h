#pragma once

#include <cstdint>
#include <string_view>

#include "analyzers/model/calendar_state.h"
#include "analyzers/model/fact.h"
#include "policies/calendar/zones.h"

namespace patchgate {

/// calendar.minutes_to_freeze where no freeze begins within a year.
inline constexpr std::int64_t kNoFreezeAhead = 527'040;

/// What the calendar says at `now` (utc). Windows of a zone that could not be read are in `unknown`.
CalendarState calendar_at(const Calendar& calendar, const Zones& zones, std::int64_t now);

/// When it is, for the facts about the clock: on the clocks of the calendar's zone, else of the time as it was written.
struct Clock {
  std::int64_t utc = 0;
  std::int32_t written_offset = 0;  ///< seconds ahead of UTC
};

/// States calendar.* and clock.*. `clock` is null where nobody had to look at one: then calendar.* are what they are
/// without a calendar where there is none, and all else is unknown.
void state_calendar_facts(const CalendarState& state, const Calendar* calendar, const Zones& zones, const Clock* clock,
                          Facts& facts);

}  // namespace patchgate
