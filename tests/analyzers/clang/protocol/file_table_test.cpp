#include "analyzers/clang/protocol/file_table.h"

#include <atomic>
#include <cerrno>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

namespace patchgate::protocol {
namespace {

constexpr std::uint64_t kArena = 1U << 20U;

struct Pair {
  explicit Pair(std::uint32_t slots = 64, std::uint64_t arena = kArena)
      : writer(std::move(FileTableWriter::make({arena, slots}).value())),
        reader(std::move(FileTableReader::open(writer.table_fd(), writer.arena_fd(), arena).value())) {}

  bool add(Scope scope, Query query, const std::string& path, const std::string& content) {
    const auto offset = writer.append(content);
    return offset && writer.add(scope, query, path, {FileKind::file, *offset, content.size(), 1});
  }
  std::string find(Scope scope, Query query, const std::string& path) const {
    const auto entry = reader.find(scope, query, path);
    return entry ? std::string(reader.content(*entry).value_or("no content")) : "unknown";
  }

  FileTableWriter writer;
  FileTableReader reader;
};

TEST(FileTable, ReadersFindWhatWasAdded) {
  Pair table;
  EXPECT_EQ(table.find(Scope::base, Query::look_up, "/a"), "unknown");
  ASSERT_TRUE(table.add(Scope::base, Query::look_up, "/a", "on base"));
  ASSERT_TRUE(table.add(Scope::head, Query::look_up, "/a", "on head"));
  ASSERT_TRUE(table.add(Scope::outside, Query::list, "/a", "listed"));
  ASSERT_TRUE(table.add(Scope::base, Query::look_up, "/empty", ""));
  EXPECT_EQ(table.find(Scope::base, Query::look_up, "/a"), "on base");
  EXPECT_EQ(table.find(Scope::head, Query::look_up, "/a"), "on head");
  EXPECT_EQ(table.find(Scope::outside, Query::list, "/a"), "listed");
  EXPECT_EQ(table.find(Scope::outside, Query::look_up, "/a"), "unknown");
  EXPECT_EQ(table.find(Scope::base, Query::look_up, "/empty"), "");
  EXPECT_EQ(table.find(Scope::base, Query::look_up, "/ab"), "unknown");
}

TEST(FileTable, EveryContentIsFollowedByANul) {
  Pair table;
  for (int i = 0; i < 20; ++i) table.add(Scope::base, Query::look_up, "/" + std::to_string(i), std::string(100, 'x'));
  for (int i = 0; i < 20; ++i) {
    const auto entry = table.reader.find(Scope::base, Query::look_up, "/" + std::to_string(i));
    ASSERT_TRUE(entry);
    EXPECT_EQ(table.reader.content(*entry)->data()[100], '\0');
  }
}

TEST(FileTable, AFullOneSaysSoAndKeepsWhatItHas) {
  Pair table(64);
  int added = 0;
  while (added < 1000 && table.add(Scope::base, Query::look_up, "/" + std::to_string(added), "x")) ++added;
  EXPECT_EQ(added, 32);
  for (int i = 0; i < added; ++i) EXPECT_EQ(table.find(Scope::base, Query::look_up, "/" + std::to_string(i)), "x");
  EXPECT_EQ(table.find(Scope::base, Query::look_up, "/1000"), "unknown");

  Pair small(64, 100);
  EXPECT_TRUE(small.writer.append(std::string(98, 'x')));
  EXPECT_FALSE(small.writer.append("xx"));
  EXPECT_TRUE(small.writer.append(""));
  EXPECT_FALSE(small.writer.append(""));
}

TEST(FileTable, OffsetsOutsideOfTheArenaAreNotFollowed) {
  Pair table;
  for (const auto& entry : {FileEntry{FileKind::file, kArena, 0, 0}, FileEntry{FileKind::file, 0, kArena, 0},
                            FileEntry{FileKind::file, ~0ULL, 1, 0}, FileEntry{FileKind::file, 1, ~0ULL, 0}})
    EXPECT_FALSE(table.reader.content(entry)) << entry.offset << " " << entry.size;
}

TEST(FileTable, WhatReadersGetCannotBeWritten) {
  Pair table;
  table.add(Scope::base, Query::look_up, "/a", "x");
  for (const int fd : {table.writer.table_fd(), table.writer.arena_fd()}) {
    EXPECT_EQ(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), MAP_FAILED);
    EXPECT_EQ(::pwrite(fd, "x", 1, 0), -1);
    EXPECT_EQ(::ftruncate(fd, 0), -1);
  }
}

TEST(FileTable, ReadersSeeWholeEntriesWhileOneWrites) {
  Pair table(1U << 14U);
  constexpr int kEntries = 4000;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> readers;
  for (int r = 0; r < 2; ++r)
    readers.emplace_back([&] {
      for (int i = 0; i < kEntries;) {
        const auto name = "/" + std::to_string(i);
        const auto found = table.find(Scope::base, Query::look_up, name);
        if (found == "unknown") continue;
        if (found != "content of " + name) ++wrong;
        ++i;
      }
    });
  for (int i = 0; i < kEntries; ++i) {
    const auto name = "/" + std::to_string(i);
    ASSERT_TRUE(table.add(Scope::base, Query::look_up, name, "content of " + name));
  }
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace patchgate::protocol
