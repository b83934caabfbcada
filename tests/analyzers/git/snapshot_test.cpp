#include "tests/analyzers/git/described.h"

namespace patchgate {
namespace {

using test::error_of;
using test::TestRepository;

TEST(Snapshot, ListsFindsAndKnowsFolders) {
  TestRepository repo;
  repo.write("a.c", "1\n").write("a/b.c", "2\n").write("a-b", "3\n").link("l", "a.c").write("run", "4\n", 0100755);
  const Oid tip = repo.submodule("s", "1111111111111111111111111111111111111111").commit("one");
  const Snapshot files = test::opened(repo.path()).snapshot(tip).value();
  EXPECT_EQ(test::paths_of(files), "a-b a.c a/b.c l run s");
  EXPECT_EQ(files.commit(), tip);
  ASSERT_NE(files.find("a/b.c"), nullptr);
  EXPECT_EQ(files.find("a/b.c")->mode, 0100644U);
  EXPECT_EQ(files.find("l")->mode, 0120000U);
  EXPECT_EQ(files.find("run")->mode, 0100755U);
  EXPECT_EQ(files.find("s")->mode, 0160000U);
  EXPECT_EQ(files.find("a"), nullptr);
  EXPECT_EQ(files.find("b"), nullptr);
  EXPECT_TRUE(files.is_folder("a"));
  EXPECT_TRUE(files.is_folder("a/"));
  EXPECT_TRUE(files.is_folder(""));
  EXPECT_FALSE(files.is_folder("a.c"));
  EXPECT_FALSE(files.is_folder("a-"));
}

TEST(Blob, SizeIsCheckedBeforeReading) {
  TestRepository repo;
  const std::string blob = repo.blob("0123456789");
  GitLimits limits;
  limits.max_source_blob = 9;
  EXPECT_EQ(error_of(test::opened(repo.path(), limits).blob(blob)), "blob " + blob + " has 10 bytes, limit 9");
  const Repository git = test::opened(repo.path());
  EXPECT_EQ(error_of(git.blob(blob, 9)), "blob " + blob + " has 10 bytes, limit 9");
  EXPECT_EQ(git.blob(blob, 10).value(), "0123456789");
  EXPECT_EQ(git.blob(blob).value(), "0123456789");
}

TEST(Blob, DamagedObjectIsAnError) {
  TestRepository repo;
  const std::string blob = repo.blob("0123456789");
  const auto file = repo.git_folder() / "objects" / blob.substr(0, 2) / blob.substr(2);
  repo.lose_object(blob);
  const std::string other = repo.blob("9876543210");
  std::filesystem::copy_file(repo.git_folder() / "objects" / other.substr(0, 2) / other.substr(2), file);
  EXPECT_NE(error_of(test::opened(repo.path()).blob(blob)), "no error") << "content that is not its id's";
}

}  // namespace
}  // namespace patchgate
