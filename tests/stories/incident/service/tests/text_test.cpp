#include "crm/text.h"

#include <gtest/gtest.h>

namespace crm {

TEST(Text, Trims) {
  EXPECT_EQ(trim("  a b\t\n"), "a b");
  EXPECT_EQ(trim("   "), "");
}

TEST(Text, SplitsAndJoins) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(join({"a", "b"}, ", "), "a, b");
}

TEST(Text, Pads) {
  EXPECT_EQ(pad_left("7", 3, '0'), "007");
  EXPECT_EQ(pad_right("ab", 4, '.'), "ab..");
  EXPECT_EQ(pad_left("12345", 3, '0'), "12345");
}

TEST(Text, CollapsesSpaces) { EXPECT_EQ(collapse_spaces("  a \t b  "), "a b"); }

TEST(Text, TakesInitials) { EXPECT_EQ(initials("grace brewster hopper"), "GBH"); }

TEST(Text, Shortens) {
  EXPECT_EQ(shorten("abcdefgh", 6), "abc...");
  EXPECT_EQ(shorten("abc", 6), "abc");
}

}  // namespace crm
