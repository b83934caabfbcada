#include "analyzers/graph/packed_numbers.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

using Numbers = std::vector<std::uint32_t>;

TEST(PackedBits, WhatIsUnpackedIsWhatWasPacked) {
  for (unsigned width = 0; width <= 32; ++width) {
    const auto most = static_cast<std::uint32_t>((std::uint64_t{1} << width) - 1);
    for (const std::size_t count : {0U, 1U, 2U, 7U, 8U, 9U, 1000U}) {
      Numbers numbers(count);
      for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<std::uint32_t>(i * 2654435761U) & most;
      if (count != 0) numbers.back() = most;
      EXPECT_EQ(unpack_bits(pack_bits(numbers), count), numbers) << count << " numbers of " << width << " bits";
    }
  }
}

TEST(PackedBits, TakeNoMoreBitsThanTheLargestNeeds) {
  EXPECT_EQ(pack_bits(Numbers(800, 7)).size(), 1 + 300 + 8);
  EXPECT_EQ(pack_bits(Numbers(800, 0)).size(), 1 + 8);
}

TEST(PackedBits, OtherBytesAreRefused) {
  const std::string good = pack_bits(Numbers{1, 2, 3});
  EXPECT_FALSE(unpack_bits("", 0)) << "nothing at all";
  EXPECT_FALSE(unpack_bits(good.substr(0, good.size() - 1), 3)) << "cut";
  EXPECT_FALSE(unpack_bits(good + good, 3)) << "too long";
  EXPECT_FALSE(unpack_bits(good, 30)) << "more numbers than there are";
  EXPECT_FALSE(unpack_bits(std::string(1, 33) + std::string(8 + 33, 'x'), 8)) << "wider than a number";
}

}  // namespace
}  // namespace patchgate
