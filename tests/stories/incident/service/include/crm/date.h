#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace crm {

/// A day of the Gregorian calendar, 1970 to 9999.
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;
};

bool operator==(const Date& a, const Date& b);
bool operator<(const Date& a, const Date& b);

bool is_leap_year(int year);
int days_in_month(int year, int month);
bool is_valid(const Date& date);
std::optional<Date> parse_date(std::string_view text);
std::string format_date(const Date& date);
long to_days(const Date& date);
Date from_days(long days);
Date add_days(const Date& date, int days);
Date add_months(const Date& date, int months);
Date end_of_month(const Date& date);
long days_between(const Date& from, const Date& to);
int weekday(const Date& date);
bool is_weekend(const Date& date);
Date next_working_day(const Date& date);
int quarter(const Date& date);

}  // namespace crm
