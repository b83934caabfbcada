#include "policies/calendar/civil_time.h"

#include <chrono>
#include <cstdio>

namespace patchgate {

namespace {

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2399;

std::chrono::year_month_day date_of(std::int64_t local) {
  const auto day = std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(local)));
  return std::chrono::year_month_day(day);
}

std::int64_t within_day(std::int64_t local) { return local - midnight_of(local); }

/// Exactly `digits` digits at `at`; none where they are not there.
std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (text.size() < at + digits) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

template <class... Arguments>
std::string printed(const char* form, Arguments... arguments) {
  char text[64];
  std::snprintf(text, sizeof text, form, arguments...);
  return text;
}

}  // namespace

const std::vector<std::string>& weekday_names() {
  static const std::vector<std::string> names{"monday", "tuesday",  "wednesday", "thursday",
                                              "friday", "saturday", "sunday"};
  return names;
}

std::int64_t midnight_of(std::int64_t local) {
  const auto rest = local % kDay;
  return local - (rest < 0 ? rest + kDay : rest);
}

int weekday_of(std::int64_t local) {
  const auto days = midnight_of(local) / kDay;  // day 0 was a thursday
  return static_cast<int>(((days + 3) % 7 + 7) % 7);
}

std::optional<std::int64_t> days_of(int year, int month, int day) {
  if (month < 1 || day < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

int year_of(std::int64_t local) { return static_cast<int>(date_of(local).year()); }

std::optional<std::int64_t> parse_time_of_day(std::string_view text) {
  const auto hour = number_at(text, 0, 2);
  const auto minute = number_at(text, 3, 2);
  if (text.size() != 5 || text[2] != ':' || !hour || !minute) return std::nullopt;
  if (*minute > 59 || *hour > 24 || (*hour == 24 && *minute != 0)) return std::nullopt;
  return std::int64_t{*hour} * 3600 + *minute * kMinute;
}

std::optional<std::int64_t> parse_local_time(std::string_view text) {
  if (text.size() != 16 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' ')) return {};
  const auto year = number_at(text, 0, 4);
  const auto month = number_at(text, 5, 2);
  const auto day = number_at(text, 8, 2);
  const auto time = parse_time_of_day(text.substr(11));
  if (!year || !month || !day || !time || *time == kDay || *year < kFirstYear || *year > kLastYear) return {};
  const auto days = days_of(*year, *month, *day);
  if (!days) return std::nullopt;
  return *days * kDay + *time;
}

std::string rfc3339(std::int64_t utc, std::int32_t offset) {
  const auto local = utc + offset;
  const auto date = date_of(local);
  const auto seconds = static_cast<int>(within_day(local));
  auto text =
      printed("%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
              static_cast<unsigned>(date.day()), seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (offset == 0) return text + "Z";
  const int minutes = (offset < 0 ? -offset : offset) / 60;
  return text + printed("%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

std::int32_t offset_of_rfc3339(std::string_view text) {
  const auto sign = text.size() < 6 ? '\0' : text[text.size() - 6];
  const auto hours = sign == '+' || sign == '-' ? number_at(text, text.size() - 5, 2) : std::nullopt;
  const auto minutes = hours ? number_at(text, text.size() - 2, 2) : std::nullopt;
  if (!minutes) return 0;
  const auto seconds = *hours * 3600 + *minutes * 60;
  return sign == '-' ? -seconds : seconds;
}

std::string plain_local(std::int64_t local) {
  const auto date = date_of(local);
  const auto seconds = static_cast<int>(within_day(local));
  return printed("%04d-%02u-%02u %02d:%02d", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                 static_cast<unsigned>(date.day()), seconds / 3600, seconds / 60 % 60);
}

}  // namespace patchgate
