#include "analyzers/graph/store.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "analyzers/model/hash.h"
#include "scratch_folder.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;

FileFacts file_of(const std::string& path, const std::string& symbol) {
  FileFacts facts;
  facts.path = path;
  facts.symbols.emplace_back();
  facts.symbols[0].name = symbol;
  facts.symbols[0].file = path;
  return facts;
}

EncodedUnit unit_of(const std::string& main_file, std::uint64_t dependency, const std::vector<FileFacts>& files) {
  UnitFacts unit;
  unit.main_file = main_file;
  unit.dependencies = {{main_file, true, {0, dependency}}};
  unit.files = files;
  return split_unit_facts(encode(unit)).value();
}

const auto kAny = [](const UnitFacts&) { return true; };

auto with_dependency(std::uint64_t hash) {
  return [hash](const UnitFacts& unit) { return unit.dependencies.at(0).hash == Hash128{0, hash}; };
}

std::string text(const Result<std::vector<Store::Chunk>>& chunks) {
  if (!chunks) return to_string(chunks.error());
  std::string all;
  for (const auto& chunk : *chunks) all += chunk.path + "=" + chunk.facts->symbols.at(0).name + " ";
  return all;
}

Store open(const fs::path& file, std::string* note = nullptr) { return Store::open(file, note).value(); }

TEST(Store, KeepsUnitsAndTheirFacts) {
  const ScratchFolder folder;
  const UnitKey key{"a.c", {1, ~0ULL}};
  {
    Store store = open(folder / "sub/index.db");
    const auto id = store.add(key, unit_of("a.c", 1, {file_of("a.c", "f"), file_of("a.h", "g")})).value().id;
    EXPECT_EQ(store.find(key, kAny)->id, id);
  }
  Store store = open(folder / "sub/index.db");
  const auto found = store.find(key, with_dependency(1));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->unit.main_file, "a.c");
  EXPECT_EQ(text(store.chunks(found->id)), "a.c=f a.h=g ");
  EXPECT_FALSE(store.find(key, with_dependency(2)));
  EXPECT_FALSE(store.find({"a.c", {2, ~0ULL}}, kAny));
  EXPECT_FALSE(store.find({"a.c", {1, 1}}, kAny));
  EXPECT_FALSE(store.find({"b.c", {1, ~0ULL}}, kAny));
}

TEST(Store, LivesInMemoryWithoutAName) {
  Store store = open({});
  const auto id = store.add({"a.c", {0, 1}}, unit_of("a.c", 1, {file_of("a.c", "f")})).value().id;
  EXPECT_EQ(text(store.chunks(id)), "a.c=f ");
}

TEST(Store, AFailedUnitIsKeptWithItsReason) {
  Store store = open({});
  auto unit = unit_of("a.c", 1, {});
  unit.unit.failure = "2 errors";
  const auto id = store.add({"a.c", {0, 1}}, unit).value().id;
  EXPECT_EQ(store.find({"a.c", {0, 1}}, kAny)->unit.failure, "2 errors");
  EXPECT_EQ(text(store.chunks(id)), "");
}

TEST(Store, TheNewestThatFitsIsFound) {
  Store store = open({});
  const UnitKey key{"a.c", {0, 1}};
  store.add(key, unit_of("a.c", 1, {file_of("a.c", "old")})).value();
  store.add(key, unit_of("a.c", 2, {file_of("a.c", "new")})).value();
  EXPECT_EQ(text(store.chunks(store.find(key, kAny)->id)), "a.c=new ");
  EXPECT_EQ(text(store.chunks(store.find(key, with_dependency(1))->id)), "a.c=old ");
}

TEST(Store, EqualFactsAreKeptOnce) {
  Store store = open({});
  const auto header = file_of("a.h", "inline");
  const auto a = store.add({"a.c", {0, 1}}, unit_of("a.c", 1, {file_of("a.c", "a"), header})).value().id;
  const auto b = store.add({"b.c", {0, 1}}, unit_of("b.c", 1, {header, file_of("b.c", "b")})).value().id;
  const auto c =
      store.add({"c.c", {0, 1}}, unit_of("c.c", 1, {file_of("a.h", "configured"), file_of("c.c", "c")})).value().id;
  EXPECT_EQ(text(store.chunks({a, b})), "a.c=a a.h=inline b.c=b ");
  EXPECT_EQ(store.chunks({a, b, c}).value().size(), 5U);
  const auto all = store.chunks({b}).value();
  EXPECT_EQ(all.at(0).facts->path, "a.h");
}

