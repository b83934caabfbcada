#include "crm/date.h"

#include <algorithm>

#include "crm/text.h"

namespace crm {
namespace {

int number(std::string_view text) {
  int value = 0;
  for (char c : text) value = value * 10 + (c - '0');
  return value;
}

std::string two_digits(int value) { return pad_left(std::to_string(value), 2, '0'); }

}  // namespace

bool operator==(const Date& a, const Date& b) { return a.year == b.year && a.month == b.month && a.day == b.day; }

bool operator<(const Date& a, const Date& b) {
  if (a.year != b.year) return a.year < b.year;
  if (a.month != b.month) return a.month < b.month;
  return a.day < b.day;
}

bool is_leap_year(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month == 2 && is_leap_year(year)) return 29;
  return lengths[month - 1];
}

bool is_valid(const Date& date) {
  if (date.year < 1970 || date.year > 9999 || date.month < 1 || date.month > 12) return false;
  return date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::string_view year = text.substr(0, 4), month = text.substr(5, 2), day = text.substr(8, 2);
  if (!is_digits(year) || !is_digits(month) || !is_digits(day)) return std::nullopt;
  const Date date{number(year), number(month), number(day)};
  if (!is_valid(date)) return std::nullopt;
  return date;
}

std::string format_date(const Date& date) {
  return std::to_string(date.year) + "-" + two_digits(date.month) + "-" + two_digits(date.day);
}

// Days since 1970-01-01; the year starts in March here so that the leap day is its last.
long to_days(const Date& date) {
  const long year = date.month <= 2 ? date.year - 1 : date.year;
  const long era = year / 400;
  const long year_of_era = year - era * 400;
  const long day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const long day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

Date from_days(long days) {
  days += 719468;
  const long era = days / 146097;
  const long day_of_era = days - era * 146097;
  const long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const long shifted = (5 * day_of_year + 2) / 153;
  const int day = static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1);
  const int month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  return {static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0)), month, day};
}

Date add_days(const Date& date, int days) { return from_days(to_days(date) + days); }

Date add_months(const Date& date, int months) {
  const int index = date.year * 12 + date.month - 1 + months;
  Date result{index / 12, index % 12 + 1, date.day};
  result.day = std::min(result.day, days_in_month(result.year, result.month));
  return result;
}

Date end_of_month(const Date& date) { return {date.year, date.month, days_in_month(date.year, date.month)}; }

long days_between(const Date& from, const Date& to) { return to_days(to) - to_days(from); }

// 0 = Monday.
int weekday(const Date& date) { return static_cast<int>((to_days(date) + 3) % 7); }

bool is_weekend(const Date& date) { return weekday(date) >= 5; }

Date next_working_day(const Date& date) {
  Date next = add_days(date, 1);
  while (is_weekend(next)) next = add_days(next, 1);
  return next;
}

int quarter(const Date& date) { return (date.month - 1) / 3 + 1; }

}  // namespace crm
