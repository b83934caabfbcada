#include "gate/reports/invisible.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(InvisibleTest, KnowsWhatIsNotSeen) {
  for (const char32_t hidden : {0x00, 0x1b, 0x7f, 0x85, 0xa0, 0xad, 0x61c, 0x200b, 0x200e, 0x2028, 0x202e, 0x2066,
                                0x2069, 0x3164, 0xfe0f, 0xfeff, 0xe0001}) {
    EXPECT_TRUE(is_invisible(hidden)) << std::hex << static_cast<unsigned>(hidden);
  }
  for (const char32_t seen : {0x20, 0x41, 0x7e, 0xa1, 0xf6, 0x4e2d, 0x1f600, 0x10ffff}) {
    EXPECT_FALSE(is_invisible(seen)) << std::hex << static_cast<unsigned>(seen);
  }
}

}  // namespace
}  // namespace patchgate
