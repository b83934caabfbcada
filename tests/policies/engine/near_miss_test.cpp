#include "policies/engine/near_miss.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(EditDistance, Table) {
  struct Case {
    const char *a, *b;
    std::size_t distance;
  };
  for (const auto& [a, b, distance] :
       {Case{"", "", 0}, Case{"a", "", 1}, Case{"", "abc", 3}, Case{"abc", "abc", 0}, Case{"abc", "abd", 1},
        Case{"hihg", "high", 1}, Case{"kitten", "sitting", 3}, Case{"ab", "ba", 1}, Case{"rule", "rules", 1}}) {
    EXPECT_EQ(edit_distance(a, b), distance) << a << " " << b;
    EXPECT_EQ(edit_distance(b, a), distance) << b << " " << a;
  }
}

TEST(Nearest, Table) {
  const std::vector<std::string> names{"low", "moderate", "high", "rollout.first_stage.percent"};
  struct Case {
    std::string written, nearest;
  };
  for (const auto& [written, expected] :
       {Case{"hihg", "high"}, Case{"High", "high"}, Case{"moderat", "moderate"}, Case{"x", ""}, Case{"lowest", ""},
        Case{"rollout.first_stage.pct", "rollout.first_stage.percent"}, Case{"", ""}, Case{"lw", "low"},
        Case{std::string(201, 'x'), ""}}) {
    EXPECT_EQ(nearest(written, names), expected) << written;
  }
  EXPECT_EQ(nearest("ac", {"ab", "ad"}), "ab") << "the first of equals";
  EXPECT_EQ(did_you_mean("hihg", names), "; did you mean 'high'?");
  EXPECT_EQ(did_you_mean("zzz", names), "");
}

TEST(OneLine, ControlBytesAndLengthAreTamed) {
  EXPECT_EQ(in_quotes("a\nb\x1b[31m\x7f"), "'a?b?[31m?'");
  EXPECT_EQ(one_line("abc", 3), "abc");
  EXPECT_EQ(one_line("abcd", 3), "abc…");
  EXPECT_EQ(one_line("abß", 3), "ab…") << "no half character";
  EXPECT_EQ(join({"a", "b", "c"}), "a, b, c");
  EXPECT_EQ(join({}), "");
}

TEST(Shortened, CutsBetweenWords) {
  struct Case {
    std::string text;
    std::size_t limit;
    std::string shortened;
  };
  for (const auto& [text, limit, expected] :
       {Case{"one two", 7, "one two"}, Case{"one two three", 7, "one two …"}, Case{"one two three", 8, "one two …"},
        Case{"one two three", 6, "one …"}, Case{"one, two", 5, "one …"}, Case{"file (why so)", 9, "file (why …"},
        Case{"file (why so)", 7, "file …"}, Case{"oneword", 3, "one…"}, Case{" x", 1, " …"}, Case{"a\nb c", 4, "a?b …"},
        Case{"", 0, ""}}) {
    EXPECT_EQ(shortened(text, limit), expected) << text << " " << limit;
  }
}

}  // namespace
}  // namespace patchgate
