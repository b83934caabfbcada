#include "analyzers/impact/level.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* name;
  std::optional<double> percentile;
  std::uint32_t transitive;
  bool feeds;
  const char* expected;
};

const Case kCases[] = {
    {"nobody uses it", 0.0, 0, false, "low"},
    {"below the moderate percentile", 74.9, 1000, false, "low"},
    {"below the moderate floor", 99.9, 4, true, "low"},
    {"moderate from both", 75.0, 5, false, "moderate"},
    {"moderate does not rise by a sink", 75.0, 5, true, "moderate"},
    {"high percentile below its floor", 95.0, 19, false, "moderate"},
    {"high floor below its percentile", 94.9, 20, false, "moderate"},
    {"high from both", 95.0, 20, false, "high"},
    {"high and feeding", 95.0, 20, true, "critical"},
    {"critical percentile below its floor", 99.0, 199, false, "high"},
    {"critical floor below its percentile", 98.9, 200, false, "high"},
    {"critical from both", 99.0, 200, false, "critical"},
    {"no symbol of that kind, and used by few", std::nullopt, 4, false, "low"},
    {"no symbol of that kind, and used by many", std::nullopt, 5, false, "unknown"},
};

TEST(ImpactLevel, DefaultBands) {
  for (const Case& c : kCases) {
    EXPECT_EQ(impact_level(RiskTable{}, c.percentile, c.transitive, c.feeds), c.expected) << c.name;
  }
}

TEST(ImpactLevel, ThePolicyMayLeaveSinksOut) {
  RiskTable bands;
  bands.high_feeding_a_sink_is_critical = false;
  EXPECT_EQ(impact_level(bands, 95, 20, true), "high");
}

TEST(ImpactLevel, RanksAndWordsAreInverse) {
  for (int rank = 0; rank < 4; ++rank) EXPECT_EQ(rank_of_level(level_name(rank)), rank);
  EXPECT_EQ(rank_of_level("unknown"), -1);
  EXPECT_EQ(rank_of_level(""), -1);
}

}  // namespace
}  // namespace patchgate