// XXH3 multiplies eight bytes with the eight before them, both first mixed with constants that everybody knows: where
// the first eight are that constant, it does not matter what the others are.
TEST(Store, FactsThatWereMadeToLookAlikeDiffer) {
  const auto encoded = [](const std::string& free) {
    const std::string constant = "\xde\xd4\x6d\xe9\x83\x90\x97\xdb";
    // Opens with a letter, the path's length and the path; then come the count of strings and the length of the first.
    return encode(file_of(std::string(10, 'p'), "n" + constant + free + std::string(120, 's')));
  };
  const auto good = encoded("validate"), bad = encoded("execute_");
  ASSERT_EQ(good.find("validate"), 24U);
  ASSERT_EQ(hash64(good), hash64(bad));
  Store store = open({});
  auto unit = unit_of("a.c", 1, {});
  unit.files = {{std::string(10, 'p'), good}, {std::string(10, 'p'), bad}};
  const auto chunks = store.chunks(store.add({"a.c", {0, 1}}, unit).value().id).value();
  ASSERT_EQ(chunks.size(), 2U);
  EXPECT_NE(chunks[0].hash, chunks[1].hash);
}

TEST(Store, TheSameUnitAgainChangesNothing) {
  Store store = open({});
  const UnitKey key{"a.c", {0, 1}};
  const auto unit = unit_of("a.c", 1, {file_of("a.c", "f")});
  const auto first = store.add(key, unit).value();
  const auto second = store.add(key, unit).value();
  EXPECT_EQ(first.id, second.id);
  EXPECT_EQ(first.content, second.content);
  EXPECT_EQ(text(store.chunks(second.id)), "a.c=f ");
  // It counts as the newest again.
  const auto other = store.add(key, unit_of("a.c", 2, {file_of("a.c", "g")})).value();
  store.add(key, unit).value();
  store.trim(1);
  EXPECT_EQ(text(store.chunks(first.id)), "a.c=f ");
  EXPECT_TRUE(store.chunks(other.id));
}

TEST(Store, WhatTheSameSourcesGaveOtherwiseTakesThePlaceOfTheFirst) {
  Store store = open({});
  const UnitKey key{"a.c", {0, 1}};
  const auto first = store.add(key, unit_of("a.c", 1, {file_of("a.c", "f")})).value();
  const auto second = store.add(key, unit_of("a.c", 1, {file_of("a.c", "g")})).value();
  EXPECT_NE(first.content, second.content);
  EXPECT_FALSE(store.chunks(first.id));
  EXPECT_EQ(text(store.chunks(second.id)), "a.c=g ");
}

TEST(Store, ContentNamesTheKeyAndAllThatIsStored) {
  Store store = open({}), other = open({});
  const auto content = [](Store& at, const UnitKey& key, const EncodedUnit& unit) {
    return at.add(key, unit).value().content;
  };
  const UnitKey key{"a.c", {0, 1}};
  const auto unit = unit_of("a.c", 1, {file_of("a.c", "f")});
  const auto one = content(store, key, unit);
  content(other, {"b.c", {0, 1}}, unit_of("b.c", 1, {file_of("b.c", "b")}));
  EXPECT_EQ(one, content(other, key, unit));
  EXPECT_NE(one, content(store, {"a.c", {0, 2}}, unit));
  EXPECT_NE(one, content(store, key, unit_of("a.c", 2, {file_of("a.c", "f")})));
  EXPECT_NE(one, content(store, key, unit_of("a.c", 1, {file_of("a.c", "g")})));
}

TEST(Store, AdoptsUnitsOfAnother) {
  Store other = open({}), store = open({}), direct = open({});
  const auto header = file_of("a.h", "g");
  for (const std::string file : {"a.c", "b.c"}) {
    const UnitKey key{file, {0, 1}};
    auto unit = unit_of(file, 1, {file_of(file, "f"), header});
    unit.unit.failure = "1 error";
    const auto there = other.add(key, unit).value();
    EXPECT_TRUE(other.is_whole(there.id));
    const auto here = store.adopt(other, there.id).value();
    EXPECT_EQ(here.content, direct.add(key, unit).value().content);
    EXPECT_EQ(here.unit.failure, "1 error");
    EXPECT_EQ(text(store.chunks(store.find(key, kAny)->id)), text(direct.chunks(direct.find(key, kAny)->id)));
  }
  EXPECT_EQ(store.unit_count(), 2U);
  EXPECT_FALSE(store.is_whole(77));
  EXPECT_FALSE(store.adopt(other, 77));
}

