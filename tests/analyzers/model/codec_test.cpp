#include <gtest/gtest.h>

#include "analyzers/model/bytes.h"
#include "analyzers/model/unit_codec.h"
#include "sample_facts.h"

namespace patchgate {
namespace {

TEST(UnitCodec, EveryFieldOfAFileComesBack) {
  const auto facts = sample_file();
  const auto back = decode_file_facts(encode(facts)).value();
  EXPECT_EQ(back.path, facts.path);
  ASSERT_EQ(back.symbols.size(), 2U);
  const auto& fee = back.symbols[0];
  EXPECT_EQ(fee.usr, 0xfedcba9876543210ULL);
  EXPECT_EQ(fee.kind, SymbolKind::function);
  EXPECT_EQ(fee.flags, UnitSymbol::defined | UnitSymbol::internal | UnitSymbol::variadic_main);
  EXPECT_EQ(fee.line, 7U);
  EXPECT_EQ(fee.end_line, 12U);
  EXPECT_EQ(fee.name, "bank::fee");
  EXPECT_EQ(fee.file, "src/fee.cpp");
  EXPECT_EQ(fee.origin, "TEST(Fee, Rounds)");
  EXPECT_EQ(fee.type, 1U);
  EXPECT_EQ(back.symbols[1].name, "\xff\n\t");
  EXPECT_EQ(back.symbols[1].kind, SymbolKind::enumerator);
  EXPECT_EQ(back.symbols[1].type, 0U);
  ASSERT_EQ(back.extents.size(), 3U);
  EXPECT_EQ(back.extents[0].range, (ByteRange{100, 200}));
  EXPECT_EQ(back.extents[0].body, 150U);
  EXPECT_TRUE(back.extents[0].definition);
  EXPECT_EQ(back.extents[1].range, (ByteRange{10, 20}));
  EXPECT_EQ(back.extents[1].body, 20U);
  EXPECT_FALSE(back.extents[1].definition);
  EXPECT_EQ(back.extents[2].last_line, 0xffffffffU);
  ASSERT_EQ(back.edges.size(), 3U);
  EXPECT_EQ(back.edges[1].from, 1U);
  EXPECT_EQ(back.edges[1].to, 0U);
  EXPECT_EQ(back.edges[1].kind, EdgeKind::include);
  EXPECT_EQ(back.edges[1].confidence, Confidence::name);
  EXPECT_EQ(back.edges[1].line, 0xffffffffU);
  EXPECT_EQ(back.indirect_calls.at(0).type, 77U);
  EXPECT_EQ(back.indirect_calls.at(0).line, 8U);
  EXPECT_EQ(back.addresses.at(0).function, 1U);
  EXPECT_EQ(back.addresses.at(0).type, ~0ULL);
  EXPECT_EQ(back.overrides.at(0).method, 1U);
  EXPECT_EQ(back.flows.at(0).consumer, DataFlow::kReturned);
  EXPECT_EQ(back.flows.at(1).consumer, 0U);
  EXPECT_EQ(back.flows.at(1).line, 10U);
  EXPECT_EQ(back.literals.at(0).text, std::string("DROP\0TABLE", 10));
  EXPECT_EQ(back.literals.at(0).position, 255U);
  ASSERT_EQ(back.blind_spots.size(), 2U);
  EXPECT_EQ(back.blind_spots[0].kind, BlindSpotKind::dependent_call);
  EXPECT_EQ(back.blind_spots[0].line, 12U);
  EXPECT_EQ(back.blind_spots[0].text, "visit");
  EXPECT_EQ(back.blind_spots[1].symbol, UnitBlindSpot::kFileScope);
  EXPECT_EQ(back.blind_spots[1].kind, BlindSpotKind::loaded_code);
  EXPECT_EQ(back.includes, facts.includes);
  EXPECT_EQ(back.inactive, facts.inactive);
  EXPECT_EQ(encode(back), encode(facts));
}

TEST(UnitCodec, EveryFieldOfAUnitComesBack) {
  const auto unit = sample_unit();
  const auto back = decode_unit_facts(encode(unit)).value();
  EXPECT_EQ(back.main_file, unit.main_file);
  EXPECT_EQ(back.failure, "1 error");
  EXPECT_EQ(back.errors, 3U);
  EXPECT_EQ(back.diagnostics, unit.diagnostics);
  ASSERT_EQ(back.dependencies.size(), 2U);
  EXPECT_EQ(back.dependencies[0].path, "/usr/include/stdio.h");
  EXPECT_FALSE(back.dependencies[0].in_repository);
  EXPECT_EQ(back.dependencies[1].hash, (Hash128{1, ~0ULL}));
  EXPECT_TRUE(back.dependencies[1].in_repository);
  EXPECT_EQ(back.missing, unit.missing);
  EXPECT_EQ(back.missing_in, (std::vector<std::string>{"", "/usr/include"}));
  ASSERT_EQ(back.files.size(), 2U);
  EXPECT_EQ(back.files[1].path, "src/money.h");
  EXPECT_EQ(encode(back), encode(unit));
}

TEST(UnitCodec, ASplitUnitKeepsItsFilesEncoded) {
  const auto unit = sample_unit();
  const auto split = split_unit_facts(encode(unit)).value();
  EXPECT_EQ(split.unit.main_file, unit.main_file);
  EXPECT_TRUE(split.unit.files.empty());
  ASSERT_EQ(split.files.size(), 2U);
  EXPECT_EQ(split.files[0].first, "src/fee.cpp");
  EXPECT_EQ(split.files[0].second, encode(unit.files[0]));
  EXPECT_EQ(split.files[1].first, "src/money.h");
  EXPECT_EQ(split.files[1].second, encode(unit.files[1]));
}

TEST(UnitCodec, EmptyValuesComeBack) {
  EXPECT_EQ(encode(decode_file_facts(encode(FileFacts{})).value()), encode(FileFacts{}));
  EXPECT_EQ(encode(decode_unit_facts(encode(UnitFacts{})).value()), encode(UnitFacts{}));
  EXPECT_TRUE(decode_tokens(encode(std::vector<Token>{})).value().empty());
}

TEST(UnitCodec, TokensComeBackInAnyOrder) {
  const std::vector<Token> tokens{{10, 1, {0, 5}, true, false},
                                  {12, 1, {5, ~0ULL}, false, true},
                                  {3, 9, {}, false, false},
                                  {0xffffffffU, 0, {5, 0}, true, true},
                                  {0xffffffffU, 0, {0, 5}, true, true}};
  const auto back = decode_tokens(encode(tokens)).value();
  ASSERT_EQ(back.size(), tokens.size());
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    EXPECT_EQ(back[i].offset, tokens[i].offset) << i;
    EXPECT_EQ(back[i].line, tokens[i].line) << i;
    EXPECT_EQ(back[i].text, tokens[i].text) << i;
    EXPECT_EQ(back[i].starts_line, tokens[i].starts_line) << i;
    EXPECT_EQ(back[i].in_directive, tokens[i].in_directive) << i;
  }
}

TEST(UnitCodec, ATextOfTokensIsKeptOnce) {
  std::vector<Token> tokens;
  for (std::uint32_t i = 0; i < 1000; ++i) tokens.push_back({2 * i, 1 + i / 8, {i % 2, 7}, false, false});
  EXPECT_LT(encode(tokens).size(), 4100U);
}

TEST(UnitCodec, AStringIsKeptOnce) {
  FileFacts facts;
  facts.path = "a.cpp";
  UnitSymbol symbol;
  symbol.name = std::string(1000, 'n');
  for (int i = 0; i < 100; ++i) facts.symbols.push_back(symbol);
  EXPECT_LT(encode(facts).size(), 1000U + 100U * 20U);
}

TEST(Bytes, NumbersHaveOneForm) {
  struct Case {
    std::string_view bytes;
    const char* expected;
  };
  const Case cases[] = {
      {"\x05", "5"},
      {"\x80\x01", "128"},
      {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "18446744073709551615"},
      {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", "a number has a wrong form"},
      {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x81\x01", "a number has a wrong form"},
      {std::string_view("\x85\x00", 2), "a number has a wrong form"},
      {"\x80", "ends too early"},
      {"", "ends too early"},
  };
  for (const auto& c : cases) {
    DecodeBudget budget;
    ByteReader in(c.bytes, budget);
    const auto value = in.number();
    EXPECT_EQ(in.ok() ? std::to_string(value) : in.why(), c.expected);
  }
}

}  // namespace
}  // namespace patchgate
