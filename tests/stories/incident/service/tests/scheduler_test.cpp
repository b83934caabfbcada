#include "crm/scheduler.h"

#include <gtest/gtest.h>

namespace crm {

TEST(Schedule, WaitsLongerAfterEachFailure) {
  Schedule schedule{60, 0, 0};
  schedule = after_failure(schedule, 0);
  EXPECT_EQ(schedule.next, 120);
  schedule = after_failure(schedule, 120);
  EXPECT_EQ(schedule.next, 360);
  EXPECT_FALSE(is_due(schedule, 359));
}

TEST(Schedule, SuccessForgetsFailures) { EXPECT_EQ(after_success({60, 0, 5}, 100).failures, 0); }

}  // namespace crm