TEST(Store, ForgetsAUnit) {
  Store store = open({});
  const auto id = store.add({"a.c", {0, 1}}, unit_of("a.c", 1, {file_of("a.c", "f")})).value().id;
  store.forget(id);
  EXPECT_FALSE(store.find({"a.c", {0, 1}}, kAny));
  EXPECT_EQ(text(store.chunks(id)), "the index has lost the facts of 1 unit");
}

TEST(Store, TrimsWhatNobodyUsedForLong) {
  Store store = open({});
  const UnitKey key{"a.c", {0, 1}};
  for (std::uint64_t i = 1; i <= 5; ++i) store.add(key, unit_of("a.c", i, {file_of("a.c", "f")})).value();
  store.add({"b.c", {0, 1}}, unit_of("b.c", 1, {file_of("b.c", "b")})).value();
  ASSERT_TRUE(store.find(key, with_dependency(1)));  // used now
  store.trim(2);
  std::string kept;
  for (std::uint64_t i = 1; i <= 5; ++i) {
    if (store.find(key, with_dependency(i))) kept += std::to_string(i);
  }
  EXPECT_EQ(kept, "145");
  EXPECT_EQ(text(store.chunks(store.find(key, kAny)->id)), "a.c=f ");
  EXPECT_TRUE(store.find({"b.c", {0, 1}}, kAny));
}

TEST(Store, TwoRunsShareOneFile) {
  const ScratchFolder folder;
  Store one = open(folder / "index.db");
  Store two = open(folder / "index.db");
  const auto a = one.add({"a.c", {0, 1}}, unit_of("a.c", 1, {file_of("a.c", "a")})).value().id;
  const auto b = two.add({"b.c", {0, 1}}, unit_of("b.c", 1, {file_of("b.c", "b")})).value().id;
  EXPECT_EQ(text(one.chunks({a, b})), "a.c=a b.c=b ");
  EXPECT_EQ(text(two.chunks({a, b})), "a.c=a b.c=b ");
}

TEST(Store, WhatWasNotCommittedIsAsIfItNeverWas) {
  const ScratchFolder folder;
  { open(folder / "index.db"); }
  sqlite3* killed = nullptr;
  ASSERT_EQ(sqlite3_open((folder / "index.db").c_str(), &killed), SQLITE_OK);
  const char* half =
      "BEGIN IMMEDIATE; INSERT INTO units(file, flags, content, chunks, head_seal, seal, used) "
      "VALUES('a.c', x'00', x'00', x'00', 0, 0, 0)";
  ASSERT_EQ(sqlite3_exec(killed, half, nullptr, nullptr, nullptr), SQLITE_OK);
  {
    Store reader = open(folder / "index.db");
    EXPECT_FALSE(reader.find({"a.c", {0, 1}}, kAny));
  }
  sqlite3_close_v2(killed);  // without COMMIT
  std::string note;
  Store store = open(folder / "index.db", &note);
  EXPECT_EQ(note, "");
  EXPECT_FALSE(store.find({"a.c", {0, 1}}, kAny));
  EXPECT_TRUE(store.add({"a.c", {0, 1}}, unit_of("a.c", 1, {file_of("a.c", "a")})));
}

TEST(Store, AJournalLeftByAKilledRunIsPlayedBack) {
  const ScratchFolder folder;
  Store store = open(folder / "index.db");
  store.add({"a.c", {0, 1}}, unit_of("a.c", 1, {file_of("a.c", "a")})).value();
  // What lies on the disk while the store is open is what a kill leaves behind.
  fs::create_directory(folder / "copy");
  for (const char* name : {"index.db", "index.db-wal"}) fs::copy_file(folder / name, folder / "copy" / name);
  std::string note;
  Store again = open(folder / "copy/index.db", &note);
  EXPECT_EQ(note, "");
  EXPECT_TRUE(again.find({"a.c", {0, 1}}, kAny));
}

