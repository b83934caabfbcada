#include <gtest/gtest.h>

#include "analyzers/history/history.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::joined;
using test::Story;

struct Case {
  const char* name;
  int commits;  ///< the n-th added n lines
  int added;
  const char* expected;
};

const Case kCases[] = {
    {"no history", 0, 5,
     "likelihood.level ? only 0 earlier commits, 50 are needed\n"
     "not known: only 0 earlier commits, 50 are needed; judged as moderate"},
    {"one too few", 49, 5,
     "likelihood.level ? only 49 earlier commits, 50 are needed\n"
     "not known: only 49 earlier commits, 50 are needed; judged as moderate"},
    {"just enough", 50, 0,
     "likelihood.level = low\nadded 0 lines: no more than any of this repository's last 50 commits; not calibrated"},
    {"equal sizes are not smaller", 100, 50,
     "likelihood.level = low\nadded 50 lines: more than 49 % of this repository's last 100 commits; not calibrated"},
    {"half", 100, 51,
     "likelihood.level = moderate\n"
     "added 51 lines: more than 50 % of this repository's last 100 commits; not calibrated"},
    {"below high", 100, 90,
     "likelihood.level = moderate\n"
     "added 90 lines: more than 89 % of this repository's last 100 commits; not calibrated"},
    {"high", 100, 91,
     "likelihood.level = high\nadded 91 lines: more than 90 % of this repository's last 100 commits; not calibrated"},
    {"larger than all", 100, 1000,
     "likelihood.level = high\n"
     "added 1000 lines: more than 100 % of this repository's last 100 commits; not calibrated"},
    {"one line", 100, 1,
     "likelihood.level = low\nadded 1 line: no more than any of this repository's last 100 commits; not calibrated"},
};

TEST(Size, Cases) {
  for (const Case& c : kCases) {
    Story story("file src/a.cpp +" + std::to_string(c.added));
    for (int i = 1; i <= c.commits; ++i) story.context.recent_sizes.push_back(static_cast<std::uint64_t>(i));
    story.run(history_size);
    EXPECT_EQ(story.fact("likelihood.level") + "\n" + joined(story.findings.likelihood_why, "\n"), c.expected)
        << c.name;
  }
}

TEST(Size, AFileThatWasNotReadHasNoSize) {
  Story story("file src/a.cpp +0");
  story.patch.files[0].unread = "larger than 8 MiB";
  story.context.recent_sizes.assign(100, 1);
  story.run(history_size);
  EXPECT_EQ(story.fact("likelihood.percentile"),
            "likelihood.percentile ? the lines of src/a.cpp were not counted: larger than 8 MiB");
}

}  // namespace
}  // namespace patchgate
