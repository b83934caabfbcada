#include "gate/commands/say.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(LinesAbout, EachLineSaysWhoSpeaksOrWhere) {
  const Error usage{Error::Kind::usage, "--base: needs REV\n--jobs: '0' is no number", std::nullopt, "see --help", {}};
  const Error policy{Error::Kind::config, "no such fact", Place{".patchgate/policy.json", 3, 5}, "did you mean it", {}};
  const Error deep{Error::Kind::io, "it is full", std::nullopt, {}, {"writing the index"}};
  EXPECT_EQ(lines_about({usage}),
            "patchgate: --base: needs REV\n"
            "patchgate: --jobs: '0' is no number\n"
            "  hint: see --help");
  EXPECT_EQ(lines_about({policy, deep}),
            ".patchgate/policy.json:3:5: no such fact\n"
            "  hint: did you mean it\n"
            "patchgate: it is full\n"
            "  while writing the index");
  EXPECT_EQ(lines_about({}), "");
}

}  // namespace
}  // namespace patchgate
