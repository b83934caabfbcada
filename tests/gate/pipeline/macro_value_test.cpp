#include "gate/pipeline/macro_value.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct MacroCase {
  const char* name;
  const char* text;  ///< one definition of M; what stands for it begins at `@`
  const char* want;  ///< empty: no value
};
void PrintTo(const MacroCase& one, std::ostream* out) { *out << one.name; }

class MacroValue : public testing::TestWithParam<MacroCase> {};

TEST_P(MacroValue, IsWhatItStandsFor) {
  std::string text = GetParam().text;
  const auto at = text.find('@');
  text.erase(at, 1);
  Extent extent;
  extent.range = {0, static_cast<std::uint32_t>(text.size())};
  extent.body = static_cast<std::uint32_t>(at);
  extent.first_line = 7;
  const auto shape = macro_value(text, extent, "M");
  const std::string want = GetParam().want;
  ASSERT_EQ(shape.has_value(), !want.empty());
  if (!shape) return;
  EXPECT_EQ(shape->defaults[1].source, want);
  EXPECT_EQ(shape->defaults[1].line, 7U);
  EXPECT_FALSE(shape->has_body);
  EXPECT_TRUE(decode_unit_shapes(encode({"", {*shape}})));
}

const MacroCase kCases[] = {
    {"Number", "#define M @64", "64"},
    {"NegativeInParentheses", "#define M @(-1)", "-1"},
    {"Text", "#define M @\"/v1\"", "\"/v1\""},
    {"WithAComment", "#define M @30 // seconds", "30"},
    {"OnTwoLines", "#define M \\\n  @30", "30"},
    {"WithParameters", "#define M(x) @64", ""},
    {"Expression", "#define M @64 * 2", ""},
    {"AnotherMacro", "#define M @OTHER", ""},
    {"TwoTexts", "#define M @\"a\" \"b\"", ""},
    {"Statement", "#define M @do { f(); g(); h(); } while (0)", ""},
    {"Nothing", "#define M@", ""},
};

INSTANTIATE_TEST_SUITE_P(Table, MacroValue, testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace patchgate
