#include "policies/calendar/windows_in_time.h"

#include <algorithm>

#include "policies/calendar/civil_time.h"

namespace patchgate {

namespace {

Occurrence occurrence(const TimeZone& zone, std::int64_t from, std::int64_t to) {
  return {zone.first_reaching(from), zone.last_reaching(to)};
}

}  // namespace

AroundNow around_now(const CalendarWindow& window, const TimeZone& zone, std::int64_t now) {
  AroundNow result;
  const auto look = [&](const Occurrence& one) {
    if (one.begin >= one.end) return;  // all of it lies in the time that clocks skip
    if (one.begin > now && (!result.next || one.begin < result.next->begin)) result.next = one;
    if (one.begin <= now && now < one.end && (!result.open || one.end > result.open->end)) result.open = one;
  };
  if (!window.weekly) {
    look(occurrence(zone, window.from, window.to));
    return result;
  }
  // One lasts a week at most; and the first after a time that clocks skip begins in the week after.
  const auto today = midnight_of(now + zone.offset_at(now));
  for (int day = -9; day <= 16; ++day) {
    const auto midnight = today + day * kDay;
    if (std::find(window.days.begin(), window.days.end(), weekday_of(midnight)) == window.days.end()) continue;
    const auto from = midnight + window.begins_at;
    look(occurrence(zone, from, from + window.lasts));
  }
  return result;
}

}  // namespace patchgate
