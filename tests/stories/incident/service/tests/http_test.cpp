#include <gtest/gtest.h>

#include "crm/http_client.h"

namespace crm {

TEST(Http, JoinsUrls) {
  EXPECT_EQ(join_url("https://crm.example/", "/customers/1"), "https://crm.example/customers/1");
  EXPECT_EQ(join_url("https://crm.example", "customers"), "https://crm.example/customers");
}

TEST(Http, EncodesPaths) { EXPECT_EQ(record_path("a b/c", 7), "/a%20b%2Fc/7"); }

TEST(Http, KnowsWhatToTryAgain) {
  EXPECT_TRUE(should_retry({503, "", ""}));
  EXPECT_TRUE(should_retry({0, "", "timeout"}));
  EXPECT_FALSE(should_retry({404, "", ""}));
}

}  // namespace crm
