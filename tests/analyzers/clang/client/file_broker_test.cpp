#include "analyzers/clang/client/file_broker.h"

#include <optional>
#include <utility>

#include <gtest/gtest.h>

#include "analyzers/clang/protocol/file_table.h"
#include "scratch_folder.h"

namespace patchgate {
namespace {

using namespace protocol;

class FileBrokerTest : public ::testing::Test {
 protected:
  FileBrokerTest() {
    disk.write("made.h", "made");
    disk.write("tracked.h", "work tree");
    disk.write("gone.h", "deleted on both sides, still lying about");
    disk.write(".env", "secret");
    std::filesystem::create_symlink("tracked.h", disk.path() / "link.h");
    std::filesystem::create_symlink("/etc/hostname", disk.path() / "escape.h");
    machine.write("usr/include/x.h", "machine");
    machine.write("extra/e.h", "extra");
    std::filesystem::create_symlink(disk.path() / "made.h", machine.path() / "usr/include/sneak.h");
    FileBroker::Folders folders;
    folders.root = "/r";
    folders.disk_root = disk.path();
    folders.machine = {machine.path() / "usr"};
    folders.extra_roots = {machine.path() / "extra"};
    auto table = FileTableWriter::make({1U << 20U, 256});
    reader_of_table.emplace(std::move(FileTableReader::open(table->table_fd(), table->arena_fd(), 1U << 20U).value()));
    broker.emplace(folders, SourceReader{[this](SourceSide side, const std::string& path) {
                     ++asked;
                     SourceReader::Answer answer;
                     if (path == "tracked.h") {
                       answer.kind = SourceReader::Kind::file;
                       answer.content = side == SourceSide::base ? "base" : "head";
                     } else if (path.empty() || path == "src") {
                       answer.kind = SourceReader::Kind::folder;
                     } else {
                       answer.from_disk_allowed = path != "gone.h";
                     }
                     return answer;
                   }},
                   std::move(*table));
  }

  std::string shown(const std::string& path, SourceSide side = SourceSide::base, Query query = Query::look_up) {
    const auto entry = broker->answer(side, {query, path});
    switch (entry.kind) {
      case FileKind::absent:
        return "absent";
      case FileKind::folder:
        return "folder";
      case FileKind::refused:
        return "refused";
      case FileKind::file:
      case FileKind::listing:
        break;
    }
    return "'" + std::string(reader_of_table->content(entry).value()) + "'";
  }

  ScratchFolder disk, machine;
  int asked = 0;
  std::optional<FileTableReader> reader_of_table;
  std::optional<FileBroker> broker;
};

TEST_F(FileBrokerTest, EachPathComesFromWhereItMay) {
  const auto m = machine.path().string();
  const struct {
    std::string path;
    std::string expected;
  } cases[] = {{"/r/tracked.h", "'base'"},
               {"/r/src/../tracked.h", "'base'"},
               {"/r/src", "folder"},
               {"/r", "folder"},
               {"/r/made.h", "'made'"},
               {"/r/link.h", "'base'"},
               {"/r/gone.h", "absent"},
               {"/r/absent.h", "absent"},
               {"/r/.env", "absent"},
               {"/r/escape.h", "absent"},
               {"/r/../etc/passwd", "absent"},
               {"/etc/passwd", "absent"},
               {disk.path().string() + "/made.h", "absent"},
               {m + "/usr/include/x.h", "'machine'"},
               {m + "/usr/include/../include/x.h", "'machine'"},
               {m + "/usr/include", "folder"},
               {m + "/usr/include/sneak.h", "absent"},
               {m + "/extra/e.h", "'extra'"},
               {m + "/usr/../../../etc/passwd", "absent"},
               {m, "absent"}};
  for (const auto& one : cases) EXPECT_EQ(shown(one.path), one.expected) << one.path;
  EXPECT_EQ(shown("/r/tracked.h", SourceSide::head), "'head'");
  EXPECT_EQ(shown("/r/link.h", SourceSide::head), "'head'");
  using namespace std::string_literals;
  EXPECT_EQ(shown(m + "/usr", SourceSide::base, Query::list), "'dinclude\0'"s);
  EXPECT_EQ(shown("/r", SourceSide::base, Query::list), "absent");
}

TEST_F(FileBrokerTest, EachContentIsLoadedOnceAndPublished) {
  shown("/r/tracked.h");
  const auto kept = broker->kept_bytes();
  const auto times = asked;
  shown("/r/tracked.h");
  EXPECT_EQ(broker->kept_bytes(), kept);
  EXPECT_EQ(asked, times);
  EXPECT_TRUE(reader_of_table->find(Scope::base, Query::look_up, "/r/tracked.h"));
  EXPECT_FALSE(reader_of_table->find(Scope::head, Query::look_up, "/r/tracked.h"));
  const auto machine_header = machine.path().string() + "/usr/include/x.h";
  shown(machine_header);
  EXPECT_TRUE(reader_of_table->find(Scope::outside, Query::look_up, machine_header));
}

TEST_F(FileBrokerTest, TwoNamesOfOneFileAreOne) {
  const auto identity = [&](const std::string& path) {
    return broker->answer(SourceSide::base, {Query::look_up, path}).identity;
  };
  EXPECT_EQ(identity("/r/link.h"), identity("/r/tracked.h"));
  const auto m = machine.path().string();
  EXPECT_EQ(identity(m + "/usr/include/x.h"), identity(m + "/usr/./include/../include/x.h"));
  EXPECT_NE(identity("/r/made.h"), identity("/r/tracked.h"));
}

TEST(FileBroker, AFullArenaRefusesAndSaysNothingWrong) {
  auto table = FileTableWriter::make({1000, 256});
  FileBroker::Folders folders;
  folders.root = "/r";
  FileBroker broker(folders, SourceReader{[](SourceSide, const std::string&) {
                      return SourceReader::Answer{SourceReader::Kind::file, std::string(400, 'x'), false};
                    }},
                    std::move(*table));
  const auto kind = [&](const char* path) { return broker.answer(SourceSide::base, {Query::look_up, path}).kind; };
  EXPECT_EQ(kind("/r/a"), FileKind::file);
  EXPECT_EQ(kind("/r/b"), FileKind::file);
  EXPECT_EQ(kind("/r/c"), FileKind::refused);
  EXPECT_EQ(kind("/r/a"), FileKind::file);
}

}  // namespace
}  // namespace patchgate
