#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzers/git/repository.h"
#include "analyzers/model/calendar_state.h"
#include "gate/pipeline/digest.h"
#include "gate/pipeline/time_of_run.h"
#include "gate/pipeline/time_zone_files.h"
#include "policies/calendar/calendar_at.h"
#include "policies/engine/policy.h"

namespace patchgate {

inline constexpr const char* kCalendarPath = ".patchgate/calendar.json";

/// The calendar of the base, and what it says about the time of the run.
struct OpenedCalendar {
  std::optional<Calendar> calendar;  ///< none: the base has none
  std::string text, oid;
  Zones zones;  ///< empty where nobody asked for the time
  std::vector<std::pair<std::string, std::string>> zone_bytes;
  std::optional<Clock> clock;  ///< none: nobody asked for the time
  CalendarState state;
  std::vector<Error> errors;  ///< of kind config: then nothing is judged
  std::vector<std::string> warnings;

  void state_facts(Facts& facts) const;
  /// The calendar and the rules of its zones.
  void add_to(Digest& digest) const;
};

/// Reads the calendar and the zones that it names. The time is asked for only where a rule of the policy asks
/// for clock.*, or for calendar.* and the base has a calendar: a policy that asks for no time is judged without one.
/// Where it is known anyway (given, or asked for before), it is used. `zoneinfo`: the folder of the time zone database;
/// none = the system's.
Result<OpenedCalendar> open_calendar(const Repository& repository, const Snapshot& base_tip, const Policy& policy,
                                     TimeOfRun& time, const std::optional<std::string>& zoneinfo);

/// A calendar's own errors, and those of its local times; where a zone is missing from a database that is there, that
/// is an error with a suggestion, else a warning. For `policy check`.
OpenedCalendar check_calendar(const std::string& file, const std::string& text, const ZoneFiles& zones);

}  // namespace patchgate
