#include <fstream>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "analyzers/graph/store.h"
#include "analyzers/model/hash.h"
#include "scratch_folder.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;

const UnitKey kKey{"a.c", {0, 1}};
const auto kAny = [](const UnitFacts&) { return true; };

EncodedUnit sample(const std::string& symbol, std::size_t symbols = 1) {
  UnitFacts unit;
  unit.main_file = "a.c";
  for (const char* path : {"a.c", "a.h"}) {
    auto& facts = unit.files.emplace_back();
    facts.path = path;
    facts.symbols.resize(symbols);
    for (auto& one : facts.symbols) {
      one.name = symbol;
      one.usr = hash64(facts.symbols.size(), hash64(path + std::to_string(&one - facts.symbols.data())));
    }
    facts.symbols[0].name = symbol + path;
  }
  return split_unit_facts(encode(unit)).value();
}

void fill(const fs::path& file, std::size_t symbols = 1) {
  Store store = Store::open(file, nullptr).value();
  ASSERT_TRUE(store.add(kKey, sample("f", symbols)));
}

void run_sql(const fs::path& file, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << message;
  sqlite3_close(database);
}

void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

// What is not our index is moved aside, and said so; the new one works.
struct Foreign {
  const char* name;
  void (*spoil)(const fs::path& file);
  const char* note;
};

const Foreign kForeign[] = {
    {"garbage", [](const fs::path& file) { write(file, std::string(5000, 'x')); }, "is damaged"},
    {"a few bytes", [](const fs::path& file) { write(file, "SQLite format 3"); }, "is damaged"},
    {"truncated to half", [](const fs::path& file) { fs::resize_file(file, fs::file_size(file) / 2); }, "is damaged"},
    {"truncated in its header", [](const fs::path& file) { fs::resize_file(file, 60); }, "is damaged"},
    {"the version before this one", [](const fs::path& file) { run_sql(file, "PRAGMA user_version=0x10001"); },
     "was made by another version of patchgate"},
    {"another version", [](const fs::path& file) { run_sql(file, "PRAGMA user_version=7"); },
     "was made by another version of patchgate"},
    {"another program's",
     [](const fs::path& file) {
       fs::remove(file);
       run_sql(file, "PRAGMA application_id=42; CREATE TABLE t(x)");
     },
     "belongs to another program"},
    {"a trigger added",
     [](const fs::path& file) {
       run_sql(file, "CREATE TRIGGER t AFTER INSERT ON units BEGIN DELETE FROM chunks; END");
     },
     "has tables that are not ours"},
    {"a table changed", [](const fs::path& file) { run_sql(file, "ALTER TABLE units ADD COLUMN more"); },
     "has tables that are not ours"},
    {"a table missing", [](const fs::path& file) { run_sql(file, "DROP TABLE derived"); },
     "has tables that are not ours"},
};

TEST(StoreDamage, WhatIsNotOursIsMovedAside) {
  for (const auto& c : kForeign) {
    const ScratchFolder folder;
    fill(folder / "index.db");
    c.spoil(folder / "index.db");
    std::string note;
    auto store = Store::open(folder / "index.db", &note);
    ASSERT_TRUE(store) << c.name << ": " << to_string(store.error());
    EXPECT_EQ(note, std::string("the index ") + c.note + ": moved aside to index.db.damaged, made anew") << c.name;
    EXPECT_TRUE(fs::exists(folder / "index.db.damaged")) << c.name;
    EXPECT_FALSE(store->find(kKey, kAny)) << c.name;
    EXPECT_TRUE(store->add(kKey, sample("f"))) << c.name;
    EXPECT_TRUE(store->find(kKey, kAny)) << c.name;
  }
}

TEST(StoreDamage, AnEmptyFileBecomesAnIndex) {
  const ScratchFolder folder;
  write(folder / "index.db", "");
  std::string note;
  auto store = Store::open(folder / "index.db", &note);
  ASSERT_TRUE(store);
  EXPECT_EQ(note, "");
  EXPECT_TRUE(store->add(kKey, sample("f")));
}

// Rows that were changed: the unit is forgotten, nothing else is lost.
struct Row {
  const char* name;
  const char* sql;
  bool found;  // the head still fits, the chunks do not
};