TEST(Store, KeepsTheNewestDerived) {
  Store store = open({});
  EXPECT_FALSE(store.derived({0, 1}));
  const std::string bytes("a\0b", 3);
  ASSERT_TRUE(store.put_derived({0, 1}, "old"));
  ASSERT_TRUE(store.put_derived({1, 1}, bytes));
  EXPECT_EQ(store.derived({1, 1}), bytes);
  for (std::uint64_t key = 2; key <= 9; ++key) ASSERT_TRUE(store.put_derived({key, 1}, std::to_string(key)));
  EXPECT_FALSE(store.derived({0, 1}));
  EXPECT_EQ(store.derived({5, 1}), "5");
  ASSERT_TRUE(store.put_derived({5, 1}, "again"));
  EXPECT_EQ(store.derived({5, 1}), "again");
  EXPECT_EQ(store.derived({6, 1}), "6");
}

TEST(Store, DerivedThatAreOfUseStay) {
  Store store = open({});
  ASSERT_TRUE(store.put_derived({0, 1}, "base"));
  for (std::uint64_t key = 2; key <= 20; ++key) {
    EXPECT_EQ(store.derived({0, 1}), "base");
    EXPECT_FALSE(store.derived({0, 99}));
    ASSERT_TRUE(store.put_derived({key, 1}, std::to_string(key)));
  }
  EXPECT_EQ(store.derived({0, 1}), "base");
  EXPECT_EQ(store.derived({20, 1}), "20");
  EXPECT_FALSE(store.derived({2, 1}));
  EXPECT_FALSE(store.derived({0, 99})) << "what is not there is not made";
}

TEST(Store, KnownUnitsAreThoseOfAllKeysByContent) {
  Store store = open({});
  const UnitKey key{"a.c", {0, 1}};
  const auto old = store.add(key, unit_of("a.c", 1, {})).value();
  const auto other = store.add({"b.c", {0, 1}}, unit_of("b.c", 1, {})).value();
  const auto newest = store.add(key, unit_of("a.c", 2, {})).value();
  const auto known = store.known_units();
  ASSERT_EQ(known.size(), 3U);
  EXPECT_EQ(known.at(old.content).id, old.id);
  EXPECT_FALSE(known.at(old.content).newest);
  EXPECT_TRUE(known.at(other.content).newest);
  EXPECT_TRUE(known.at(newest.content).newest);
}

TEST(Store, ReadsForAWhileAndWritesMeanwhile) {
  const ScratchFolder folder;
  Store store = open(folder / "index.db");
  ASSERT_TRUE(store.add({"a.c", {0, 1}}, unit_of("a.c", 1, {})));
  auto reading = store.read_for_a_while();
  ASSERT_TRUE(store.add({"b.c", {0, 1}}, unit_of("b.c", 1, {})));
  EXPECT_TRUE(store.find({"b.c", {0, 1}}, kAny)) << "its own writes";
  reading.reset();
  EXPECT_TRUE(store.find({"a.c", {0, 1}}, kAny));
}

TEST(Store, Notes) {
  const ScratchFolder folder;
  const auto text_of = [](Store& store, std::uint64_t key) { return store.note({0, key}).value_or("none"); };
  {
    Store store = Store::open(folder / "index.db", nullptr).value();
    EXPECT_EQ(text_of(store, 1), "none");
    ASSERT_TRUE(store.put_notes({{{0, 1}, "one"}, {{0, 2}, std::string("\0", 1)}, {{0, 1}, "first"}}));
  }
  Store store = Store::open(folder / "index.db", nullptr).value();
  EXPECT_EQ(text_of(store, 1), "first");
  EXPECT_EQ(text_of(store, 2), std::string("\0", 1));
  EXPECT_EQ(text_of(store, 3), "none");
}

TEST(Store, OnlyTheNewestNotesStay) {
  Store store = Store::open({}, nullptr).value();
  std::vector<std::pair<Hash128, std::string>> notes;
  for (std::uint64_t i = 0; i < 20'005; ++i) notes.emplace_back(Hash128{7, i}, "n");
  ASSERT_TRUE(store.put_notes(notes));
  EXPECT_FALSE(store.note({7, 4}));
  EXPECT_TRUE(store.note({7, 5}));
  EXPECT_TRUE(store.note({7, 20'004}));
}

}  // namespace
}  // namespace patchgate
