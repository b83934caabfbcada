#include "gate/pipeline/digest.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

std::string digest(std::initializer_list<std::pair<const char*, const char*>> parts) {
  Digest result;
  for (const auto& [name, content] : parts) result.add(name, content);
  return result.finish();
}

TEST(Digest, IsSha256OverLengthsAndParts) {
  // printf '4:base2:ab' | sha256sum
  EXPECT_EQ(digest({{"base", "ab"}}), "sha256:d24c7a78a47b2a77a6a3d4f81020a526c72e7608ccee47e898b64a7784317dc5");
  EXPECT_EQ(digest({}), "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, PartsDoNotRunTogether) {
  EXPECT_NE(digest({{"a", "bc"}}), digest({{"ab", "c"}}));
  EXPECT_NE(digest({{"a", "b"}, {"c", "d"}}), digest({{"c", "d"}, {"a", "b"}}));
  EXPECT_NE(digest({{"a", ""}}), digest({}));
}

}  // namespace
}  // namespace patchgate