// Chunk 1 is the head, 2 and 3 are what was seen in a.c and a.h.
const Row kRows[] = {
    {"a flipped byte in a chunk",
     "UPDATE chunks SET bytes = substr(bytes, 1, length(bytes) - 2) || x'ffff' WHERE id > 1", true},
    {"a truncated chunk", "UPDATE chunks SET bytes = substr(bytes, 1, length(bytes) - 1) WHERE id > 1", true},
    {"a chunk of another type", "UPDATE chunks SET bytes = 5 WHERE id > 1", true},
    {"an empty chunk", "UPDATE chunks SET bytes = x'' WHERE id > 1", true},
    {"chunks exchanged", "UPDATE units SET chunks = x'03010302'", true},
    {"paths exchanged", "UPDATE chunks SET path = 'a.h' WHERE id > 1", true},
    {"a chunk gone", "DELETE FROM chunks WHERE id = 2", true},
    {"a link gone", "UPDATE units SET chunks = x'020102'", true},
    {"a link added", "UPDATE units SET chunks = x'0401020302'", true},
    {"a chunk with a hash of its own making", "UPDATE chunks SET hash = zeroblob(16) WHERE id > 1", true},
    {"a chunk with half a hash", "UPDATE chunks SET hash = substr(hash, 1, 8) WHERE id > 1", true},
    {"a chunk with a checksum of its own making", "UPDATE chunks SET checksum = checksum + 1 WHERE id > 1", true},
    {"a chunk that is its own base", "UPDATE chunks SET base = id WHERE id > 1", true},
    {"a chunk with a base of another path", "UPDATE chunks SET base = 2 WHERE id = 3", true},
    {"a chunk with a base that is not there", "UPDATE chunks SET base = 99 WHERE id = 3", true},
    {"a content of its own making", "UPDATE units SET content = zeroblob(16)", true},
    {"a flipped byte in a head",
     "UPDATE chunks SET bytes = substr(bytes, 1, length(bytes) - 2) || x'ffff' WHERE id = 1", false},
    {"an empty head", "UPDATE chunks SET bytes = x'' WHERE id = 1", false},
    {"no chunks", "UPDATE units SET chunks = x'00'", false},
    {"a list of chunks that is cut", "UPDATE units SET chunks = x'0301'", false},
    {"another key", "UPDATE units SET head_seal = head_seal + 1", false},
};

TEST(StoreDamage, AChangedRowCostsItsUnit) {
  for (const auto& c : kRows) {
    const ScratchFolder folder;
    fill(folder / "index.db");
    run_sql(folder / "index.db", c.sql);
    std::string note;
    Store store = Store::open(folder / "index.db", &note).value();
    EXPECT_EQ(note, "") << c.name;
    const auto unit = store.find(kKey, kAny);
    EXPECT_EQ(unit.has_value(), c.found) << c.name;
    if (unit) {
      EXPECT_FALSE(store.is_whole(unit->id)) << c.name;
      const auto chunks = store.chunks(unit->id);
      ASSERT_FALSE(chunks) << c.name;
      EXPECT_EQ(chunks.error().kind, Error::Kind::io) << c.name;
      EXPECT_EQ(chunks.error().message, "the index has lost the facts of 1 unit") << c.name;
    }
    EXPECT_FALSE(store.find(kKey, kAny)) << c.name;
    const auto again = store.add(kKey, sample("f"));
    ASSERT_TRUE(again) << c.name;
    EXPECT_EQ(store.chunks(again->id).value().size(), 2U) << c.name;
  }
}

/// What `main_file` saw in itself and in a header.
EncodedUnit including(const std::string& main_file, const std::string& header, const std::string& symbol) {
  UnitFacts unit;
  unit.main_file = main_file;
  for (const auto& path : {main_file, header}) {
    auto& facts = unit.files.emplace_back();
    facts.path = path;
    facts.symbols.emplace_back().name = path == header ? symbol : "main";
  }
  return split_unit_facts(encode(unit)).value();
}

TEST(StoreDamage, AChunkCostsAllUnitsThatNameItAtOnce) {
  // 3.c saw the header otherwise, which is kept as the difference from what the first two saw; 4.c sees another one.
  const std::vector<std::string> files = {"1.c", "2.c", "3.c", "4.c"};
  const auto kept_after = [&](const std::string& sql, const std::string& asked) {
    const ScratchFolder folder;
    {
      Store store = Store::open(folder / "index.db", nullptr).value();
      EXPECT_TRUE(store.add({"1.c", {0, 1}}, including("1.c", "a.h", "one")));
      EXPECT_TRUE(store.add({"2.c", {0, 1}}, including("2.c", "a.h", "one")));
      EXPECT_TRUE(store.add({"3.c", {0, 1}}, including("3.c", "a.h", "two")));
      EXPECT_TRUE(store.add({"4.c", {0, 1}}, including("4.c", "b.h", "one")));
    }
    run_sql(folder / "index.db", sql);
    Store store = Store::open(folder / "index.db", nullptr).value();
    EXPECT_FALSE(store.chunks(store.find({asked, {0, 1}}, kAny).value().id)) << sql;
    EXPECT_TRUE(store.has_lost_units());
    std::string kept;
    for (const auto& file : files)
      if (store.find({file, {0, 1}}, kAny)) kept += file + " ";
    return kept;
  };
  EXPECT_EQ(kept_after("UPDATE chunks SET bytes = x'00' WHERE path = 'a.h' AND base = 0", "1.c"), "4.c ");
  EXPECT_EQ(kept_after("UPDATE chunks SET bytes = x'00' WHERE path = 'a.h' AND base = 0", "3.c"), "4.c ");
  EXPECT_EQ(kept_after("UPDATE chunks SET bytes = x'00' WHERE path = 'a.h' AND base != 0", "3.c"), "1.c 2.c 4.c ");
}

