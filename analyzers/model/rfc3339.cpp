#include "analyzers/model/rfc3339.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace patchgate {

namespace {

/// Takes what it reads off the front of `rest`; once something does not fit, `ok` stays false.
struct Reader {
  std::string_view rest;
  bool ok = true;

  int number(std::size_t digits, int least, int most) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const bool digit = !rest.empty() && rest.front() >= '0' && rest.front() <= '9';
      if (!digit) {
        ok = false;
        return 0;
      }
      value = value * 10 + (rest.front() - '0');
      rest.remove_prefix(1);
    }
    if (value < least || value > most) ok = false;
    return value;
  }
  /// One of these characters, as it was written; 0 where there is none.
  char one_of(std::string_view characters) {
    if (rest.empty() || characters.find(rest.front()) == std::string_view::npos) {
      ok = false;
      return 0;
    }
    const char c = rest.front();
    rest.remove_prefix(1);
    return c;
  }
};

}  // namespace

std::optional<std::int64_t> parse_rfc3339(std::string_view text) {
  Reader reader{text};
  const int year = reader.number(4, 1970, 9999);
  reader.one_of("-");
  const int month = reader.number(2, 1, 12);
  reader.one_of("-");
  const int day = reader.number(2, 1, 31);
  reader.one_of("Tt");
  const int hour = reader.number(2, 0, 23);
  reader.one_of(":");
  const int minute = reader.number(2, 0, 59);
  reader.one_of(":");
  const int second = reader.number(2, 0, 59);
  if (reader.ok && reader.rest.starts_with('.')) {
    const std::size_t end = reader.rest.find_first_not_of("0123456789", 1);
    if (end == 1 || end == std::string_view::npos) return std::nullopt;
    reader.rest.remove_prefix(end);
  }
  int offset_minutes = 0;
  const char zone = reader.one_of("Zz+-");
  if (zone == '+' || zone == '-') {
    offset_minutes = reader.number(2, 0, 23) * 60;
    reader.one_of(":");
    offset_minutes += reader.number(2, 0, 59);
    if (zone == '-') offset_minutes = -offset_minutes;
  }
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!reader.ok || !reader.rest.empty() || !date.ok()) return std::nullopt;
  const auto days = std::chrono::sys_days(date).time_since_epoch().count();
  return std::int64_t{days} * 86400 + hour * 3600 + minute * 60 + second - offset_minutes * 60;
}

std::optional<std::int64_t> parse_day(std::string_view text) {
  constexpr std::size_t kLength = 10;
  if (text.size() != kLength) return std::nullopt;
  return parse_rfc3339(std::string(text) + "T00:00:00Z");
}

std::string utc_time(std::int64_t seconds) {
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(time - day);
  std::array<char, 16> text{};
  static_cast<void>(std::snprintf(text.data(), text.size(), "T%02d:%02d:%02dZ", static_cast<int>(clock.hours().count()),
                                  static_cast<int>(clock.minutes().count()),
                                  static_cast<int>(clock.seconds().count())));
  return utc_day(seconds) + text.data();
}

std::string utc_day(std::int64_t seconds) {
  const std::chrono::year_month_day date(
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(seconds))));
  std::array<char, 32> text{};
  static_cast<void>(std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())));
  return text.data();
}

}  // namespace patchgate
