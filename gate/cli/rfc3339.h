#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace patchgate {

/// Seconds since 1970-01-01T00:00:00Z of a time such as `2026-11-23T09:00:00Z` or `2026-11-23T10:00:00.5+01:00`;
/// fractions of a second are dropped. None where it is no such time (RFC 3339, years from 1970, no leap second).
std::optional<std::int64_t> parse_rfc3339(std::string_view text);

}  // namespace patchgate
