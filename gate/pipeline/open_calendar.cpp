#include "gate/pipeline/open_calendar.h"

#include "gate/pipeline/sources.h"
#include "policies/calendar/civil_time.h"
#include "policies/engine/asked_facts.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

void load(const std::string& file, OpenedCalendar& opened) {
  auto loaded = load_calendar(file, opened.text);
  opened.calendar = std::move(loaded.calendar);
  opened.errors = std::move(loaded.errors);
}

void read_zones(const ZoneFiles& files, OpenedCalendar& opened) {
  const auto keep = [&](const std::string& name) {
    auto bytes = files.read(name);
    if (bytes) opened.zone_bytes.emplace_back(name, *bytes);
    return bytes;
  };
  opened.zones = read_zones(*opened.calendar, keep);
  auto times = check_local_times(*opened.calendar, opened.zones);
  opened.errors.insert(opened.errors.end(), times.errors.begin(), times.errors.end());
  opened.warnings = std::move(times.warnings);
}

/// Where the calendar first names this zone.
Place named_at(const Calendar& calendar, const std::string& zone) {
  if (calendar.tz == zone) return calendar.tz_at;
  for (const auto* windows : {&calendar.freezes, &calendar.late})
    for (const auto& window : *windows)
      if (window.tz == zone) return window.at;
  return {};
}

}  // namespace

void OpenedCalendar::state_facts(Facts& facts) const {
  state_calendar_facts(state, calendar ? &*calendar : nullptr, zones, clock ? &*clock : nullptr, facts);
}

void OpenedCalendar::add_to(Digest& digest) const {
  if (!calendar) return;
  digest.add("calendar", text);
  for (const auto& [name, bytes] : zone_bytes) digest.add("time zone " + name, bytes);
}

Result<OpenedCalendar> open_calendar(const Repository& repository, const Snapshot& base_tip, const Policy& policy,
                                     TimeOfRun& time, const std::optional<std::string>& zoneinfo) {
  OpenedCalendar opened;
  PATCHGATE_TRY(auto text, read_file(repository, base_tip, kCalendarPath));
  const bool asked = asks_for_any(policy, "clock.") || (text && asks_for_any(policy, "calendar."));
  if (asked || !time.text().empty()) {
    const auto utc = time.needed();
    opened.clock = Clock{utc, offset_of_rfc3339(time.text())};
  }
  if (!text) return opened;
  opened.text = std::move(*text);
  const auto* entry = base_tip.find(kCalendarPath);
  load(kCalendarPath, opened);
  if (opened.calendar && opened.clock) {
    const auto files = ZoneFiles::in(zoneinfo);
    read_zones(files, opened);
    opened.state = calendar_at(*opened.calendar, opened.zones, opened.clock->utc);
    opened.state.tzdata = files.version();
  }
  opened.state.there = true;
  opened.state.source = std::string("base:") + kCalendarPath;
  opened.state.oid = entry == nullptr ? "" : entry->blob;
  return opened;
}

OpenedCalendar check_calendar(const std::string& file, const std::string& text, const ZoneFiles& zones) {
  OpenedCalendar opened;
  opened.text = text;
  load(file, opened);
  if (!opened.calendar) return opened;
  read_zones(zones, opened);
  const auto names = zones.names();
  for (const auto& [name, zone] : opened.zones) {
    const auto* unknown = std::get_if<Unknown>(&zone);
    if (unknown == nullptr) continue;
    Error error{
        Error::Kind::config, unknown->why + did_you_mean(name, names), named_at(*opened.calendar, name), {}, {}};
    if (names.empty()) {
      opened.warnings.push_back(to_string(error));
    } else {
      opened.errors.push_back(std::move(error));
    }
  }
  return opened;
}

}  // namespace patchgate
