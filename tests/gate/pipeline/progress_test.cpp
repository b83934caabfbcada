#include "gate/pipeline/progress.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

using std::chrono::milliseconds;

const ProgressText::Time kStart{};

TEST(ProgressText, OnATerminalOneLineIsPaintedAgain) {
  ProgressText text("reading units", true, kStart);
  const auto at = [&](std::size_t done, std::size_t of, int after) {
    return text.at(done, of, kStart + milliseconds(after));
  };
  EXPECT_EQ(text.end(), "") << "nothing was painted";
  EXPECT_EQ(at(1, 100, 10), "\rreading units [........................] 1/100\x1b[K") << "the first one at once";
  EXPECT_EQ(at(2, 100, 109), "") << "99 ms later";
  EXPECT_EQ(at(3, 100, 110), "\rreading units [........................] 3/100\x1b[K");
  EXPECT_EQ(at(50, 100, 10'000), "\rreading units [############............] 50/100, 5.0/s, 11s left\x1b[K");
  EXPECT_EQ(at(100, 100, 10'001), "\rreading units [########################] 100/100, 10.0/s\x1b[K")
      << "the last one, too";
  EXPECT_EQ(text.end(), "\r\x1b[K");
  EXPECT_EQ(text.end(), "");
}

TEST(ProgressText, InALogThereAreFewLines) {
  ProgressText text("reading units", false, kStart);
  std::string log;
  for (std::size_t done = 1; done <= 200; ++done) {
    log += text.at(done, 200, kStart + milliseconds(100 * static_cast<int>(done)));
  }
  EXPECT_EQ(log,
            "reading units: 20/200, 10/s, 19s left\nreading units: 40/200, 10/s, 17s left\n"
            "reading units: 60/200, 10/s, 15s left\nreading units: 80/200, 10/s, 13s left\n"
            "reading units: 100/200, 10/s, 11s left\nreading units: 120/200, 10/s, 9s left\n"
            "reading units: 140/200, 10/s, 7s left\nreading units: 160/200, 10/s, 5s left\n"
            "reading units: 180/200, 10/s, 3s left\nreading units: 200/200, 10/s\n");
  EXPECT_EQ(text.end(), "");
}

TEST(ProgressText, InALogASlowTenthSaysThatItIsAlive) {
  ProgressText text("reading units", false, kStart);
  std::string log;
  for (std::size_t done = 1; done <= 4; ++done) {
    log += text.at(done, 1000, kStart + milliseconds(6'000 * static_cast<int>(done)));
  }
  EXPECT_EQ(log, "reading units: 2/1000, 0.2/s, 1h39m left\nreading units: 4/1000, 0.2/s, 1h39m left\n");
}

TEST(ProgressText, TheNextStepHasARateOfItsOwn) {
  ProgressText text("reading units", false, kStart);
  const auto at = [&](std::size_t done, int after) { return text.at(done, 100, kStart + milliseconds(after)); };
  EXPECT_EQ(at(100, 100'000), "reading units: 100/100, 1.0/s\n");
  EXPECT_EQ(at(50, 105'000), "reading units: 50/100, 10/s, 6s left\n");
}

TEST(ProgressText, AFewUnitsAreNotWorthALine) {
  ProgressText text("reading units", true, kStart);
  EXPECT_EQ(text.at(1, 7, kStart + milliseconds(900)), "");
  EXPECT_EQ(text.at(9, 8, kStart + milliseconds(900)), "") << "more than all";
}

}  // namespace
}  // namespace patchgate
