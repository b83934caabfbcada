#include "analyzers/patch/suspicious_text.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* name;
  const char* text;
  std::vector<Hunk> hunks;
  std::vector<std::uint32_t> lines;
};

TEST(SuspiciousText, Cases) {
  const Case cases[] = {
      {"plain text", "int a;\nint b;\n", {{{1, 1}, {1, 2}}}, {}},
      {"a right-to-left override", "int a;\n// \xe2\x80\xae x\n", {{{1, 0}, {2, 1}}}, {2}},
      {"outside of the hunks", "// \xe2\x80\xae x\nint a;\n", {{{1, 0}, {2, 1}}}, {}},
      {"a zero-width space in a name, on the last line without an end", "a\xe2\x80\x8b = 1;", {{{1, 1}, {1, 1}}}, {1}},
      {"a joined emoji", "// \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb\n", {{{1, 1}, {1, 1}}}, {}},
      {"umlauts", "// gr\xc3\xbc\xc3\x9f\n", {{{1, 1}, {1, 1}}}, {}},
      {"two hunks", "\xe2\x81\xa6\nb\n\xe2\x81\xa9\n", {{{1, 1}, {1, 1}}, {{3, 1}, {3, 1}}}, {1, 3}},
      {"a hunk that only removes", "a\n\xe2\x81\xa6\n", {{{1, 1}, {1, 0}}}, {}},
  };
  for (const auto& one : cases) EXPECT_EQ(suspicious_lines(one.text, one.hunks), one.lines) << one.name;
}

}  // namespace
}  // namespace patchgate
