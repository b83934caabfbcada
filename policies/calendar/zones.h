#pragma once

#include <map>
#include <string>
#include <variant>

#include "analyzers/model/fact.h"
#include "policies/calendar/calendar.h"
#include "policies/calendar/time_zone.h"

namespace patchgate {

/// The zones that a calendar needs; of one that could not be read, why.
using Zones = std::map<std::string, std::variant<TimeZone, Unknown>>;

/// Asks `source` for each zone that the calendar names.
Zones read_zones(const Calendar& calendar, const ZoneSource& source);

/// What is wrong with the times of a calendar on the clocks of its zones.
struct LocalTimes {
  std::vector<Error> errors;          ///< config: a window that begins or ends at a time that clocks skip
  std::vector<std::string> warnings;  ///< a time that clocks show twice, and which of both counts
};

/// Windows in zones that could not be read are passed over.
LocalTimes check_local_times(const Calendar& calendar, const Zones& zones);

}  // namespace patchgate
