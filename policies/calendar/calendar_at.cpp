#include "policies/calendar/calendar_at.h"

#include <algorithm>
#include <tuple>

#include "policies/calendar/civil_time.h"
#include "policies/calendar/windows_in_time.h"

namespace patchgate {

namespace {

constexpr int kMostChained = 100;

std::string on_the_clock(const TimeZone& zone, std::int64_t utc) { return rfc3339(utc, zone.offset_at(utc)); }

WindowState state_of(const CalendarWindow& window, const TimeZone& zone, const Occurrence& one, std::int64_t now) {
  WindowState state;
  state.id = window.id;
  state.reason = window.reason;
  state.tz = window.tz;
  state.begins = on_the_clock(zone, one.begin);
  state.ends = on_the_clock(zone, one.end);
  if (one.begin > now) state.minutes_to_begin = (one.begin - now) / kMinute;
  state.minutes_to_end = (one.end - now + kMinute - 1) / kMinute;
  return state;
}

const TimeZone* zone_of(const CalendarWindow& window, const Zones& zones) {
  const auto found = zones.find(window.tz);
  return found == zones.end() ? nullptr : std::get_if<TimeZone>(&found->second);
}

std::string why_unknown(const CalendarWindow& window, const Zones& zones) {
  const auto found = zones.find(window.tz);
  const auto* unknown = found == zones.end() ? nullptr : std::get_if<Unknown>(&found->second);
  return "window " + window.id + ": " +
         (unknown == nullptr ? "time zone " + window.tz + " was not read" : unknown->why);
}

/// The windows that are open, the one that ends last first.
std::vector<WindowState> open_windows(const std::vector<CalendarWindow>& windows, const Zones& zones, std::int64_t now,
                                      CalendarState& state) {
  std::vector<WindowState> open;
  for (const auto& window : windows) {
    const auto* zone = zone_of(window, zones);
    if (zone == nullptr) {
      state.unknown.push_back(why_unknown(window, zones));
      continue;
    }
    if (const auto around = around_now(window, *zone, now); around.open)
      open.push_back(state_of(window, *zone, *around.open, now));
  }
  std::stable_sort(open.begin(), open.end(),
                   [](const WindowState& a, const WindowState& b) { return a.minutes_to_end > b.minutes_to_end; });
  return open;
}

/// When no window is open any more, and on whose clocks that is said; none where one follows the other without end.
std::optional<std::string> end_of_all(const Calendar& calendar, const Zones& zones, std::int64_t now) {
  auto at = now;
  const TimeZone* last = nullptr;
  for (int i = 0; i < kMostChained; ++i) {
    const auto before = at;
    for (const auto& window : calendar.freezes) {
      const auto* zone = zone_of(window, zones);
      if (zone == nullptr) continue;
      const auto around = around_now(window, *zone, at);
      if (!around.open) continue;
      at = around.open->end;
      last = zone;
    }
    if (at == before) return last == nullptr ? std::nullopt : std::optional(on_the_clock(*last, at));
  }
  return std::nullopt;
}

}  // namespace

CalendarState calendar_at(const Calendar& calendar, const Zones& zones, std::int64_t now) {
  CalendarState state;
  state.there = state.looked = true;
  state.tz = calendar.tz;
  state.frozen = open_windows(calendar.freezes, zones, now, state);
  state.late = open_windows(calendar.late, zones, now, state);
  state.free_from = end_of_all(calendar, zones, now).value_or("");
  for (const auto& window : calendar.freezes) {
    const auto* zone = zone_of(window, zones);
    if (zone == nullptr) continue;
    const auto around = around_now(window, *zone, now);
    if (!around.next) continue;
    auto next = state_of(window, *zone, *around.next, now);
    if (next.minutes_to_begin >= kNoFreezeAhead) continue;
    if (!state.next || next.minutes_to_begin < state.next->minutes_to_begin) state.next = std::move(next);
  }
  return state;
}

}  // namespace patchgate
