#include "gate/pipeline/chunk_feed.h"

#include <string>

#include <gtest/gtest.h>

#include "analyzers/graph/export.h"

namespace patchgate {
namespace {

/// Unit `number`: its own file calls `shared` of a header that all see alike.
EncodedUnit unit_of(int number) {
  UnitFacts unit;
  unit.main_file = "u" + std::to_string(number) + ".c";
  UnitSymbol own, shared;
  own.name = "f" + std::to_string(number);
  own.usr = hash64(own.name);
  own.file = unit.main_file;
  own.line = 3;
  own.flags = UnitSymbol::defined;
  shared.name = "shared";
  shared.usr = hash64(shared.name);
  shared.file = "h.h";
  shared.line = 1;
  shared.flags = UnitSymbol::defined;
  FileFacts header;
  header.path = "h.h";
  header.symbols = {shared};
  FileFacts source;
  source.path = unit.main_file;
  source.symbols = {own, shared};
  source.edges = {{0, 1, EdgeKind::call, Confidence::exact, 4, EdgeRule::syntax}};
  unit.files = {header, source};
  return split_unit_facts(encode(unit)).value();
}

class ChunkFeedTest : public ::testing::Test {
 protected:
  ChunkFeedTest() {
    for (int i = 0; i < 20; ++i) ids.push_back(store.add({unit_of(i).unit.main_file, {0, 1}}, unit_of(i)).value().id);
  }

  static std::string text_of(GraphBuilder builder) {
    std::string text;
    export_edges(std::move(builder).build(), EdgeFilter(), TableFormat::tsv,
                 [&](std::string_view part) { text += part; });
    return text;
  }

  static std::string text_of(ChunkFeed feed, const std::string& without = "") {
    const auto facts = feed.all();
    if (!facts) return to_string(facts.error());
    GraphBuilder builder;
    builder.add(**facts, {without});
    return text_of(std::move(builder));
  }

  /// All chunks at once.
  std::string expected(const std::string& without) {
    GraphBuilder builder;
    const auto chunks = store.chunks(ids).value();
    for (const auto& chunk : chunks)
      if (chunk.path != without) builder.add(*chunk.facts);
    return text_of(std::move(builder));
  }

  Store store = Store::open({}, nullptr).value();
  std::vector<std::int64_t> ids;
};

TEST_F(ChunkFeedTest, TheGraphDoesNotDependOnHowMuchWasDoneBefore) {
  for (const std::string without : {"", "u7.c", "h.h"}) {
    const auto whole = expected(without);
    for (const int pieces : {0, 1, 2, 5, 1000}) {
      ChunkFeed feed(store, ids);
      int done = 0;
      while (done < pieces && feed.step()) ++done;
      EXPECT_LT(done, 100) << "it ends";
      EXPECT_EQ(text_of(std::move(feed), without), whole) << pieces << " pieces, without " << without;
    }
  }
}

TEST_F(ChunkFeedTest, WhatWasCollectedUnderAKeyIsThereTheNextTime) {
  const Hash128 key{7, 7};
  const auto whole = expected("h.h");
  EXPECT_EQ(text_of(ChunkFeed(store, ids, key), "h.h"), whole);
  ChunkFeed again(store, ids, key);
  EXPECT_FALSE(again.step()) << "nothing is left to do";
  for (const auto unit : ids) store.forget(unit);
  EXPECT_EQ(text_of(std::move(again), "h.h"), whole);
  EXPECT_EQ(text_of(ChunkFeed(store, ids, key), "h.h"), whole);
  EXPECT_NE(text_of(ChunkFeed(store, ids, Hash128{7, 8}), "h.h"), whole) << "another key";
}

TEST_F(ChunkFeedTest, DamagedOnesAreCollectedAgain) {
  const Hash128 key{7, 7};
  const auto whole = expected("");
  ASSERT_TRUE(store.put_derived(key, "no facts"));
  EXPECT_EQ(text_of(ChunkFeed(store, ids, key)), whole);
  EXPECT_TRUE(decode_raw_facts(store.derived(key).value())) << "and mended";
}

TEST_F(ChunkFeedTest, AUnitThatIsGoneIsAnError) {
  ChunkFeed before(store, ids);
  before.step();
  store.forget(ids[15]);
  EXPECT_EQ(text_of(std::move(before)), "the index has lost the facts of 1 unit");
  ChunkFeed after(store, ids);
  EXPECT_EQ(text_of(std::move(after)), "the index has lost the facts of 1 unit");
}

}  // namespace
}  // namespace patchgate
