#include <algorithm>
#include <set>
#include <tuple>

#include "policies/calendar/calendar.h"
#include "policies/calendar/civil_time.h"
#include "policies/calendar/time_zone.h"
#include "policies/engine/document.h"
#include "policies/engine/near_miss.h"

namespace patchgate {

namespace {

constexpr std::size_t kMostWindows = 200;
constexpr std::size_t kLongestId = 60;

bool is_window_id(const std::string& id) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return id.size() <= kLongestId && id.front() != '-' && std::all_of(id.begin(), id.end(), fits);
}

/// `friday 16:00`.
struct WeeklyTime {
  int day = 0;
  std::int64_t time = 0;
};

class CalendarReader {
 public:
  explicit CalendarReader(LoadedCalendar& loaded) : loaded_(loaded) {}

  void content(const JsonNode& node) {
    if (!node.object()) return;
    if (!node.has("calendar")) return node.error("this is not a calendar: '\"calendar\": 1' is missing");
    const auto& version = node["calendar"].json();
    if (!version.is_number_integer() || version.get<std::int64_t>() != 1)
      return node["calendar"].error("this program reads version 1 of the calendar format; 'calendar' must be 1");
    node.only({"$schema", "calendar", "tz", "windows", "late"});
    if (node.has("$schema")) (void)node["$schema"].text();
    Calendar calendar;
    if (node.has("tz")) {
      calendar.tz = zone(node["tz"]);
      calendar.tz_at = node["tz"].place();
      has_tz_ = true;
    }
    tz_ = calendar.tz;
    if (node.has("windows")) windows(node["windows"], calendar.freezes);
    if (node.has("late")) windows(node["late"], calendar.late);
    if (!node.has("windows") && !node.has("late"))
      node.error("this calendar says nothing: it needs 'windows' or 'late'");
    loaded_.calendar = std::move(calendar);
  }

 private:
  std::string zone(const JsonNode& node) {
    const auto name = node.text();
    if (!name) return {};
    if (!is_zone_name(*name)) {
      node.error(in_quotes(*name) + " is not the name of a time zone such as Europe/Berlin");
      return {};
    }
    return *name;
  }

  void windows(const JsonNode& node, std::vector<CalendarWindow>& windows) {
    if (node.json().is_array() && node.json().empty()) return;
    const auto elements = node.list();
    if (!elements) return;
    if (elements->size() > kMostWindows) return node.error(node.called() + " has more than 200 elements");
    for (const auto& element : *elements)
      if (element.object()) windows.push_back(window(element));
  }

  CalendarWindow window(const JsonNode& node) {
    CalendarWindow window;
    window.at = node.place();
    node.only({"id", "reason", "tz", "from", "to", "days"});
    for (const char* key : {"id", "reason", "from", "to"})
      if (!node.has(key)) node.error("a window needs '" + std::string(key) + "'");
    if (node.has("id")) window.id = id(node["id"]);
    if (node.has("reason")) window.reason = node["reason"].text().value_or("");
    window.tz = node.has("tz") ? zone(node["tz"]) : tz_;
    if (!node.has("tz") && !has_tz_) node.error("a window needs 'tz', its own or that of the whole calendar");
    if (node.has("from")) window.from_at = node["from"].place();
    if (node.has("to")) window.to_at = node["to"].place();
    if (node.has("from") && node.has("to")) when(node, window);
    return window;
  }

  std::string id(const JsonNode& node) {
    const auto written = node.text();
    if (!written) return {};
    if (!is_window_id(*written)) {
      node.error(in_quotes(*written) + " is not an id: small letters, digits and '-', at most 60");
      return {};
    }
    if (!ids_.insert(*written).second) node.error("there is another window " + in_quotes(*written));
    return *written;
  }

  void when(const JsonNode& node, CalendarWindow& window) {
    if (node.has("days")) return on_days(node, window);
    const auto from = node["from"].text();
    const auto to = node["to"].text();
    if (!from || !to) return;
    if (const auto once = parse_local_time(*from)) return dated(node, *once, window);
    // A day of the week begins with a letter, and a date with a digit: say what was probably meant.
    const char first = from->front();
    if (first >= '0' && first <= '9') {
      const bool time_alone = parse_time_of_day(*from).has_value();
      return node["from"].error(in_quotes(*from) +
                                (time_alone ? " needs 'days', a date, or a day of the week before it: friday 16:00"
                                            : " is not a time such as 2026-12-18T18:00"));
    }
    over_days(node, window);
  }

