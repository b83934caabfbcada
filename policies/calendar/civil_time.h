#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patchgate {

// Times as a wall clock shows them are seconds since 1970-01-01T00:00:00 on that clock ("local"); instants are seconds
// since then in UTC ("utc"). Days are the proleptic Gregorian calendar's.

inline constexpr std::int64_t kMinute = 60;
inline constexpr std::int64_t kDay = 86'400;

/// "monday" to "sunday".
const std::vector<std::string>& weekday_names();

/// 0 = monday.
int weekday_of(std::int64_t local);

/// The midnight that its day begins with.
std::int64_t midnight_of(std::int64_t local);

/// Days since 1970-01-01, none where there is no such day.
std::optional<std::int64_t> days_of(int year, int month, int day);
int year_of(std::int64_t local);

/// `2026-12-18T18:00` (a blank may stand for the T); years 1970 to 2399. None where it is no such time.
std::optional<std::int64_t> parse_local_time(std::string_view text);

/// `18:00`, as seconds; 24:00 is the end of the day.
std::optional<std::int64_t> parse_time_of_day(std::string_view text);

/// "2026-12-18T18:00:00+01:00"; with a Z where `offset` is 0. Years 0 to 9999.
std::string rfc3339(std::int64_t utc, std::int32_t offset);

/// Of such a time, checked: seconds ahead of UTC.
std::int32_t offset_of_rfc3339(std::string_view text);

/// "2026-12-18 18:00".
std::string plain_local(std::int64_t local);

}  // namespace patchgate
