#include "analyzers/impact/level.h"

#include <array>

namespace patchgate {

namespace {

constexpr std::array<const char*, 4> kLevels{"low", "moderate", "high", "critical"};

}  // namespace

std::string impact_level(const RiskTable& bands, std::optional<double> percentile, std::uint32_t transitive,
                         bool feeds_a_sink) {
  if (!percentile) return transitive < bands.moderate.transitive ? "low" : "unknown";
  const auto reaches = [&](const RiskTable::Band& band) {
    return *percentile >= band.percentile && transitive >= band.transitive;
  };
  if (reaches(bands.critical)) return "critical";
  if (reaches(bands.high)) return feeds_a_sink && bands.high_feeding_a_sink_is_critical ? "critical" : "high";
  return reaches(bands.moderate) ? "moderate" : "low";
}

int rank_of_level(std::string_view level) {
  for (int rank = 0; rank < static_cast<int>(kLevels.size()); ++rank) {
    if (level == kLevels[static_cast<std::size_t>(rank)]) return rank;
  }
  return -1;
}

const char* level_name(int rank) { return kLevels.at(static_cast<std::size_t>(rank)); }

}  // namespace patchgate
