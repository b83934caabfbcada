// Files that the real tools made (see make_fixtures.sh and made/VERSIONS).
#include <gtest/gtest.h>

#include "analyzers/coverage/fits_head.h"
#include "tests/analyzers/coverage/coverage_text.h"

namespace patchgate {
namespace {

using test::made;

const std::vector<std::string> kTree{"src/fee.cpp", "src/fee.h", "tests/fee_test.cpp", "tests/fee_catch.cpp"};

std::vector<FileCoverage> files_of(const std::string& name) {
  const TreePaths paths(kTree);
  const std::set<std::string, std::less<>> wanted{"src/fee.cpp", "src/fee.h"};
  CoverageBuilder builder(paths, wanted);
  const auto text = made(name);
  bool done = false;
  std::string format;
  const auto read = read_coverage(
      name,
      [&]() -> Result<std::string_view> {
        return std::exchange(done, true) ? std::string_view() : std::string_view(text);
      },
      builder, format);
  EXPECT_TRUE(read) << to_string(read.error());
  return builder.build();
}

struct Case {
  const char* file;
  const char* expected;
};

TEST(RealFiles, SayTheSameInEveryFormat) {
  const Case cases[] = {
      {"lcov.info",
       "src/fee.cpp: 3*5 4*5(2/2) 5*1 7*4 8*4(1/4) 9*0 11*4 15*0 16*0 | _Z3feeib@3 | _Z6refundi@15\n"
       "src/fee.h: 6*4 7*4(2/2) | _Z8at_leastIiET_S0_S0_@6\n"},
      {"gcov.json",
       "src/fee.cpp: 3*5 4*5(2/2) 5*1 7*4 8*4(1/4) 9*0 11*4 15*0 16*0 | _Z3feeib@3-12 | _Z6refundi@15-17\n"
       "src/fee.h: 6*4 7*4(2/2) | _Z8at_leastIiET_S0_S0_@6-8\n"},
      {"gcovr.xml",
       "src/fee.cpp: 3*5 4*5(2/2) 5*1 7*4 8*4(1/4) 9*0 11*4 15*0 16*0\n"
       "src/fee.h: 6*4 7*4(2/2)\n"},
      // Clang counts the lines of closing brackets too.
      {"llvm-cov.info",
       "src/fee.cpp: 3*5 4*5(2/2) 5*1 6*1 7*4 8*4(1/4) 9*0 10*0 11*4 12*5 15*0 16*0 17*0 | _Z3feeib@3 | "
       "_Z6refundi@15\n"
       "src/fee.h: 6*4 7*4(2/2) 8*4 | _Z8at_leastIiET_S0_S0_@6\n"},
      {"llvm-cov.json",
       "src/fee.cpp: 3*5 4*5(2/2) 5*1 6*1 7*4 8*4(1/4) 9*0 10*0 11*4 12*5 15*0 16*0 17*0 | _Z3feeib@3-12 | "
       "_Z6refundi@15-17\n"
       "src/fee.h: 6*4 7*4(2/2) 8*4 | _Z8at_leastIiET_S0_S0_@6-8\n"},
  };
  for (const auto& one : cases) EXPECT_EQ(test::files_text(files_of(one.file)), one.expected) << one.file;
}

TEST(RealFiles, FitTheTextThatTheyWereMadeOf) {
  const std::vector<HeadFunction> functions{{"fee", 3, 12}, {"refund", 15, 17}};
  const auto text = made("fee.cpp.txt");
  EXPECT_EQ(fits_head(files_of("lcov.info").front(), "lcov", text, functions), (HeadFit{"", 9, 2}));
  EXPECT_EQ(fits_head(files_of("gcov.json").front(), "gcov JSON", text, functions), (HeadFit{"", 0, 2}));
  EXPECT_EQ(fits_head(files_of("llvm-cov.json").front(), "llvm-cov JSON", text, functions), (HeadFit{"", 0, 2}));
  EXPECT_EQ(fits_head(files_of("gcovr.xml").front(), "Cobertura", text, functions), (HeadFit{"", 0, 0}));
}

TEST(RealFiles, DoNotFitAnotherText) {
  const std::vector<HeadFunction> later{{"fee", 4, 13}, {"refund", 16, 18}};
  auto text = made("fee.cpp.txt");
  text.insert(text.find("int fee"), "\n");
  EXPECT_EQ(fits_head(files_of("lcov.info").front(), "lcov", text, later).why_not,
            "the checksum of line 3 is that of another text");
  EXPECT_EQ(fits_head(files_of("llvm-cov.json").front(), "llvm-cov JSON", text, later).why_not,
            "it has fee at line 3-12, which is at line 4-13 on head");
  EXPECT_EQ(fits_head(files_of("gcov.json").front(), "gcov JSON", text, later).why_not,
            "it counts line 3, which is empty on head");
}

}  // namespace
}  // namespace patchgate
