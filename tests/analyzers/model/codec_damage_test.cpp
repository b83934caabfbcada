#include <gtest/gtest.h>

#include "analyzers/model/bytes.h"
#include "analyzers/model/unit_codec.h"
#include "sample_facts.h"

namespace patchgate {
namespace {

template <class T>
std::string outcome(const Result<T>& result) {
  if (result) return "ok";
  return (result.error().kind == Error::Kind::io ? "" : "wrong kind: ") + result.error().message;
}

/// A file with one symbol and one `extra` list; `write` appends what follows the symbols.
template <class Write>
std::string crafted(Write write) {
  ByteWriter out;
  out.byte('F');
  out.text("a.c");
  out.number(1);
  out.text("f");
  out.number(1);  // one symbol
  out.fixed64(9);
  for (int i = 0; i < 7; ++i) out.number(0);  // kind, flags, lines, name, file, origin
  write(out);
  return out.take();
}

void zeros(ByteWriter& out, int count) {
  for (int i = 0; i < count; ++i) out.number(0);
}

TEST(CodecDamage, EveryTruncationIsNoticed) {
  const auto file = encode(sample_file());
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_FALSE(decode_file_facts(std::string_view(file).substr(0, size))) << size;
  }
  const auto unit = encode(sample_unit());
  for (std::size_t size = 0; size < unit.size(); ++size) {
    EXPECT_FALSE(decode_unit_facts(std::string_view(unit).substr(0, size))) << size;
    EXPECT_FALSE(split_unit_facts(std::string_view(unit).substr(0, size))) << size;
  }
}

TEST(CodecDamage, AnyByteMayBeAnything) {
  // A changed byte gives an error, or a value that has these very bytes: never two readings of one value.
  const auto file = encode(sample_file());
  for (std::size_t at = 0; at < file.size(); ++at) {
    for (const unsigned flip : {0x01U, 0x80U, 0xffU}) {
      auto damaged = file;
      damaged[at] = static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ flip);
      const auto facts = decode_file_facts(damaged);
      if (facts) {
        EXPECT_EQ(decode_file_facts(encode(*facts)).has_value(), true) << at;
      }
    }
  }
  const auto unit = encode(sample_unit());
  for (std::size_t at = 0; at < unit.size(); ++at) {
    auto damaged = unit;
    damaged[at] = static_cast<char>(~damaged[at]);
    const auto whole = decode_unit_facts(damaged);
    if (whole) {
      EXPECT_TRUE(split_unit_facts(damaged)) << at;
    }
  }
}

TEST(CodecDamage, SomethingAfterTheEndIsNoticed) {
  EXPECT_EQ(outcome(decode_file_facts(encode(sample_file()) + "x")),
            "damaged facts of a file: something follows its end");
  EXPECT_EQ(outcome(decode_unit_facts(encode(sample_unit()) + "x")),
            "damaged facts of a unit: something follows its end");
  EXPECT_EQ(outcome(split_unit_facts(encode(sample_unit()) + "x")),
            "damaged facts of a unit: something follows its end");
  EXPECT_EQ(outcome(decode_tokens(encode(std::vector<Token>(2)) + "x")),
            "damaged list of tokens: something follows its end");
}

TEST(CodecDamage, DamagedTokensAreNoticed) {
  const auto good = encode(std::vector<Token>{{10, 1, {1, 2}, true, false}, {12, 1, {3, 4}, false, true}});
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(decode_tokens(std::string_view(good).substr(0, size))) << size;
  }
  ByteWriter out;
  out.byte('T');
  out.number(1);
  out.fixed128({1, 2});
  out.number(1);
  for (const std::uint8_t byte : {0, 0, 1, 0}) out.byte(byte);
  EXPECT_EQ(outcome(decode_tokens(out.take())), "damaged list of tokens: a text is out of range");
}