  void dated(const JsonNode& node, std::int64_t from, CalendarWindow& window) {
    const auto text = node["to"].text().value_or("");
    const auto to = parse_local_time(text);
    if (!to) return node["to"].error(in_quotes(text) + " is not a time such as 2027-01-04T08:00");
    if (*to <= from) return node["to"].error(in_quotes(text) + " is not after 'from'");
    window.from = from;
    window.to = *to;
  }

  void on_days(const JsonNode& node, CalendarWindow& window) {
    window.weekly = true;
    const auto elements = node["days"].list();
    if (elements) {
      std::set<int> days;
      for (const auto& element : *elements) {
        const auto day = element.word(weekday_names());
        if (day && !days.insert(static_cast<int>(*day)).second) element.error("this day stands here already");
      }
      window.days.assign(days.begin(), days.end());
    }
    const auto from = time_of_day(node["from"], false);
    const auto to = time_of_day(node["to"], true);
    if (!from || !to) return;
    if (*from == *to) return node["to"].error("the window is empty; a whole day is 00:00 to 24:00");
    window.begins_at = *from;
    window.lasts = *to - *from + (*to < *from ? kDay : 0);
  }

  static std::optional<std::int64_t> time_of_day(const JsonNode& node, bool may_be_24) {
    const auto text = node.text();
    if (!text) return std::nullopt;
    const auto time = parse_time_of_day(*text);
    if (time && (may_be_24 || *time < kDay)) return time;
    node.error(in_quotes(*text) + " is not a time of day such as 18:00");
    return std::nullopt;
  }

  static std::optional<WeeklyTime> weekly_time(const JsonNode& node) {
    const auto text = node.text();
    if (!text) return std::nullopt;
    const auto blank = text->find(' ');
    const auto word = text->substr(0, blank);
    const auto& names = weekday_names();
    const auto name = std::find(names.begin(), names.end(), word);
    if (name == names.end()) {
      node.error(in_quotes(word) + " is not a day of the week" + did_you_mean(word, names));
      return std::nullopt;
    }
    const auto time = blank == std::string::npos ? std::nullopt : parse_time_of_day(text->substr(blank + 1));
    if (!time || *time == kDay) {
      node.error(in_quotes(*text) + " needs a time of day: " + *name + " 16:00");
      return std::nullopt;
    }
    return WeeklyTime{static_cast<int>(name - names.begin()), *time};
  }

  static void over_days(const JsonNode& node, CalendarWindow& window) {
    window.weekly = true;
    const auto from = weekly_time(node["from"]);
    const auto to = weekly_time(node["to"]);
    if (!from || !to) return;
    auto lasts = (to->day - from->day) * kDay + to->time - from->time;
    if (lasts == 0) return node["to"].error("the window is empty: it ends when it begins");
    if (lasts < 0) lasts += 7 * kDay;
    window.days = {from->day};
    window.begins_at = from->time;
    window.lasts = lasts;
  }

  LoadedCalendar& loaded_;
  std::set<std::string> ids_;
  std::string tz_;
  bool has_tz_ = false;
};

}  // namespace

std::vector<std::string> Calendar::zones() const {
  std::set<std::string> names;
  if (!tz.empty()) names.insert(tz);
  for (const auto* windows : {&freezes, &late})
    for (const auto& window : *windows) names.insert(window.tz);
  return {names.begin(), names.end()};
}

LoadedCalendar load_calendar(const std::string& file, std::string_view text) {
  LoadedCalendar loaded;
  if (const auto document = read_document(file, text, loaded.errors))
    CalendarReader(loaded).content(JsonNode(*document, loaded.errors));
  const auto order = [](const Error& error) { return std::tuple(error.at->line, error.at->column); };
  std::stable_sort(loaded.errors.begin(), loaded.errors.end(),
                   [&](const Error& a, const Error& b) { return order(a) < order(b); });
  if (!loaded.errors.empty()) loaded.calendar.reset();
  return loaded;
}

}  // namespace patchgate
