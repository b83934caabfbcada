#include "analyzers/clang/client/disk_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "scratch_folder.h"

namespace patchgate {
namespace {

namespace fs = std::filesystem;

TEST(DiskFiles, OnlyWhatReallyLiesBelowAnAllowedFolder) {
  const ScratchFolder scratch;
  scratch.write("in/a.h", "content");
  scratch.write("in/sub/b.h", "b");
  scratch.write("in/large.h", std::string(101, 'x'));
  scratch.write("in/fits.h", std::string(100, 'x'));
  scratch.write("in/.env", "secret");
  scratch.write("in/.git/config", "secret");
  scratch.write("in/.git/a.h", "secret");
  scratch.write("in/.moc/made.h", "m");
  scratch.write("in/.aws/credentials", "secret");
  scratch.write("out/c.h", "c");
  scratch.write("inner/d.h", "d");
  fs::create_symlink("../out/c.h", scratch.path() / "in/escape.h");
  fs::create_symlink("../out", scratch.path() / "in/escape");
  fs::create_symlink("a.h", scratch.path() / "in/alias.h");
  fs::create_symlink("/dev/zero", scratch.path() / "in/zero.h");
  fs::create_symlink("loop", scratch.path() / "in/loop");
  ASSERT_EQ(::mkfifo((scratch.path() / "in/pipe.h").c_str(), 0600), 0);

  DiskFiles disk(100);
  disk.allow(scratch.path() / "in");
  disk.allow(scratch.path() / "not-there");
  disk.allow("relative");
  disk.allow("/");
  using Kind = DiskFiles::Kind;
  const struct {
    const char* path;
    Kind expected;
  } cases[] = {{"in/a.h", Kind::file},
               {"in", Kind::folder},
               {"in/sub", Kind::folder},
               {"in/sub/../a.h", Kind::file},
               {"in/alias.h", Kind::file},
               {"in/fits.h", Kind::file},
               {"in/large.h", Kind::refused},
               {"in/pipe.h", Kind::refused},
               {"in/.moc/made.h", Kind::file},
               {"in/.env", Kind::absent},
               {"in/.git/config", Kind::absent},
               {"in/.git/a.h", Kind::absent},
               {"in/.aws/credentials", Kind::absent},
               {"in/absent.h", Kind::absent},
               {"in/loop", Kind::absent},
               {"in/zero.h", Kind::absent},
               {"in/escape.h", Kind::absent},
               {"in/escape/c.h", Kind::absent},
               {"in/../out/c.h", Kind::absent},
               {"inner/d.h", Kind::absent},
               {"out/c.h", Kind::absent},
               {"../../../../../etc/passwd", Kind::absent}};
  for (const auto& one : cases)
    EXPECT_EQ(disk.look_up((scratch.path() / one.path).string()).kind, one.expected) << one.path;
  EXPECT_EQ(disk.read(disk.look_up((scratch.path() / "in/alias.h").string())), "content");
}

TEST(DiskFiles, ALinkPutInPlaceLaterIsNotFollowed) {
  const ScratchFolder scratch;
  scratch.write("in/sub/a.h", "content");
  scratch.write("out/a.h", "elsewhere");
  DiskFiles disk;
  disk.allow(scratch.path() / "in");
  const auto found = disk.look_up((scratch.path() / "in/sub/a.h").string());
  ASSERT_EQ(found.kind, DiskFiles::Kind::file);
  fs::remove_all(scratch.path() / "in/sub");
  fs::create_directory_symlink("../out", scratch.path() / "in/sub");
  EXPECT_EQ(disk.read(found), std::nullopt);
}

TEST(DiskFiles, FoldersAreListedInOrder) {
  const ScratchFolder scratch;
  scratch.write("in/b", "");
  scratch.write("in/a/x", "");
  fs::create_symlink("a", scratch.path() / "in/c");
  fs::create_symlink("/etc", scratch.path() / "in/d");
  DiskFiles disk;
  disk.allow(scratch.path() / "in");
  using namespace std::string_literals;
  EXPECT_EQ(disk.list((scratch.path() / "in").string()), "da\0fb\0dc\0"s);
  EXPECT_EQ(disk.list((scratch.path() / "in/b").string()), std::nullopt);
  EXPECT_EQ(disk.list(scratch.path().string()), std::nullopt);
}

}  // namespace
}  // namespace patchgate