TEST(StoreDamage, AChangedNoteIsNone) {
  for (const char* sql :
       {"UPDATE notes SET text = 'two'", "UPDATE notes SET seal = seal + 1", "UPDATE notes SET text = 5",
        "UPDATE notes SET key = zeroblob(15) || x'02'", "DELETE FROM notes"}) {
    const ScratchFolder folder;
    ASSERT_TRUE(Store::open(folder / "index.db", nullptr).value().put_notes({{{0, 1}, "one"}}));
    run_sql(folder / "index.db", sql);
    Store store = Store::open(folder / "index.db", nullptr).value();
    for (const std::uint64_t key : {1ULL, 2ULL, 1ULL << 57U}) EXPECT_FALSE(store.note({0, key})) << sql << " " << key;
    ASSERT_TRUE(store.put_notes({{{0, 1}, "again"}}));
    EXPECT_EQ(store.note({0, 1}), "again") << sql;
  }
}

TEST(StoreDamage, AUnitOfAnotherKeyIsNotBelieved) {
  const ScratchFolder folder;
  fill(folder / "index.db");
  run_sql(folder / "index.db", "UPDATE units SET flags = x'0000000000000000' || x'0200000000000000'");
  Store store = Store::open(folder / "index.db", nullptr).value();
  EXPECT_FALSE(store.find({"a.c", {0, 2}}, kAny));
}

TEST(StoreDamage, PagesOverwrittenWhileItLooksWholeAreGoneOnTheNextRun) {
  const ScratchFolder folder;
  fill(folder / "index.db", 20'000);
  {
    const auto size = fs::file_size(folder / "index.db");
    std::fstream file(folder / "index.db", std::ios::in | std::ios::out | std::ios::binary);
    for (std::uintmax_t page = 4096 * 8; page + 4096 <= size; page += 4096) {
      file.seekp(static_cast<std::streamoff>(page));
      file << std::string(4096, '\xee');
    }
  }
  for (int run = 0; run < 2; ++run) {
    auto store = Store::open(folder / "index.db", nullptr);
    ASSERT_TRUE(store);
    if (const auto unit = store->find(kKey, kAny)) {
      EXPECT_FALSE(store->chunks(unit->id));
    }
    (void)store->add(kKey, sample("g", 20'000));
  }
  Store store = Store::open(folder / "index.db", nullptr).value();
  const auto unit = store.find(kKey, kAny);
  ASSERT_TRUE(unit);
  EXPECT_TRUE(store.chunks(unit->id));
}

TEST(StoreDamage, APlaceThatCannotBeWrittenSaysWhatToDo) {
  const ScratchFolder folder;
  write(folder / "file", "x");
  fs::create_directory(folder / "folder");
  fs::create_symlink(folder / "elsewhere", folder / "link");
  struct Case {
    fs::path path;
    const char* why;
  };
  const Case cases[] = {
      {folder / "file/index.db", "its folder cannot be made: Not a directory"},
      {folder / "folder", "it is not a file"},
      {folder / "link", "it is not a file"},
      {"/proc/patchgate/index.db", "its folder cannot be made: No such file or directory"},
      {"/proc/version", "unable to open database file"},
  };
  for (const auto& c : cases) {
    const auto store = Store::open(c.path, nullptr);
    ASSERT_FALSE(store) << c.path;
    EXPECT_EQ(store.error().kind, Error::Kind::io) << c.path;
    EXPECT_EQ(store.error().message, "cannot use the index " + c.path.string() + ": " + c.why);
    EXPECT_EQ(store.error().hint, "name another file with --index, or go without one with --no-cache");
  }
}

}  // namespace
}  // namespace patchgate
