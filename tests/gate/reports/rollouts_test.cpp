#include "gate/reports/rollouts.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/gate/reports/sample_report.h"

namespace patchgate {
namespace {

Report with_first_stage(double percent, double minutes) {
  Report report = proven_report();
  RolloutStage& first = report.rollout.plans.front().stages.front();
  first.percent = percent;
  first.bake_minutes = minutes;
  return report;
}

TEST(RolloutLines, WhatIsNotNothingIsNotWrittenAsNothing) {
  struct Case {
    double percent, minutes;
    const char* expected;
  };
  const Case cases[] = {
      {5, 10, "staged_abort, 5 % of the requests first, waits 10 min,"},
      {0.04, 1.0 / 60, "staged_abort, 0.04 % of the requests first, waits 1 s,"},
      {0.001, 0.5, "staged_abort, 0.001 % of the requests first, waits 30 s,"},
      {100.0 / 6000, 1e-6, "staged_abort, 0.017 % of the requests first, waits 0.00006 s,"},
      {33.333, 90.26, "staged_abort, 33.3 % of the requests first, waits 90.3 min,"},
  };
  for (const Case& c : cases) {
    const std::string line = rollout_lines(with_first_stage(c.percent, c.minutes)).front();
    EXPECT_NE(line.find(c.expected), std::string::npos) << line;
  }
  EXPECT_GT(rollout_json(with_first_stage(0.00001, 1))["plans"][0]["stages"][0]["percent"], 0.0);
}

}  // namespace
}  // namespace patchgate
