#include <algorithm>

#include "policies/calendar/calendar_at.h"
#include "policies/calendar/civil_time.h"

namespace patchgate {

namespace {

constexpr const char* kNotAsked = "no rule asks for the time, and --now was not given";

std::string joined_ids(const std::vector<WindowState>& windows) {
  std::vector<std::string> ids;
  for (const auto& window : windows) ids.push_back(window.id);
  std::sort(ids.begin(), ids.end());
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "" : ",") + id;
  return text;
}

std::vector<std::string> details_of(const std::vector<WindowState>& windows) {
  std::vector<std::string> details;
  for (const auto& window : windows) details.push_back(window.id + " until " + window.ends + ": " + window.reason);
  return details;
}

std::vector<Place> places_of(const std::vector<CalendarWindow>& windows, const std::vector<WindowState>& open) {
  std::vector<Place> places;
  for (const auto& window : windows)
    for (const auto& state : open)
      if (state.id == window.id) places.push_back(window.at);
  return places;
}

/// Why the windows of this list cannot all be told; empty where they can.
std::string doubt(const std::vector<CalendarWindow>& windows, const Zones& zones) {
  for (const auto& window : windows) {
    const auto zone = zones.find(window.tz);
    if (zone == zones.end()) return "time zone " + window.tz + " was not read";
    if (const auto* unknown = std::get_if<Unknown>(&zone->second)) return unknown->why;
  }
  return {};
}

Value open_or_not(const std::vector<WindowState>& open, const std::string& doubt) {
  if (!open.empty()) return true;
  if (!doubt.empty()) return Unknown{doubt};
  return false;
}

void state_clock(const Calendar* calendar, const Zones& zones, const Clock& clock, Facts& facts) {
  auto offset = clock.written_offset;
  if (calendar != nullptr && !calendar->tz.empty()) {
    const auto& zone = zones.at(calendar->tz);
    if (const auto* unknown = std::get_if<Unknown>(&zone)) {
      facts.set("clock.hour", *unknown);
      facts.set("clock.weekday", *unknown);
      return;
    }
    offset = std::get<TimeZone>(zone).offset_at(clock.utc);
  }
  const auto local = clock.utc + offset;
  facts.set("clock.hour", (local - midnight_of(local)) / 3600);
  facts.set("clock.weekday", weekday_names()[static_cast<std::size_t>(weekday_of(local))]);
}

}  // namespace

void state_calendar_facts(const CalendarState& state, const Calendar* calendar, const Zones& zones, const Clock* clock,
                          Facts& facts) {
  if (clock != nullptr) {
    state_clock(calendar, zones, *clock, facts);
  } else {
    facts.set("clock.hour", Unknown{kNotAsked});
    facts.set("clock.weekday", Unknown{kNotAsked});
  }
  if (calendar == nullptr) {
    facts.set("calendar.frozen", false);
    facts.set("calendar.late", false);
    facts.set("calendar.windows", std::string());
    facts.set("calendar.minutes_to_freeze", kNoFreezeAhead);
    return;
  }
  if (clock == nullptr) {
    for (const char* name : {"calendar.frozen", "calendar.late", "calendar.windows", "calendar.minutes_to_freeze"})
      facts.set(name, Unknown{kNotAsked});
    return;
  }
  const auto unsure = doubt(calendar->freezes, zones);
  auto frozen_at = places_of(calendar->freezes, state.frozen);
  facts.set("calendar.frozen", open_or_not(state.frozen, unsure), frozen_at, details_of(state.frozen));
  facts.set("calendar.late", open_or_not(state.late, doubt(calendar->late, zones)),
            places_of(calendar->late, state.late), details_of(state.late));
  if (!unsure.empty()) {
    facts.set("calendar.windows", Unknown{unsure});
  } else {
    facts.set("calendar.windows", joined_ids(state.frozen), std::move(frozen_at));
  }
  if (!state.frozen.empty()) {
    facts.set("calendar.minutes_to_freeze", std::int64_t{0});
  } else if (!unsure.empty()) {
    facts.set("calendar.minutes_to_freeze", Unknown{unsure});
  } else {
    facts.set("calendar.minutes_to_freeze", state.next ? state.next->minutes_to_begin : kNoFreezeAhead);
  }
}

}  // namespace patchgate
