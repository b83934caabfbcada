#pragma once

#include <array>
#include <cstdint>

namespace patchgate {

/// The bands that turn measurements into levels; a policy may change them, the shape stays. Levels: 0 low, 1 moderate,
/// 2 high, 3 critical.
struct RiskTable {
  struct Band {
    double percentile = 0;
    std::uint32_t transitive = 0;
  };
  Band moderate{75, 5};
  Band high{95, 20};
  Band critical{99, 200};
  bool high_feeding_a_sink_is_critical = true;

  /// Likelihood percentile from which it is moderate, high.
  double likelihood_moderate = 50;
  double likelihood_high = 90;
  std::uint32_t likelihood_min_commits = 50;

  /// risk[impact][likelihood 0..2]
  std::array<std::array<std::uint8_t, 3>, 4> risk{{{0, 0, 1}, {0, 1, 2}, {1, 2, 3}, {2, 2, 3}}};
};

}  // namespace patchgate
