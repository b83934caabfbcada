#include "analyzers/model/utf8.h"

#include <vector>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* name;
  std::string_view text;
  bool valid;
  char32_t value;
  std::size_t length;
};

const Case kCases[] = {
    {"ascii", "a", true, 'a', 1},
    {"two_bytes", "\xc3\xb6", true, 0xf6, 2},
    {"three_bytes", "\xe2\x80\xae", true, 0x202e, 3},
    {"four_bytes", "\xf0\x9f\x98\x80", true, 0x1f600, 4},
    {"last_code_point", "\xf4\x8f\xbf\xbf", true, 0x10ffff, 4},
    {"past_the_last", "\xf4\x90\x80\x80", false, 0xf4, 1},
    {"lead_of_five", "\xf8\x88\x80\x80\x80", false, 0xf8, 1},
    {"lone_continuation", "\x80", false, 0x80, 1},
    {"overlong_slash_of_two", "\xc0\xaf", false, 0xc0, 1},
    {"overlong_of_three", "\xe0\x80\xaf", false, 0xe0, 1},
    {"overlong_of_four", "\xf0\x80\x80\xaf", false, 0xf0, 1},
    {"surrogate", "\xed\xa0\x80", false, 0xed, 1},
    {"after_the_surrogates", "\xee\x80\x80", true, 0xe000, 3},
    {"cut_off", "\xe2\x80", false, 0xe2, 1},
    {"continuation_is_none", "\xe2\x80x", false, 0xe2, 1},
};

class Utf8Test : public testing::TestWithParam<Case> {};

TEST_P(Utf8Test, TakesOneStep) {
  const CodePoint point = code_point_at(GetParam().text, 0);
  EXPECT_EQ(point.valid, GetParam().valid);
  EXPECT_EQ(point.value, GetParam().value);
  EXPECT_EQ(point.length, GetParam().length);
}

INSTANTIATE_TEST_SUITE_P(Table, Utf8Test, testing::ValuesIn(kCases),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Utf8Walk, GoesFromOneToTheNextWhateverTheyAre) {
  const std::string_view text = "a\xc3\xb6\xff\xf0\x9f\x98\x80\xe2\x80";
  std::vector<std::size_t> lengths;
  for (std::size_t at = 0; at < text.size(); at += lengths.back()) {
    lengths.push_back(code_point_at(text, at).length);
  }
  EXPECT_EQ(lengths, (std::vector<std::size_t>{1, 2, 1, 4, 1, 1}));
}

}  // namespace
}  // namespace patchgate
