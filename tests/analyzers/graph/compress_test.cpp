#include "analyzers/graph/compress.h"

#include <gtest/gtest.h>

#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

using Level = Compressor::Level;

/// Text that no compressor makes smaller.
std::string noise(std::size_t size, std::uint64_t seed) {
  std::string text;
  while (text.size() < size) text += to_string(fast_hash(std::to_string(seed++)));
  text.resize(size);
  return text;
}

TEST(Compress, GivesBackWhatItWasGiven) {
  Compressor one, other;
  const std::string base = noise(50'000, 1);
  for (const auto& bytes : {std::string(), std::string("x"), std::string(100'000, 'x'), noise(3'000'000, 7), base}) {
    for (const auto level : {Level::fast, Level::normal, Level::small}) {
      for (const auto& from : {std::string(), base}) {
        const auto frame = one.pack(bytes, from, level);
        EXPECT_EQ(other.unpack(frame, from), bytes);
        EXPECT_EQ(other.pack(bytes, from, level), frame) << "what was compressed before does not matter";
      }
    }
  }
}

TEST(Compress, ADifferenceIsSmall) {
  Compressor compressor;
  const auto base = noise(400'000, 1);
  auto bytes = base;
  bytes.replace(200'000, 10, "0123456789");
  EXPECT_GT(compressor.pack(bytes, {}, Level::normal).size(), 150'000U);
  EXPECT_LT(compressor.pack(bytes, base, Level::normal).size(), 500U);
}

TEST(Compress, WhatIsNoFrameIsRefused) {
  Compressor compressor;
  const auto base = noise(1'000, 1), bytes = noise(1'000, 2) + base;
  const auto frame = compressor.pack(bytes, {}, Level::normal);
  EXPECT_FALSE(compressor.unpack({}, {}));
  EXPECT_FALSE(compressor.unpack("plain text", {}));
  for (std::size_t size = 0; size < frame.size(); size += 7)
    EXPECT_FALSE(compressor.unpack(std::string_view(frame).substr(0, size), {})) << size;
  EXPECT_FALSE(compressor.unpack(frame + "x", {}));
  // Says that it holds more than anything of an index does.
  std::string bomb("\x28\xb5\x2f\xfd\xe0\xff\xff\xff\xff\xff\xff\xff\x7f\x01\x00\x00", 16);
  EXPECT_FALSE(compressor.unpack(bomb, {}));
}

}  // namespace
}  // namespace patchgate
