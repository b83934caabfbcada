#pragma once

#include <cstdint>
#include <string>

#include "policies/calendar/civil_time.h"

namespace patchgate {

/// Of a time such as 2026-11-23T17:00:00Z.
inline std::int64_t utc_of(const std::string& text) {
  return *parse_local_time(text.substr(0, 16)) + std::stoi(text.substr(17, 2));
}

}  // namespace patchgate
