#include "policies/calendar/posix_zone.h"

#include <algorithm>

#include "policies/calendar/civil_time.h"

namespace patchgate {

/// Takes what it reads off the front of `rest`; once something does not fit, `ok` stays false.
struct PosixZone::Reader {
  std::string_view rest;
  bool ok = true;

  bool next_is(char c) const { return !rest.empty() && rest.front() == c; }
  bool take(char c) {
    if (!next_is(c)) return false;
    rest.remove_prefix(1);
    return true;
  }
  void need(char c) { ok = take(c) && ok; }

  void name() {
    const bool quoted = take('<');
    std::size_t length = 0;
    const auto fits = [&](char c) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      return letter || (quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'));
    };
    while (length < rest.size() && fits(rest[length])) ++length;
    if (length < 3) ok = false;
    rest.remove_prefix(length);
    if (quoted) need('>');
  }
  int number(int most) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < rest.size() && digits < 3 && rest[digits] >= '0' && rest[digits] <= '9')
      value = value * 10 + (rest[digits++] - '0');
    if (digits == 0 || value > most) ok = false;
    rest.remove_prefix(digits);
    return value;
  }
  /// [+-]hh[:mm[:ss]]
  std::int32_t span(int most_hours) {
    const bool negative = take('-');
    if (!negative) take('+');
    std::int32_t seconds = number(most_hours) * 3600;
    if (take(':')) seconds += number(59) * 60;
    if (take(':')) seconds += number(59);
    return negative ? -seconds : seconds;
  }
  Day day() {
    Day result;
    if (take('M')) {
      result.month = number(12);
      need('.');
      result.week = number(5);
      need('.');
      result.day = number(6);
      if (result.month == 0 || result.week == 0) ok = false;
    } else if (take('J')) {
      result.form = Day::Form::day_without_leap;
      result.day = number(365);
      if (result.day == 0) ok = false;
    } else {
      result.form = Day::Form::day_of_year;
      result.day = number(365);
    }
    if (take('/')) result.time = span(167);
    return result;
  }
};

std::optional<PosixZone> PosixZone::read(std::string_view text) {
  Reader reader{text};
  PosixZone zone;
  reader.name();
  zone.standard_ = -reader.span(24);
  if (reader.ok && reader.rest.empty()) return zone;
  Summer summer;
  reader.name();
  summer.offset = reader.next_is(',') ? zone.standard_ + 3600 : -reader.span(24);
  reader.need(',');
  summer.begins = reader.day();
  reader.need(',');
  summer.ends = reader.day();
  if (!reader.ok || !reader.rest.empty()) return std::nullopt;
  zone.summer_ = summer;
  return zone;
}

std::int64_t PosixZone::local_time_of(const Day& day, int year) {
  const auto first = *days_of(year, 1, 1);
  if (day.form == Day::Form::day_of_year) return (first + day.day) * kDay + day.time;
  if (day.form == Day::Form::day_without_leap) {
    const bool after_leap_day = days_of(year, 2, 29).has_value() && day.day > 59;
    return (first + day.day - 1 + (after_leap_day ? 1 : 0)) * kDay + day.time;
  }
  const auto month = *days_of(year, day.month, 1);
  const auto days_in_month = (day.month == 12 ? *days_of(year + 1, 1, 1) : *days_of(year, day.month + 1, 1)) - month;
  const int wanted = (day.day + 6) % 7;  // there 0 is sunday
  auto after = (wanted - weekday_of(month * kDay) + 7) % 7 + (day.week - 1) * 7;
  if (after >= days_in_month) after -= 7;
  return (month + after) * kDay + day.time;
}

std::vector<OffsetChange> PosixZone::changes_of(int year) const {
  if (!summer_) return {};
  std::vector<OffsetChange> changes{{local_time_of(summer_->begins, year) - standard_, summer_->offset},
                                    {local_time_of(summer_->ends, year) - summer_->offset, standard_}};
  if (changes[1].at < changes[0].at) std::swap(changes[0], changes[1]);
  return changes;
}

}  // namespace patchgate
