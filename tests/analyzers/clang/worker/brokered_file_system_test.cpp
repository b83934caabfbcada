#include "analyzers/clang/worker/brokered_file_system.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <gtest/gtest.h>
#include <llvm/Support/MemoryBuffer.h>

#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

using namespace protocol;

class BrokeredFileSystemTest : public ::testing::Test {
 protected:
  BrokeredFileSystemTest() : table(std::move(FileTableWriter::make({1U << 20U, 64}).value())) {
    reader.emplace(std::move(FileTableReader::open(table.table_fd(), table.arena_fd(), 1U << 20U).value()));
    files = new BrokeredFileSystem(*reader, Scope::head, "/r", [this](const FileQuery& query) {
      asked += (asked.empty() ? "" : " ") + query.path;
      const auto found = answers.find(query.path);
      return found == answers.end() ? FileEntry() : found->second;
    });
    files->setCurrentWorkingDirectory("/r/build");
  }

  FileEntry content(const std::string& text, std::uint64_t identity, FileKind kind = FileKind::file) {
    return {kind, table.append(text).value(), text.size(), identity};
  }

  std::string shown(const char* path) {
    auto buffer = files->getBufferForFile(path);
    return buffer ? (*buffer)->getBuffer().str() : buffer.getError().message();
  }

  FileTableWriter table;
  std::optional<FileTableReader> reader;
  std::map<std::string, FileEntry> answers;
  std::string asked;
  llvm::IntrusiveRefCntPtr<BrokeredFileSystem> files;
};

TEST_F(BrokeredFileSystemTest, NamesLeadToOnePathInTheRepository) {
  answers["/r/src/a.h"] = content("a", 7);
  for (const auto* path : {"/r/src/a.h", "../src/a.h", "/r/build/../src/./a.h", "/x/../r//src/a.h"}) {
    asked.clear();
    EXPECT_EQ(shown(path), "a") << path;
    EXPECT_EQ(asked.substr(0, asked.find(' ')), "/r/src/a.h") << path;
    EXPECT_EQ(files->status(path)->getName(), path);
    EXPECT_EQ(files->status(path)->getUniqueID(), files->status("/r/src/a.h")->getUniqueID());
  }
}

TEST_F(BrokeredFileSystemTest, DotsOfTheMachineAreLeftToTheParent) {
  answers["/usr/lib/x/../include/s.h"] = content("s", 8);
  EXPECT_EQ(shown("/usr/lib/x/../include/s.h"), "s");
  EXPECT_EQ(shown("/r/../etc/passwd"), "No such file or directory");
  EXPECT_EQ(asked.substr(asked.rfind(' ') + 1), "/r/../etc/passwd");
}

TEST_F(BrokeredFileSystemTest, WhatTheTableKnowsIsNotAskedFor) {
  table.add(Scope::head, Query::look_up, "/r/known.h", content("known", 1));
  table.add(Scope::base, Query::look_up, "/r/other.h", content("of the other side", 2));
  EXPECT_EQ(shown("../known.h"), "known");
  EXPECT_EQ(asked, "");
  EXPECT_EQ(shown("../other.h"), "No such file or directory");
  EXPECT_EQ(asked, "/r/other.h");
}

TEST_F(BrokeredFileSystemTest, ContentsAreNotCopied) {
  const auto entry = content("text", 1);
  table.add(Scope::head, Query::look_up, "/r/a.h", entry);
  const auto buffer = files->getBufferForFile("/r/a.h");
  ASSERT_TRUE(buffer);
  EXPECT_EQ((*buffer)->getBufferStart(), reader->content(entry)->data());
}

TEST_F(BrokeredFileSystemTest, MissingPathsAreKept) {
  answers["/r/there.h"] = content("", 1);
  answers["/r/pipe"] = {FileKind::refused, 0, 0, 0};
  for (const auto* path : {"/r/b.h", "../a.h", "/r/there.h", "/usr/include/none.h", "/r/b.h", "/r/pipe"})
    files->status(path);
  files->status("/r/src/inc");
  files->status("/none");
  std::vector<std::uint64_t> expected = {hash64("a.h"), hash64("b.h"), hash64("src/inc"), hash64("/usr/include/none.h"),
                                         hash64("/none")};
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(files->missing(), expected);
  EXPECT_EQ(files->missing_in(), (std::vector<std::string>{"", "/", "/usr/include", "src"}));
}

TEST_F(BrokeredFileSystemTest, KindsAreTold) {
  answers["/r/src"] = {FileKind::folder, 0, 0, 3};
  answers["/r/pipe"] = {FileKind::refused, 0, 0, 0};
  answers["/r/wild"] = {FileKind::file, 1ULL << 40U, 5, 0};
  EXPECT_TRUE(files->status("/r/src")->isDirectory());
  EXPECT_EQ(shown("/r/src"), "Is a directory");
  EXPECT_EQ(shown("/r/pipe"), "Permission denied");
  EXPECT_EQ(shown("/r/wild"), "No such file or directory");
  EXPECT_EQ(shown((std::string("/") + std::string(5000, 'x')).c_str()), "No such file or directory");
}

TEST_F(BrokeredFileSystemTest, FoldersAreListed) {
  using namespace std::string_literals;
  answers["/usr/lib/gcc"] = content("d12\0fspecs\0"s, 1, FileKind::listing);
  std::error_code error;
  std::string text;
  for (llvm::vfs::directory_iterator at = files->dir_begin("/usr/lib/gcc", error), end; !error && at != end;
       at.increment(error))
    text += at->path().str() + (at->type() == llvm::sys::fs::file_type::directory_file ? "/ " : " ");
  EXPECT_EQ(text, "/usr/lib/gcc/12/ /usr/lib/gcc/specs ");
  files->dir_begin("/usr/lib/none", error);
  EXPECT_TRUE(error);
}

TEST_F(BrokeredFileSystemTest, EveryFolderCanBeTheWorkingDirectory) {
  EXPECT_FALSE(files->setCurrentWorkingDirectory("/not/there"));
  EXPECT_EQ(*files->getCurrentWorkingDirectory(), "/not/there");
  EXPECT_FALSE(files->setCurrentWorkingDirectory("../here"));
  shown("x");
  EXPECT_EQ(asked, "/not/there/../here/x");
}

}  // namespace
}  // namespace patchgate
