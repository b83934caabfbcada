#include "analyzers/graph/pack_index.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "analyzers/graph/store.h"
#include "scratch_folder.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;

const auto kAny = [](const UnitFacts&) { return true; };

struct Unit {
  const char* file;
  std::uint64_t dependency;
  const char* symbol;
};
// a.c is there for two revisions; all share a header that b.c saw differently.
const std::vector<Unit> kUnits{{"a.c", 1, "a"}, {"b.c", 1, "b"}, {"c.c", 1, "c"}, {"d/d.c", 1, "d"}};

EncodedUnit unit_of(const Unit& unit) {
  UnitFacts facts;
  facts.main_file = unit.file;
  facts.dependencies = {{unit.file, true, {0, unit.dependency}}};
  for (const std::string path : {unit.file, "x.h"}) {
    auto& file = facts.files.emplace_back();
    file.path = path;
    file.symbols.resize(50);
    for (auto& symbol : file.symbols) symbol.file = path;
    file.symbols[0].name = path == "x.h" && unit.symbol != std::string("b") ? "inline" : unit.symbol;
  }
  return split_unit_facts(encode(facts)).value();
}

void add(Store& store, const Unit& unit) { store.add({unit.file, {0, 1}}, unit_of(unit)).value(); }

void fill(const fs::path& file, const std::vector<Unit>& units) {
  Store store = Store::open(file, nullptr).value();
  for (const auto& unit : units) add(store, unit);
  EXPECT_TRUE(store.put_derived({0, 7}, "a graph"));
}

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string packed(const fs::path& file) {
  const auto done = pack_index(file);
  if (!done) return to_string(done.error());
  return *done == Packing::done ? bytes_of(file) : "in use";
}

std::string text(Store& store) {
  std::string all;
  for (const auto& unit : kUnits) {
    const auto found = store.find({unit.file, {0, 1}}, kAny);
    const auto chunks = store.chunks(found ? found->id : 0);
    if (!chunks) return to_string(chunks.error());
    for (const auto& chunk : *chunks) all += chunk.path + "=" + chunk.facts->symbols.at(0).name + " ";
  }
  return all;
}

const std::string kText = "a.c=a x.h=inline b.c=b x.h=b c.c=c x.h=inline d/d.c=d x.h=inline ";

TEST(PackIndex, TheOrderOfUnitsIsNoPartOfIt) {
  const ScratchFolder folder;
  fill(folder / "index.db", kUnits);
  const auto canonical = packed(folder / "index.db");
  ASSERT_GT(canonical.size(), 4096U);
  std::vector<Unit> order = kUnits;
  std::reverse(order.begin(), order.end());
  for (int turn = 0; turn < 4; ++turn) {
    const auto file = folder / std::to_string(turn);
    fill(file, order);
    EXPECT_EQ(packed(file) == canonical, true) << turn;
    std::rotate(order.begin(), order.begin() + 1, order.end());
  }
}

TEST(PackIndex, WhatWasInItBeforeIsNoPartOfIt) {
  const ScratchFolder folder;
  fill(folder / "clean", kUnits);
  struct Case {
    const char* name;
    void (*live)(const fs::path& file);
  };
  const Case cases[] = {
      {"written in several runs",
       [](const fs::path& file) {
         for (const auto& unit : kUnits) fill(file, {unit});
       }},
      {"packed in between",
       [](const fs::path& file) {
         fill(file, {kUnits[2], kUnits[0]});
         packed(file);
         fill(file, kUnits);
       }},
      {"other units forgotten",
       [](const fs::path& file) {
         Store store = Store::open(file, nullptr).value();
         const auto gone = store.add({"gone.c", {0, 1}}, unit_of({"gone.c", 1, "gone"})).value();
         for (const auto& unit : kUnits) add(store, unit);
         store.forget(gone.id);
         EXPECT_TRUE(store.put_derived({0, 7}, "a graph"));
       }},
      {"all cleared once",
       [](const fs::path& file) {
         fill(file, {{"z.c", 1, "z"}, {"a.c", 5, "old"}});
         EXPECT_TRUE(Store::open(file, nullptr).value().clear());
         fill(file, kUnits);
       }},
      {"a chunk damaged and its unit added again",
       [](const fs::path& file) {
         fill(file, kUnits);
         sqlite3* database = nullptr;
         ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
         ASSERT_EQ(
             sqlite3_exec(database, "UPDATE chunks SET bytes = x'00' WHERE path = 'c.c'", nullptr, nullptr, nullptr),
             SQLITE_OK);
         sqlite3_close(database);
         Store store = Store::open(file, nullptr).value();
         EXPECT_FALSE(store.chunks(store.find({"c.c", {0, 1}}, kAny)->id));
         add(store, kUnits[2]);
       }},
  };
  const auto canonical = packed(folder / "clean");
  for (const auto& c : cases) {
    c.live(folder / c.name);
    EXPECT_EQ(packed(folder / c.name) == canonical, true) << c.name;
    Store store = Store::open(folder / c.name, nullptr).value();
    EXPECT_EQ(text(store), kText) << c.name;
    EXPECT_EQ(store.derived({0, 7}), "a graph") << c.name;
  }
}

