#include <gtest/gtest.h>

#include "analyzers/impact/impact.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::Story;

Value level(const char* word) { return *word == '?' ? Value(Unknown{word + 2}) : Value(std::string(word)); }

struct Case {
  const char* impact;
  const char* likelihood;
  const char* expected;
};

const Case kCases[] = {
    {"low", "low", "= low"},
    {"low", "moderate", "= low"},
    {"low", "high", "= moderate"},
    {"moderate", "low", "= low"},
    {"moderate", "moderate", "= moderate"},
    {"moderate", "high", "= high"},
    {"high", "low", "= moderate"},
    {"high", "moderate", "= high"},
    {"high", "high", "= critical"},
    {"critical", "low", "= high"},
    {"critical", "moderate", "= high"},
    {"critical", "high", "= critical"},
    {"low", "? too few", "= low"},
    {"high", "? too few", "= high"},
    {"critical", "? too few", "= high"},
    {"? unread", "high", "? the impact is not known: unread"},
    {"? unread", "? too few", "? the impact is not known: unread"},
    {"odd", "low", "? impact and likelihood are no levels of the table"},
};

TEST(Risk, DefaultTable) {
  for (const Case& c : kCases) {
    Story story("");
    story.findings.facts.set("impact.level", level(c.impact));
    story.findings.facts.set("likelihood.level", level(c.likelihood));
    story.run(impact_risk);
    EXPECT_EQ(story.fact("risk.level"), std::string("risk.level ") + c.expected) << c.impact << " x " << c.likelihood;
  }
}

TEST(Risk, NothingStatedIsUnknown) {
  Story story("");
  story.run(impact_risk);
  EXPECT_EQ(story.fact("risk.level"), "risk.level ? the impact is not known: not measured");
}

}  // namespace
}  // namespace patchgate
