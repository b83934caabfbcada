#include "analyzers/model/fact.h"

#include <cmath>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

TEST(Fact, ValuesReadWell) {
  struct Case {
    Value value;
    const char* expected;
  };
  const Case cases[] = {
      {std::int64_t{42}, "42"},
      {std::int64_t{-1}, "-1"},
      {99.2, "99.2"},
      {71.0, "71"},
      {0.0, "0"},
      {-0.0, "0"},
      {-0.00001, "-1e-05"},
      {0.001, "0.001"},
      {200.0 / 3.0, "66.6667"},
      {98.9999, "98.9999"},
      {1e20, "1e+20"},
      {std::nan(""), "nan"},
      {-INFINITY, "-inf"},
      {true, "true"},
      {false, "false"},
      {std::string("high"), "high"},
      {Unknown{"no JUnit file was given"}, "unknown (no JUnit file was given)"},
  };
  for (const auto& c : cases) EXPECT_EQ(to_string(c.value), c.expected);
}

TEST(Facts, WhatNobodyStatedIsUnknown) {
  const Facts facts;
  EXPECT_EQ(to_string(facts.get("sinks.count").value), "unknown (not measured)");
  EXPECT_EQ(facts.list("symbols.touched"), nullptr);
  EXPECT_EQ(facts.why_unknown("symbols.touched"), "not measured");
}

TEST(Facts, TheLastStatementCounts) {
  Facts facts;
  facts.set("sinks.count", std::int64_t{1}, {{"a.c", 3, 0}});
  facts.set("sinks.count", std::int64_t{2});
  EXPECT_EQ(to_string(facts.get("sinks.count").value), "2");
  EXPECT_TRUE(facts.get("sinks.count").from.empty());
}

TEST(Facts, AListIsKnownOrSaysWhyNot) {
  Facts facts;
  facts.set_list_unknown("symbols.touched", "no compile database");
  EXPECT_EQ(facts.list("symbols.touched"), nullptr);
  EXPECT_EQ(facts.why_unknown("symbols.touched"), "no compile database");
  facts.set_list("symbols.touched", {Row{"f", {"a.c", 1, 0}, {{"impact", std::string("low")}}}});
  ASSERT_NE(facts.list("symbols.touched"), nullptr);
  EXPECT_EQ(facts.list("symbols.touched")->size(), 1U);
  EXPECT_EQ(facts.why_unknown("symbols.touched"), "");
  facts.set_list_unknown("symbols.touched", "lost");
  EXPECT_EQ(facts.list("symbols.touched"), nullptr);
}

TEST(Facts, AnEmptyListIsKnown) {
  Facts facts;
  facts.set_list("symbols.touched", {});
  ASSERT_NE(facts.list("symbols.touched"), nullptr);
  EXPECT_TRUE(facts.list("symbols.touched")->empty());
}

}  // namespace
}  // namespace patchgate