TEST(PackIndex, ReadingLeavesEveryByte) {
  const ScratchFolder folder;
  fill(folder / "index.db", kUnits);
  const auto canonical = packed(folder / "index.db");
  {
    std::string note;
    Store store = Store::open(folder / "index.db", &note).value();
    EXPECT_EQ(note, "");
    EXPECT_EQ(text(store), kText);
    add(store, kUnits[1]);  // which is there
    EXPECT_EQ(packed(folder / "index.db") == canonical, true) << "was not written to";
  }
  EXPECT_EQ(bytes_of(folder / "index.db") == canonical, true);
  for (const char* beside : {"-wal", "-shm", "-journal", ".packing"})
    EXPECT_FALSE(fs::exists((folder / "index.db").string() + beside)) << beside;
}

TEST(PackIndex, WritingIsSeen) {
  const ScratchFolder folder;
  fill(folder / "index.db", kUnits);
  const auto canonical = packed(folder / "index.db");
  fill(folder / "index.db", {{"e.c", 1, "e"}});
  EXPECT_NE(bytes_of(folder / "index.db") == canonical, true);
  const auto more = packed(folder / "index.db");
  EXPECT_NE(more == canonical, true);
  fill(folder / "fresh", {{"e.c", 1, "e"}, kUnits[1], kUnits[0], kUnits[3], kUnits[2]});
  EXPECT_EQ(packed(folder / "fresh") == more, true);
}

TEST(PackIndex, NotesStay) {
  const ScratchFolder folder;
  fill(folder / "index.db", kUnits);
  EXPECT_TRUE(Store::open(folder / "index.db", nullptr).value().put_notes({{{0, 3}, "three"}, {{0, 1}, "one"}}));
  packed(folder / "index.db");
  Store store = Store::open(folder / "index.db", nullptr).value();
  EXPECT_EQ(store.note({0, 1}), "one");
  EXPECT_EQ(store.note({0, 3}), "three");
}

TEST(PackIndex, WhatIsDamagedIsLeftOut) {
  const ScratchFolder folder;
  fill(folder / "index.db", kUnits);
  fill(folder / "without", {kUnits[0], kUnits[1], kUnits[3]});
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open((folder / "index.db").c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "UPDATE chunks SET bytes = x'00' WHERE path = 'c.c'", nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(database);
  EXPECT_EQ(packed(folder / "index.db") == packed(folder / "without"), true);
}

TEST(PackIndex, WhatSqliteCannotReadIsMovedAside) {
  const ScratchFolder folder;
  fill(folder / "whole.db", kUnits);
  const auto whole = bytes_of(folder / "whole.db");
  constexpr std::size_t kPage = 1024;
  std::size_t moved = 0;
  for (std::size_t page = 1; page < whole.size() / kPage; ++page) {
    auto bytes = whole;
    bytes.replace(page * kPage, kPage, kPage, '\0');
    std::ofstream(folder / "index.db", std::ios::binary) << bytes;
    fs::remove(folder / "index.db.damaged");
    const auto done = pack_index(folder / "index.db");
    if (!done || *done != Packing::damaged) continue;
    ++moved;
    EXPECT_FALSE(fs::exists(folder / "index.db")) << page;
    EXPECT_EQ(bytes_of(folder / "index.db.damaged").size(), bytes.size()) << page;
  }
  EXPECT_GT(moved, 0U);
}

TEST(PackIndex, OneThatIsInUseStaysAsItIs) {
  const ScratchFolder folder;
  fill(folder / "index.db", kUnits);
  {
    Store other = Store::open(folder / "index.db", nullptr).value();
    ASSERT_TRUE(other.find({"a.c", {0, 1}}, kAny));
    EXPECT_EQ(packed(folder / "index.db"), "in use");
    EXPECT_EQ(text(other), kText);
    add(other, {"e.c", 1, "e"});
  }
  EXPECT_NE(packed(folder / "index.db"), "in use");
  Store store = Store::open(folder / "index.db", nullptr).value();
  EXPECT_EQ(text(store), kText);
}

TEST(PackIndex, SaysWhyItCannot) {
  const ScratchFolder folder;
  EXPECT_EQ(packed(folder / "none"),
            "cannot pack the index " + (folder / "none").string() + ": unable to open database file");
  std::ofstream(folder / "garbage") << std::string(5000, 'x');
  EXPECT_EQ(packed(folder / "garbage"),
            "cannot pack the index " + (folder / "garbage").string() + ": file is not a database");
  EXPECT_EQ(bytes_of(folder / "garbage"), std::string(5000, 'x'));
}

}  // namespace
}  // namespace patchgate
