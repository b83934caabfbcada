#include "gate/cli/exit_code.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(ExitCodeTest, FollowsFromTheDecision) {
  EXPECT_EQ(exit_code(Decision::allow, 0), 0);
  EXPECT_EQ(exit_code(Decision::allow, 5), 0);
  EXPECT_EQ(exit_code(Decision::warn, 0), 0);
  EXPECT_EQ(exit_code(Decision::warn, 5), 5);
  EXPECT_EQ(exit_code(Decision::block, 5), 1);
  EXPECT_EQ(exit_code(Decision::none, 5), 3);
}

}  // namespace
}  // namespace patchgate
