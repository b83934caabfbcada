#include "gate/reports/calendar.h"

#include <nlohmann/json.hpp>

#include "gate/reports/escape.h"

namespace patchgate {

namespace {

using Json = nlohmann::ordered_json;

Json word_or_null(const std::string& word) { return word.empty() ? Json(nullptr) : Json(json_text(word)); }

/// "2027-01-04 08:00 Europe/Berlin" of "2027-01-04T08:00:00+01:00".
std::string on_the_clock(const std::string& time, const std::string& tz) {
  if (time.size() < 16) return time;
  return time.substr(0, 10) + " " + time.substr(11, 5) + " " + tz;
}

/// "25 d", "3 h", "12 min": the largest unit, rounded down.
std::string in_short(std::int64_t minutes) {
  if (minutes >= 2 * 1440) return std::to_string(minutes / 1440) + " d";
  if (minutes >= 2 * 60) return std::to_string(minutes / 60) + " h";
  return std::to_string(minutes) + " min";
}

std::string open_line(const char* word, const WindowState& window) {
  return std::string(word) + " by " + window.id + " until " + on_the_clock(window.ends, window.tz) + " (" +
         window.reason + ")";
}

Json window_json(const WindowState& window) {
  return {{"id", json_text(window.id)},
          {"reason", json_text(window.reason)},
          {"tz", json_text(window.tz)},
          {"begins", window.begins},
          {"ends", window.ends},
          {"minutes_to_begin", window.minutes_to_begin},
          {"minutes_to_end", window.minutes_to_end}};
}

Json windows_json(const std::vector<WindowState>& windows) {
  Json array = Json::array();
  for (const auto& window : windows) array.push_back(window_json(window));
  return array;
}

}  // namespace

std::vector<std::string> calendar_lines(const Report& report) {
  const CalendarState& state = report.calendar;
  std::vector<std::string> lines;
  if (!state.looked) return lines;
  for (const auto& window : state.frozen) lines.push_back(open_line("frozen", window));
  if (state.frozen.size() > 1 && !state.free_from.empty())
    lines.push_back("no freeze is open any more from " + state.free_from);
  for (const auto& window : state.late) lines.push_back(open_line("late", window));
  for (const auto& why : state.unknown) lines.push_back("cannot be told: " + why);
  if (state.frozen.empty() && state.next) {
    lines.push_back("next freeze in " + in_short(state.next->minutes_to_begin) + ": " + state.next->id + ", " +
                    on_the_clock(state.next->begins, state.next->tz));
  }
  if (lines.empty()) lines.emplace_back("no freeze within a year");
  return lines;
}

Json calendar_input_json(const Report& report) {
  const CalendarState& state = report.calendar;
  if (!state.there) return nullptr;
  return {{"source", json_text(state.source)},
          {"oid", word_or_null(state.oid)},
          {"tz", word_or_null(state.tz)},
          {"tzdata", word_or_null(state.tzdata)}};
}

Json calendar_json(const Report& report) {
  const CalendarState& state = report.calendar;
  if (!state.looked) return nullptr;
  Json unknown = Json::array();
  for (const auto& why : state.unknown) unknown.push_back(json_text(why));
  return {{"frozen", windows_json(state.frozen)},
          {"free_from", word_or_null(state.free_from)},
          {"late", windows_json(state.late)},
          {"next", state.next ? window_json(*state.next) : Json(nullptr)},
          {"unknown", std::move(unknown)},
          {"text", [&] {
             Json lines = Json::array();
             for (const auto& line : calendar_lines(report)) lines.push_back(json_text(line));
             return lines;
           }()}};
}

}  // namespace patchgate
