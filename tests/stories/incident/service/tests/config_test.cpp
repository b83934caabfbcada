#include "crm/config.h"

#include <gtest/gtest.h>

namespace crm {

TEST(Config, ReadsOptions) {
  Problems problems;
  const Config config = parse_config("url = https://crm.example  # test\nevery=30\ncolour=red\n", problems);
  EXPECT_EQ(config.url, "https://crm.example");
  EXPECT_EQ(config.every, 30);
  EXPECT_EQ(describe(problems), "unknown option: colour");
}

TEST(Config, HidesTheToken) { EXPECT_EQ(mask_token("abcdefghij"), "abc***"); }

}  // namespace crm