TEST(CodecDamage, OneKindIsNotReadAsAnother) {
  EXPECT_EQ(outcome(decode_file_facts(encode(sample_unit()))), "damaged facts of a file: not a file's facts");
  EXPECT_EQ(outcome(decode_unit_facts(encode(sample_file()))), "damaged facts of a unit: not a unit's facts");
  EXPECT_EQ(outcome(decode_tokens(encode(sample_file()))), "damaged list of tokens: not a list of tokens");
  EXPECT_EQ(outcome(decode_file_facts("")), "damaged facts of a file: ends too early");
}

TEST(CodecDamage, HostileNumbersAreRefused) {
  struct Case {
    const char* name;
    std::string bytes;
    const char* expected;
  };
  const Case cases[] = {
      {"nothing wrong", crafted([](ByteWriter& out) { zeros(out, 14); }), "ok"},
      {"extent of no symbol", crafted([](ByteWriter& out) {
         out.number(1);
         out.number(1);
         zeros(out, 14);
       }),
       "a symbol is out of range"},
      {"extent past the end of 32 bits", crafted([](ByteWriter& out) {
         out.number(1);
         out.number(0);
         out.number(2);
         out.number(0xffffffffU);
         zeros(out, 12);
       }),
       "a range is out of bounds"},
      {"edge to no symbol", crafted([](ByteWriter& out) {
         out.number(0);
         out.number(1);
         out.number(0);
         out.number(1);
         zeros(out, 10);
       }),
       "a symbol is out of range"},
      {"edge from no symbol", crafted([](ByteWriter& out) {
         out.number(0);
         out.number(1);
         out.number(1);
         zeros(out, 11);
       }),
       "a symbol is out of range"},
      {"edge of no kind", crafted([](ByteWriter& out) {
         out.number(0);
         out.number(1);
         out.number(0);
         out.number(0);
         out.byte(kEdgeKinds);
         zeros(out, 9);
       }),
       "no such kind of edge"},
      {"a count beyond the end", crafted([](ByteWriter& out) { out.number(~0ULL); }), "a count passes the end"},
      {"a count just beyond the end", crafted([](ByteWriter& out) {
         out.number(2);
         zeros(out, 13);
       }),
       "a count passes the end"},
      {"blind spot of no kind", crafted([](ByteWriter& out) {
         zeros(out, 11);
         out.number(1);
         out.number(0);
         out.byte(kBlindSpotKinds);
         zeros(out, 4);
       }),
       "no such kind of blind spot"},
      {"include of no string", crafted([](ByteWriter& out) {
         zeros(out, 12);
         out.number(1);
         out.number(7);
         out.number(0);
       }),
       "a string is out of range"},
  };
  for (const auto& c : cases) {
    const std::string expected =
        std::string(c.expected) == "ok" ? "ok" : std::string("damaged facts of a file: ") + c.expected;
    EXPECT_EQ(outcome(decode_file_facts(c.bytes)), expected) << c.name;
  }
}

TEST(CodecDamage, OneLongStringNamedOftenIsRefused) {
  // 1 MiB of text, named 1,000 times in 2 KiB: would become 1 GiB.
  ByteWriter out;
  out.byte('F');
  out.text("a.c");
  out.number(1);
  out.text(std::string(1U << 20U, 'x'));
  zeros(out, 13);
  out.number(1000);
  zeros(out, 1001);
  EXPECT_EQ(outcome(decode_file_facts(out.take())), "damaged facts of a file: too much text");
}

TEST(CodecDamage, TheBudgetCountsAllFilesOfAUnit) {
  DecodeBudget budget{5, 100};
  const std::string bytes = "\x03\x03\x03\x03";
  ByteReader first(bytes, budget);
  EXPECT_EQ(first.count(1), 3U);
  ByteReader second(bytes, budget);
  EXPECT_EQ(second.count(1), 0U);
  EXPECT_EQ(second.why(), "too many elements");
}

}  // namespace
}  // namespace patchgate
