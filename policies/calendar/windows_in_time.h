#pragma once

#include <cstdint>
#include <optional>

#include "policies/calendar/calendar.h"
#include "policies/calendar/time_zone.h"

namespace patchgate {

/// A window as it takes place: [begin, end) in UTC.
struct Occurrence {
  std::int64_t begin = 0, end = 0;
  friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

/// What of a window lies around `now`. A weekly time that clocks skip on a day is the moment of the change; a time that
/// they show twice makes the window longer.
struct AroundNow {
  std::optional<Occurrence> open;  ///< in which `now` lies; of several the one that ends last
  std::optional<Occurrence> next;  ///< the first that begins later
};

AroundNow around_now(const CalendarWindow& window, const TimeZone& zone, std::int64_t now);

}  // namespace patchgate
