#include "analyzers/model/text_place.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* name;
  std::string text;
  std::size_t offset;
  Place expected;
};

class PlaceOf : public testing::TestWithParam<Case> {};

TEST_P(PlaceOf, CountsLinesAndCharacters) {
  const Place at = place_of(GetParam().expected.file, GetParam().text, GetParam().offset);
  EXPECT_EQ(at, GetParam().expected) << at.file << ":" << at.line << ":" << at.column;
}

INSTANTIATE_TEST_SUITE_P(Table, PlaceOf,
                         testing::Values(Case{"nothing", "", 0, {"f", 1, 1}}, Case{"first", "ab", 0, {"f", 1, 1}},
                                         Case{"beyond_the_end", "ab", 99, {"f", 1, 3}},
                                         Case{"line_end_itself", "a\nb", 1, {"f", 1, 2}},
                                         Case{"next_line", "a\nb", 2, {"f", 2, 1}},
                                         Case{"after_two_bytes", "a\n\xc3\x9fx", 4, {"f", 2, 2}},
                                         Case{"stray_continuation", "a\x80x", 2, {"f", 1, 2}},
                                         Case{"carriage_return", "a\r\nb", 3, {"f", 2, 1}}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(LineCounterTest, CountsWhatWasPassed) {
  const std::string_view text = "a\n\nb";
  std::uint32_t line = 1;
  std::string lines;
  const LineCounter end(text.data() + text.size(), &line);
  for (LineCounter at(text.data(), &line); at != end; ++at) lines += std::string(1, *at) + std::to_string(line) + " ";
  EXPECT_EQ(lines, "a1 \n1 \n2 b3 ");
}

}  // namespace
}  // namespace patchgate
