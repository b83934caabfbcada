#include <gtest/gtest.h>

#include "gate/reports/report.h"
#include "tests/gate/reports/golden_file.h"
#include "tests/gate/reports/sample_report.h"

namespace patchgate {
namespace {

struct Story {
  const char* name;
  Report (*report)();
};

const Story kStories[] = {
    {"sample", sample_report}, {"allow", allow_report}, {"none", none_report}, {"proven", proven_report}};

/// What lies between these two, cut out.
std::string without(std::string text, const std::string& begin, const std::string& end) {
  for (auto from = text.find(begin); from != std::string::npos; from = text.find(begin, from)) {
    from += begin.size();
    text.erase(from, text.find(end, from) - from);
  }
  return text;
}

/// A page without its own style sheet and script, and without the coordinates of a layout.
std::string for_golden(std::string text) {
  for (const auto& [begin, end] : {std::pair("<style>", "</style>"), std::pair("<script>", "</script>"),
                                   std::pair("'sha256-", "'"), std::pair("<svg id=\"graph\"", "</svg>")})
    text = without(std::move(text), begin, end);
  return text;
}

TEST(GoldenTest, EveryFormatWritesEveryStory) {
  for (const auto& writer : writers()) {
    for (const auto& story : kStories) {
      const std::string file = std::string("gate/reports/golden/") + story.name + "." + writer.name;
      EXPECT_TRUE(matches_golden(file, for_golden(writer.write(story.report(), false))));
    }
  }
}

TEST(GoldenTest, ColoursAreOnlyInTextAndOnlyWhenAskedFor) {
  for (const auto& writer : writers()) {
    const std::string plain = writer.write(sample_report(), false);
    const std::string colored = writer.write(sample_report(), true);
    EXPECT_EQ(plain.find('\x1b'), std::string::npos) << writer.name;
    EXPECT_EQ(plain == colored, writer.name != std::string("text")) << writer.name;
  }
  EXPECT_TRUE(matches_golden("gate/reports/golden/sample.color", writers().front().write(sample_report(), true)));
}

TEST(LineDiffTest, ShowsWhatDiffers) {
  EXPECT_EQ(line_diff("a\nb\n", "a\nb\n"), "");
  EXPECT_EQ(line_diff("a\nb\nc\nd\ne\n", "a\nx\nc\nd\ne\n"), "  a\n- b\n+ x\n  c\n  d\n  ...\n");
  EXPECT_EQ(line_diff("a\n", "a"), "- a\n+ a   (no newline at the end)\n");
  EXPECT_EQ(line_diff("", "a\n"), "+ a\n");
}

}  // namespace
}  // namespace patchgate
