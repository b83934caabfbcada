#include "crm/json.h"

#include <gtest/gtest.h>

namespace crm::json {

TEST(Json, WritesFieldsInOrder) {
  Object object;
  object.set("b", 2);
  object.set("a", "x");
  EXPECT_EQ(write(object), R"({"a":"x","b":2})");
}

TEST(Json, EscapesText) { EXPECT_EQ(write(Value("a\"\\\n")), "\"a\\\"\\\\\\u000a\""); }

TEST(Json, WritesNullBooleansAndLists) {
  EXPECT_EQ(write(Value(Array{Value(), Value(true), Value(-3)})), "[null,true,-3]");
}

TEST(Json, RemovesFields) {
  Object object;
  object.set("a", 1);
  EXPECT_TRUE(object.remove("a"));
  EXPECT_FALSE(object.has("a"));
  EXPECT_TRUE(object.empty());
}

}  // namespace crm::json
