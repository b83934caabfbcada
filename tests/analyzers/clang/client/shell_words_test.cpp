#include "analyzers/clang/client/shell_words.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

std::string shown(std::string_view line) {
  const auto words = split_shell_words(line);
  if (!words) return "open quote";
  std::string text;
  for (const auto& word : *words) text += "[" + word + "]";
  return text;
}

TEST(ShellWords, AreCutLikeAShellDoes) {
  const struct {
    const char* line;
    const char* expected;
  } cases[] = {{"", ""},
               {"  cc\t-c  a.c\n", "[cc][-c][a.c]"},
               {R"(cc "-DA=\"x y\"" -DB='"z"')", R"([cc][-DA="x y"][-DB="z"])"},
               {R"(cc -DA=\"x\" a\ b.c)", R"([cc][-DA="x"][a b.c])"},
               {R"("a\b" 'a\b')", R"([a\b][a\b])"},
               {"''  \"\"", "[][]"},
               {"a\\\nb \"c\\\nd\"", "[ab][cd]"},
               {"$(rm -rf /) `x` *", "[$(rm][-rf][/)][`x`][*]"},
               {"a 'b", "open quote"},
               {"a \"b\\\"", "open quote"},
               {"a\\", "[a\\]"}};
  for (const auto& one : cases) EXPECT_EQ(shown(one.line), one.expected) << one.line;
}

}  // namespace
}  // namespace patchgate
