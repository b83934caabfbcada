#include "gate/commands/explain_rule.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(ExplainRule, TellsRulesFromSymbolsAndPlaces) {
  EXPECT_TRUE(is_rule_name("hotfix/tests-reach"));
  EXPECT_FALSE(is_rule_name("shop::fee"));
  EXPECT_FALSE(is_rule_name("src/fee.cpp:10"));
  EXPECT_FALSE(is_rule_name("src/fee.cpp"));
  EXPECT_FALSE(is_rule_name("a/b/c"));
}

}  // namespace
}  // namespace patchgate
