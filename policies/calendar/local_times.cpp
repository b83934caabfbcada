#include <algorithm>

#include "policies/calendar/civil_time.h"
#include "policies/calendar/zones.h"

namespace patchgate {

Zones read_zones(const Calendar& calendar, const ZoneSource& source) {
  Zones zones;
  for (const auto& name : calendar.zones()) {
    const auto bytes = source(name);
    if (!bytes) {
      zones.emplace(name, Unknown{bytes.error().message});
      continue;
    }
    auto zone = TimeZone::read(*bytes);
    if (zone) {
      zones.emplace(name, std::move(*zone));
    } else {
      zones.emplace(name, Unknown{"time zone " + name + ": " + zone.error().message});
    }
  }
  return zones;
}

LocalTimes check_local_times(const Calendar& calendar, const Zones& zones) {
  LocalTimes found;
  const auto check = [&](const CalendarWindow& window, const TimeZone& zone, std::int64_t local, const Place& at,
                         bool begins) {
    const auto text = plain_local(local);
    const int times = zone.times_shown(local);
    if (times == 0) {
      found.errors.push_back(Error{Error::Kind::config,
                                   "there is no " + text + " in " + window.tz + ": clocks are put forward over it",
                                   at,
                                   {},
                                   {}});
    }
    if (times > 1) {
      found.warnings.push_back(to_string(Error{Error::Kind::config,
                                               text + " comes twice in " + window.tz + ": " + window.id +
                                                   (begins ? " begins with the first" : " ends with the second"),
                                               at,
                                               {},
                                               {}}));
    }
  };
  for (const auto* windows : {&calendar.freezes, &calendar.late}) {
    for (const auto& window : *windows) {
      const auto found_zone = zones.find(window.tz);
      const auto* zone = found_zone == zones.end() ? nullptr : std::get_if<TimeZone>(&found_zone->second);
      if (zone == nullptr || window.weekly) continue;
      check(window, *zone, window.from, window.from_at, true);
      check(window, *zone, window.to, window.to_at, false);
    }
  }
  return found;
}

}  // namespace patchgate
