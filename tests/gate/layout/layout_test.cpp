#include "gate/layout/layout.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

using Arrows = std::vector<std::pair<std::size_t, std::size_t>>;

bool overlap(const LaidOut& out, const std::vector<BoxSize>& boxes, std::size_t a, std::size_t b) {
  const double x = std::abs(out.centres[a].x - out.centres[b].x), y = std::abs(out.centres[a].y - out.centres[b].y);
  return x < (boxes[a].width + boxes[b].width) / 2 - 0.5 && y < (boxes[a].height + boxes[b].height) / 2 - 0.5;
}

TEST(LayoutTest, PutsWhoUsesLeftOfWhatIsUsed) {
  if (!can_lay_out()) GTEST_SKIP() << "built without Graphviz (Debian: libgraphviz-dev)";
  const std::vector<BoxSize> boxes{{100, 40}, {80, 40}, {120, 40}};
  const auto out = lay_out(boxes, Arrows{{0, 1}, {1, 2}, {0, 2}});
  ASSERT_TRUE(out);
  EXPECT_LT(out->centres[0].x, out->centres[1].x);
  EXPECT_LT(out->centres[1].x, out->centres[2].x);
  ASSERT_EQ(out->curves.size(), 3U);
  for (const auto& curve : out->curves) {
    ASSERT_GE(curve.size(), 4U);
    EXPECT_EQ(curve.size() % 3, 1U);
  }
  // An arrow ends at the edge of the box that it points to.
  EXPECT_NEAR(out->curves[1].back().x, out->centres[2].x - 60, 2);
}

TEST(LayoutTest, OfAnyGraphOverlapsNothingAndIsTheSameTwice) {
  if (!can_lay_out()) GTEST_SKIP() << "built without Graphviz (Debian: libgraphviz-dev)";
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    std::vector<BoxSize> boxes(1 + random() % 60);
    for (auto& box : boxes) box = {60.0 + random() % 200, 38};
    Arrows arrows;
    for (auto i = random() % 160; i > 0; --i) {
      const std::size_t from = random() % boxes.size(), to = random() % boxes.size();
      if (from != to) arrows.emplace_back(from, to);
    }
    const auto out = lay_out(boxes, arrows);
    ASSERT_TRUE(out) << round;
    for (std::size_t a = 0; a < boxes.size(); ++a) {
      EXPECT_GE(out->centres[a].x, boxes[a].width / 2 - 1) << round;
      EXPECT_LE(out->centres[a].x, out->width - boxes[a].width / 2 + 1) << round;
      EXPECT_GE(out->centres[a].y, 18) << round;
      EXPECT_LE(out->centres[a].y, out->height - 18) << round;
      for (std::size_t b = 0; b < a; ++b) EXPECT_FALSE(overlap(*out, boxes, a, b)) << round << ": " << a << " " << b;
    }
    const auto again = lay_out(boxes, arrows);
    for (std::size_t i = 0; i < boxes.size(); ++i) EXPECT_EQ(out->centres[i].y, again->centres[i].y);
  }
}

TEST(LayoutTest, RefusesWhatIsTooMuchOrPointsNowhere) {
  EXPECT_FALSE(lay_out({}, {}));
  EXPECT_FALSE(lay_out(std::vector<BoxSize>(201, {10, 10}), {}));
  EXPECT_FALSE(lay_out(std::vector<BoxSize>(2, {10, 10}), Arrows{{0, 2}}));
  EXPECT_FALSE(lay_out(std::vector<BoxSize>(2, {10, 10}), Arrows(1001, {0, 1})));
}

}  // namespace
}  // namespace patchgate
