#include "analyzers/recovery/words.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* text;
  const char* expected;
};

const Case kWords[] = {
    {"main", "main"},
    {"release/2.4-rc.1", "release/2.4-rc.1"},
    {"a b", "'a b'"},
    {"it's", "'it'\\''s'"},
    {"$(reboot)", "'$(reboot)'"},
    {"a`b`", "'a`b`'"},
    {"~root", "'~root'"},
    {"a=b", "'a=b'"},
    {"-f", ""},
    {"", ""},
    {"a\nb", ""},
    {"a\x1b[2J", ""},
    {"\xd0\xb0", ""},
};

TEST(ShellWord, IsOneWordOrNone) {
  for (const Case& c : kWords) EXPECT_EQ(shell_word(c.text), c.expected) << c.text;
}

TEST(PlaceOf, NamesLines) {
  EXPECT_EQ(place_of("a.c", {}), "a.c");
  EXPECT_EQ(place_of("a.c", {3, 0}), "a.c:3");
  EXPECT_EQ(place_of("a.c", {3, 1}), "a.c:3");
  EXPECT_EQ(place_of("a.c", {3, 4}), "a.c:3-6");
}

}  // namespace
}  // namespace patchgate
