#include "analyzers/graph/unit_heads.h"

#include <gtest/gtest.h>

#include "analyzers/model/bytes.h"
#include "analyzers/model/unit_codec.h"

namespace patchgate {
namespace {

UnitFacts unit_of(const std::string& file, std::vector<Dependency> dependencies, std::vector<std::uint64_t> missing,
                  std::vector<std::string> missing_in = {}) {
  UnitFacts unit;
  unit.main_file = file;
  unit.errors = 2;
  unit.diagnostics = {file + ":1: no"};
  unit.dependencies = std::move(dependencies);
  unit.missing = std::move(missing);
  unit.missing_in = std::move(missing_in);
  return unit;
}

const std::vector<UnitFacts> kUnits{
    unit_of("a.c", {{"/usr/include/x.h", false, {1, 2}}, {"a.c", true, {3, 4}}, {"h.h", true, {5, 6}}}, {7, 9, ~0ULL},
            {"", "inc"}),
    unit_of("b.c", {{"/usr/include/x.h", false, {1, 2}}, {"b.c", true, {0, 4}}, {"h.h", true, {5, 7}}}, {7, 8},
            {"/usr", "inc"}),
    unit_of("c.c", {}, {})};

UnitHeads heads_of_all() {
  return unit_heads({{{1, 1}, &kUnits[0]}, {{2, 2}, &kUnits[1]}, {{}, nullptr}, {{3, 3}, &kUnits[2]}});
}

TEST(UnitHeads, EachFileIsThereOnceAndEachUnitComesBack) {
  const auto heads = decode_unit_heads(encode_unit_heads(heads_of_all())).value();
  EXPECT_EQ(heads.dependencies.size(), 5U) << "h.h with two contents";
  EXPECT_EQ(heads.missing.size(), 4U);
  EXPECT_EQ(heads.missing_in, (std::vector<std::string>{"", "/usr", "inc"}));
  ASSERT_EQ(heads.units.size(), 4U);
  EXPECT_EQ(heads.units[1].content, (Hash128{2, 2}));
  EXPECT_EQ(heads.units[2].content, Hash128{});
  for (const auto& [number, unit] : {std::pair(0U, 0U), {1U, 1U}, {3U, 2U}})
    EXPECT_EQ(encode(heads.unit(number)), encode(kUnits[unit])) << number;
}

TEST(UnitHeads, WhatWouldNotBeReadIsNotWritten) {
  UnitHeads heads;
  heads.missing = {7};
  heads.units.resize(1);
  heads.units[0].missing.resize(DecodeBudget().elements - 2);
  EXPECT_TRUE(decode_unit_heads(encode_unit_heads(heads)));
  heads.units[0].missing.emplace_back();
  EXPECT_EQ(encode_unit_heads(heads), "");
}

TEST(UnitHeads, DamageIsNoticed) {
  const auto form = encode_unit_heads(heads_of_all());
  for (std::size_t i = 0; i < form.size(); ++i) {
    auto damaged = form;
    damaged[i] = static_cast<char>(damaged[i] ^ 4);
    EXPECT_FALSE(decode_unit_heads(damaged)) << "byte " << i;
    EXPECT_FALSE(decode_unit_heads(form.substr(0, i))) << "length " << i;
  }
}

TEST(UnitHeads, WhatAForgedChecksumLetsThroughIsSafeToAsk) {
  const auto form = encode_unit_heads(heads_of_all());
  std::size_t refused = 0;
  for (std::size_t i = 8; i < form.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      auto forged = form;
      forged[i] = static_cast<char>(forged[i] ^ (1 << bit));
      const auto sum = hash64(std::string_view(forged).substr(8));
      for (std::size_t k = 0; k < 8; ++k) forged[k] = static_cast<char>(sum >> (8 * k));
      const auto heads = decode_unit_heads(forged);
      refused += heads ? 0U : 1U;
      for (std::size_t unit = 0; heads && unit < heads->units.size(); ++unit)
        EXPECT_EQ(heads->unit(unit).dependencies.size(), heads->units[unit].dependencies.size());
    }
  }
  EXPECT_GT(refused, 0U);
}

}  // namespace
}  // namespace patchgate
