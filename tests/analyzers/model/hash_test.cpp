#include "analyzers/model/hash.h"

#include <unordered_set>

#include <gtest/gtest.h>

#include "analyzers/model/bytes.h"

namespace patchgate {
namespace {

struct Case {
  const char* name;
  Hash128 hash;
  const char* expected;
};

TEST(Hash, KnownAnswers) {
  const std::string_view two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  const Case cases[] = {
      // FIPS 180-4's examples, and the empty text.
      {"SHA-256 of nothing", strong_hash(""), "e3b0c44298fc1c149afbf4c8996fb924"},
      {"SHA-256 of abc", strong_hash("abc"), "ba7816bf8f01cfea414140de5dae2223"},
      {"SHA-256 of two blocks", strong_hash(two_blocks), "248d6a61d20638b8e5c026930c3e6039"},
      {"SHA-256 of a NUL", strong_hash(std::string_view("\0", 1)), "6e340b9cffb37a989ca544e6bb780a2c"},
      // xxHash's own test vector: empty input, seed 0.
      {"XXH3 of nothing", fast_hash(""), "99aa06d3014798d86001c324468d497f"},
      {"the numbers of a hash", {0x0123456789abcdefULL, 0xfULL}, "0123456789abcdef000000000000000f"},
  };
  for (const auto& c : cases) EXPECT_EQ(to_string(c.hash), c.expected) << c.name;
  EXPECT_EQ(hash64(""), 0x2d06800538d394c2ULL);  // of the same vectors
}

TEST(Hash, OfTheDigitsOfAnId) {
  const std::string digits = "0123456789abcdef0123456789abcde0";
  struct Row {
    std::string hex;
    std::string expected;
  };
  const std::string none(32, '0');
  for (const auto& [hex, expected] : {
           Row{digits, digits}, Row{digits + "01234567", digits},  // SHA-1
           Row{digits + digits, digits},                           // SHA-256
           Row{digits.substr(0, 31), none},                        // too few
           Row{"", none},                                          //
           Row{"x" + digits, none},                                // no digit in front,
           Row{digits.substr(0, 20) + "-" + digits, none},         // nor inside
           Row{"+123456789abcdef0123456789abcdef", none},          // nor a sign
           Row{digits.substr(0, 15) + " " + digits, none},         //
           Row{"0123456789ABCDEF0123456789ABCDE0", digits},        //
       }) {
    EXPECT_EQ(to_string(hash_of_digits(hex)), expected) << hex;
  }
}

TEST(Hash, IdsThatShareTheirFirstHalfDiffer) {
  const auto a = hash_of_digits("00112233445566770000000000000001ffffffff");
  const auto b = hash_of_digits("00112233445566770000000000000002ffffffff");
  EXPECT_EQ(a.high, b.high);
  EXPECT_NE(a, b);
  EXPECT_LT(a, b);
}

TEST(Hash, OrderMatters) {
  const auto a = strong_hash("a"), b = strong_hash("b");
  EXPECT_NE(strong_hash(a, b), strong_hash(b, a));
  EXPECT_NE(strong_hash(a, b), strong_hash(a, a));
  EXPECT_NE(hash64("a"), hash64("b"));
  EXPECT_NE(hash64(1, 2), hash64(2, 1));
}

TEST(Hash, IsAKeyOfSetsAndCrossesAsBytes) {
  const std::unordered_set<Hash128> set{strong_hash("a"), strong_hash("b"), strong_hash("a")};
  EXPECT_EQ(set.size(), 2U);
  ByteWriter out;
  out.fixed128({1, ~0ULL});
  const auto bytes = out.take();
  DecodeBudget budget;
  ByteReader in(bytes, budget);
  EXPECT_EQ(in.fixed128(), (Hash128{1, ~0ULL}));
  EXPECT_TRUE(in.ok() && in.left() == 0);
  ByteReader cut(std::string_view(bytes).substr(0, 15), budget);
  cut.fixed128();
  EXPECT_EQ(cut.why(), "ends too early");
}

}  // namespace
}  // namespace patchgate
