#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzers/model/risk_table.h"

namespace patchgate {

/// "low", "moderate", "high" or "critical": percentile *and* transitive fan-in reach the band. "unknown" where the
/// percentile is not known and the fan-in alone does not settle it.
std::string impact_level(const RiskTable& bands, std::optional<double> percentile, std::uint32_t transitive,
                         bool feeds_a_sink);

/// 0 low … 3 critical; -1 for "unknown" and anything else.
int rank_of_level(std::string_view level);

/// The word for 0 … 3.
const char* level_name(int rank);

}  // namespace patchgate
