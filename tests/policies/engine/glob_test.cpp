#include "policies/engine/glob.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct MatchCase {
  const char* pattern;
  const char* text;
  bool matches;
};

TEST(Glob, Matches) {
  for (const auto& [pattern, text, expected] : {MatchCase{"main", "main", true},
                                                MatchCase{"main", "Main", false},
                                                MatchCase{"main", "main2", false},
                                                MatchCase{"main", "mai", false},
                                                MatchCase{"main", "", false},
                                                MatchCase{"*", "main", true},
                                                MatchCase{"*", "", true},
                                                MatchCase{"*", "a/b", false},
                                                MatchCase{"*.cpp", "a.cpp", true},
                                                MatchCase{"*.cpp", ".cpp", true},
                                                MatchCase{"*.cpp", "a/b.cpp", false},
                                                MatchCase{"a*b*c", "aXXbYYc", true},
                                                MatchCase{"a*b*c", "aXXcYYb", false},
                                                MatchCase{"a*b*c", "abbc", true},
                                                MatchCase{"?at", "cat", true},
                                                MatchCase{"?at", "at", false},
                                                MatchCase{"?at", "/at", false},
                                                MatchCase{"?at", "ßat", true},
                                                MatchCase{"?at", "日at", true},
                                                MatchCase{"?at", "ccat", false},
                                                MatchCase{"**", "a", true},
                                                MatchCase{"**", "a/b/c", true},
                                                MatchCase{"**", "", false},
                                                MatchCase{"release/**", "release/2.4", true},
                                                MatchCase{"release/**", "release/2/4", true},
                                                MatchCase{"release/**", "release", false},
                                                MatchCase{"release/**", "release/", false},
                                                MatchCase{"release/**", "releases/2", false},
                                                MatchCase{"**/x.h", "x.h", true},
                                                MatchCase{"**/x.h", "a/b/x.h", true},
                                                MatchCase{"**/x.h", "a/yx.h", false},
                                                MatchCase{"src/**/x.h", "src/x.h", true},
                                                MatchCase{"src/**/x.h", "src/a/b/x.h", true},
                                                MatchCase{"src/**/x.h", "srcx.h", false},
                                                MatchCase{"src/**/*.h", "src/a/b/x.h", true},
                                                MatchCase{"**/a/**/b", "x/a/y/z/b", true},
                                                MatchCase{"**/a/**/b", "a/b", true},
                                                MatchCase{"**/a/**/b", "x/ba/b", false},
                                                MatchCase{"**/**", "a", true},
                                                MatchCase{"**/*", "a/b", true},
                                                MatchCase{"a\\*b", "a*b", true},
                                                MatchCase{"a\\*b", "axb", false},
                                                MatchCase{"\\[x\\]", "[x]", true},
                                                MatchCase{"a.b", "axb", false},
                                                MatchCase{"a]b}", "a]b}", true}}) {
    const auto glob = Glob::compile(pattern);
    ASSERT_TRUE(glob) << pattern;
    EXPECT_EQ(glob->matches(text), expected) << pattern << " against " << text;
    EXPECT_EQ(glob->pattern(), pattern);
  }
}

struct BadPattern {
  std::string pattern;
  const char* message;
};

constexpr const char* kWhole = "'**' must be a whole segment, as in src/**/x or release/**";

TEST(Glob, ExplainsBadPatterns) {
  for (const auto& [pattern, message] :
       {BadPattern{"", "the pattern is empty"}, BadPattern{"a**", kWhole}, BadPattern{"**a", kWhole},
        BadPattern{"a/**b", kWhole}, BadPattern{"***", kWhole}, BadPattern{"a\\", "the pattern ends in a backslash"},
        BadPattern{"[ab]", "'[' has no meaning in a pattern; write \\[ for the character itself"},
        BadPattern{"*.{h,c}", "'{' has no meaning in a pattern; write \\{ for the character itself"},
        BadPattern{std::string(1025, 'a'), "the pattern is longer than 1024 bytes"}}) {
    const auto glob = Glob::compile(pattern);
    ASSERT_FALSE(glob) << pattern;
    EXPECT_EQ(glob.error().message, message);
    EXPECT_EQ(glob.error().kind, Error::Kind::config);
  }
}

TEST(Glob, TakesNoMoreStepsThanTextTimesPattern) {
  const std::string pattern = "**/*a*a*a*a*b";
  const auto glob = Glob::compile(pattern);
  ASSERT_TRUE(glob);
  for (const std::string& text : {std::string(4096, 'a'), std::string(2048, '/') + std::string(2048, 'a')}) {
    std::uint64_t steps = 0;
    EXPECT_FALSE(glob->matches(text, steps));
    EXPECT_LE(steps, (text.size() + 1) * (pattern.size() + 2));
    EXPECT_GT(steps, text.size());
  }
}

}  // namespace
}  // namespace patchgate
