#include <gtest/gtest.h>

#include "tests/analyzers/coverage/coverage_text.h"

namespace patchgate {
namespace {

using test::read_text;

std::string lcov(const std::string& text, std::size_t piece = 1U << 20U) {
  return read_text(text, {"a.cpp", "b.cpp", "lib/a.cpp", "etc/passwd"}, {"a.cpp", "etc/passwd"}, piece);
}

struct Case {
  const char* name;
  std::string text;
  std::string expected;
};

const std::string kTwice =
    "TN:one\nSF:/w/a.cpp\nFN:1,f\nFN:5,9,g\nDA:1,2\nDA:3,0\nBRDA:3,0,0,1\nBRDA:3,0,1,-\nend_of_record\n"
    "SF:/w/a.cpp\nDA:3,4\nBRDA:3,0,1,1\nend_of_record\nSF:/w/b.cpp\nDA:1,1\nend_of_record\n";

TEST(Lcov, Cases) {
  const Case cases[] = {
      {"records of one file add up, other files are dropped", kTwice, "lcov\na.cpp: 1*2 3*4(2/2) | f@1 | g@5-9\n"},
      {"Windows line ends, comments, unknown records, no line end at the end",
       "# made\r\nSF:a.cpp\r\nVER:1\r\nMCDC:1,2\r\nDA:1,1\r\nend_of_record", "lcov\na.cpp: 1*1\n"},
      {"the largest count", "SF:a.cpp\nDA:1,18446744073709551615\nDA:1,5\nend_of_record\n",
       "lcov\na.cpp: 1*18446744073709551615\n"},
      {"a count that does not fit", "SF:a.cpp\nDA:1,18446744073709551616\nend_of_record\n",
       "cov:2: DA: a count from 0 to 2^64-1 is missing"},
      {"a negative count", "SF:a.cpp\nDA:1,-1\nend_of_record\n", "cov:2: DA: a count from 0 to 2^64-1 is missing"},
      {"a count that is none", "SF:a.cpp\nDA:1,1e3\nend_of_record\n", "cov:2: DA: a count from 0 to 2^64-1 is missing"},
      {"no count", "SF:a.cpp\nDA:1\nend_of_record\n", "cov:2: DA: a count from 0 to 2^64-1 is missing"},
      {"line 0", "SF:a.cpp\nDA:0,1\nend_of_record\n", "cov:2: DA: without a line"},
      {"a line that does not fit", "SF:a.cpp\nDA:99999999999,1\nend_of_record\n", "cov:2: DA: without a line"},
      {"a far line", "SF:a.cpp\nDA:999999999,1\nend_of_record\n", "lcov\na.cpp: 999999999*1\n"},
      {"outside of the tree", "SF:../../etc/passwd\nDA:1,1\nend_of_record\n", "lcov\n"},
      {"cut off in a record", "SF:a.cpp\nDA:1,1\n", "cov:2: ends before end_of_record: the file is cut off"},
      {"cut off in a line", "SF:a.cpp\nDA:1,1\nend_of_rec", "cov:3: is no record of lcov"},
      {"no record", "TN:\n", "cov:1: holds no record"},
      {"nested records", "SF:a.cpp\nSF:b.cpp\nend_of_record\n", "cov:2: SF: before the end_of_record of the one above"},
      {"counts without a file", "TN:\nDA:1,1\n", "cov:2: DA: outside of a record"},
      {"something else", "SF:a.cpp\nhello\nend_of_record\n", "cov:2: is no record of lcov"},
      {"a branch without a count", "SF:a.cpp\nBRDA:1,0,0,x\nend_of_record\n", "cov:2: BRDA: neither a count nor -"},
      {"a long line", "SF:" + std::string(70'000, 'a') + "\n", "cov:1: the line is longer than 64 KiB"},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(lcov(one.text), one.expected) << one.name;
  }
}

TEST(Lcov, PiecesMayEndAnywhere) {
  for (std::size_t piece = 8; piece < 40; ++piece) EXPECT_EQ(lcov(kTwice, piece), lcov(kTwice)) << piece;
}

TEST(Lcov, WhichOfTwoFilesIsMeant) {
  const std::string root = "SF:/w/shop/b.cpp\nend_of_record\nSF:/w/shop/c.cpp\nend_of_record\n";
  const std::vector<std::string> tree{"a.cpp", "shop/a.cpp", "b.cpp", "c.cpp", "lib/d.cpp", "src/d.cpp", "stdio.h"};
  const auto read = [&](const std::string& text) { return read_text(text, tree, {"a.cpp", "lib/d.cpp", "stdio.h"}); };
  // The other files tell under which root the build lay.
  EXPECT_EQ(read(root + "SF:/w/shop/a.cpp\nDA:1,1\nend_of_record\n"), "lcov\na.cpp: 1*1\n");
  EXPECT_EQ(read("SF:/w/shop/a.cpp\nDA:1,1\nend_of_record\n"),
            "lcov\na.cpp: unusable: the name /w/shop/a.cpp may mean shop/a.cpp and a.cpp\n");
  EXPECT_EQ(read("SF:d.cpp\nDA:1,1\nend_of_record\n"),
            "lcov\nlib/d.cpp: unusable: the name d.cpp may mean lib/d.cpp and src/d.cpp\n");
  // A header of the machine is none of the tree, where the tree's own root is plain.
  std::string many;
  for (int i = 0; i < 11; ++i) many += root;
  EXPECT_EQ(read(many + "SF:/usr/include/stdio.h\nDA:1,1\nend_of_record\n"), "lcov\n");
  // FP_: with so few files nothing says that it is not.
  EXPECT_EQ(read(root + "SF:/usr/include/stdio.h\nDA:1,1\nend_of_record\n"), "lcov\nstdio.h: 1*1\n");
}

TEST(Lcov, MoreThanAnyRealFileSaysIsNotKept) {
  std::string text = "SF:a.cpp\n";
  for (std::size_t i = 1; i <= CoverageBuilder::kMostKept + 10; ++i) text += "DA:" + std::to_string(i) + ",1\n";
  EXPECT_NE(lcov(text + "end_of_record\n").find("says more about the changed files than is kept"), std::string::npos);
}

}  // namespace
}  // namespace patchgate
