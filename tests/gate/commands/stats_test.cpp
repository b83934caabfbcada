#include "gate/commands/stats.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace patchgate {
namespace {

TEST(Stats, HasEveryKeyAndEveryPhase) {
  Stats stats;
  stats.seconds["parse"] = 1.5;
  stats.wall_seconds = 2;
  stats.worker_cpu_seconds = 100;
  stats.units_parsed = 3;
  stats.units_reused = 4;
  stats.symbols = 5;
  stats.edges = 6;
  const auto json = nlohmann::json::parse(to_json(stats));
  EXPECT_EQ(json["wall_s"], 2.0);
  EXPECT_GE(json["cpu_s"].get<double>(), 100.0);
  EXPECT_GT(json["max_rss_kb"].get<std::uint64_t>(), 0U);
  EXPECT_EQ(json["phases"].size(), 7U);
  EXPECT_EQ(json["phases"]["parse"], 1.5);
  EXPECT_EQ(json["phases"]["report"], 0.0);
  EXPECT_EQ(json["units_parsed"], 3);
  EXPECT_EQ(json["units_reused"], 4);
  EXPECT_EQ(json["symbols"], 5);
  EXPECT_EQ(json["edges"], 6);
}

}  // namespace
}  // namespace patchgate
