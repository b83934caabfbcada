#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace patchgate {

/// Seconds since 1970-01-01T00:00:00Z of a time such as `2026-11-23T09:00:00Z` or `2026-11-23T10:00:00.5+01:00`;
/// fractions of a second are dropped. None where it is no such time (RFC 3339, years from 1970, no leap second).
std::optional<std::int64_t> parse_rfc3339(std::string_view text);

/// Seconds since the same time of the first moment (UTC) of a day such as `2026-11-23`; years from 1970. None where
/// there is no such day.
std::optional<std::int64_t> parse_day(std::string_view text);

/// "2026-11-23T09:00:00Z"; years from 1970 to 9999.
std::string utc_time(std::int64_t seconds);

/// "2026-11-23", the day in UTC.
std::string utc_day(std::int64_t seconds);

}  // namespace patchgate
