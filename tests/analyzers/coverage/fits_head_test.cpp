#include "analyzers/coverage/fits_head.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(NamesFunction, Cases) {
  struct Case {
    const char* coverage;
    const char* last_part;
    bool expected;
  };
  const Case cases[] = {
      {"save", "save", true},
      {"save", "sav", false},
      {"resave", "save", false},
      {"save.part.0", "save", true},
      {"a.c:save", "save", true},
      {"crm::save(int, std::string)", "save", true},
      {"int at_least<int>(int, int)", "at_least", true},
      {"_Z4saveiRKSs", "save", true},
      {"_ZN3crm4saveEi", "save", true},
      {"_ZN3crm4saveEi", "crm", false},
      {"_ZN3crm4saveIiEEvT_", "save", true},
      {"_ZL4savei", "save", true},
      {"_ZN3crm6ClientC2Ev", "Client", true},
      {"_ZN3crm6ClientD0Ev", "~Client", true},
      {"_Z14save", "save", false},
      {"_ZN3crm6ClientplEi", "operator+", false},
      {"f", "", false},
      {"", "f", false},
  };
  for (const auto& one : cases)
    EXPECT_EQ(names_function(one.coverage, one.last_part), one.expected) << one.coverage << " " << one.last_part;
}

TEST(FitsHead, Cases) {
  const std::string text = "int f() {\n  return 1;\n}\n\nint g() { return 2; }\n";
  const std::vector<HeadFunction> functions{{"f", 1, 3}, {"g", 5, 5}};
  const auto why = [&](std::vector<CoverageLine> lines, std::vector<CoverageFunction> told,
                       const char* format = "lcov") {
    return fits_head({"a.cpp", std::move(lines), std::move(told)}, format, text, functions).why_not;
  };
  EXPECT_EQ(why({{1, 1}, {5, 0}}, {{"f", 1, 0}, {"g", 5, 5}}), "");
  EXPECT_EQ(why({{6, 1}}, {}), "it names line 6, the file has 5 on head");
  EXPECT_EQ(why({{999'999'999, 1}}, {}), "it names line 999999999, the file has 5 on head");
  EXPECT_EQ(why({}, {{"g", 4, 0}}), "it has g at line 4, which is at line 5-5 on head");
  EXPECT_EQ(why({}, {{"f", 1, 2}}), "it has f at line 1-2, which is at line 1-3 on head");
  EXPECT_EQ(why({}, {{"gone", 1, 2}}), "") << "a function that head does not have: a macro may have made it";
  EXPECT_EQ(why({{4, 1}}, {}, "gcov JSON"), "it counts line 4, which is empty on head");
  EXPECT_EQ(why({{4, 1}}, {}), "") << "FN_: older versions of clang count empty lines";
  EXPECT_EQ(why({{2, 1}}, {{"f", 1, 3}}), "") << "FP_: a file of another commit whose lines lie where they lie here";
  EXPECT_EQ(why({{1, 1, 0, 0, "AAAAAAAAAAAAAAAAAAAAAA"}}, {}), "the checksum of line 1 is that of another text");
}

}  // namespace
}  // namespace patchgate
