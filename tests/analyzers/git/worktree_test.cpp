#include <sys/stat.h>

#include "tests/analyzers/git/described.h"

namespace patchgate {
namespace {

using test::described;
using test::paths_of;
using test::TestRepository;
using test::write_file;
namespace fs = std::filesystem;

class WorkTree : public testing::Test {
 protected:
  WorkTree() {
    head = repo.write("a.cpp", "1\n2\n").write("src/b.cpp", "b\n").write(".gitignore", "build/\n*.o\n").commit("one");
    repo.check_out();
  }

  std::string staged() const {
    Repository git = test::opened(repo.path());
    const auto files = git.staged();
    return files ? described(git.diff(git.snapshot(head).value(), *files)) : to_string(files.error());
  }
  std::string worktree() const {
    Repository git = test::opened(repo.path());
    const auto files = git.worktree();
    return files ? described(git.diff(git.snapshot(head).value(), *files)) : to_string(files.error());
  }

  TestRepository repo;
  Oid head;
};

TEST_F(WorkTree, UntouchedHasTheCommitsTree) {
  Repository git = test::opened(repo.path());
  const Oid tree = git.snapshot(head)->tree();
  EXPECT_EQ(git.staged()->tree(), tree);
  EXPECT_EQ(git.worktree()->tree(), tree);
  EXPECT_EQ(git.worktree()->commit(), "");
}

TEST_F(WorkTree, StagedAndNotStaged) {
  write_file(repo.path() / "a.cpp", "1\nx\n");
  EXPECT_EQ(staged(), "");
  EXPECT_EQ(worktree(), "modified a.cpp +1 -1 @2,1->2,1\n");
  repo.stage("a.cpp");
  EXPECT_EQ(staged(), "modified a.cpp +1 -1 @2,1->2,1\n");
  write_file(repo.path() / "a.cpp", "1\n2\n");
  EXPECT_EQ(staged(), "modified a.cpp +1 -1 @2,1->2,1\n");
  EXPECT_EQ(worktree(), "");
}

TEST_F(WorkTree, ContentIsReadFromMemory) {
  write_file(repo.path() / "new.cpp", "int n();\n");
  Repository git = test::opened(repo.path());
  const Snapshot files = git.worktree().value();
  ASSERT_NE(files.find("new.cpp"), nullptr);
  EXPECT_EQ(git.blob(files.find("new.cpp")->blob).value(), "int n();\n");
  EXPECT_FALSE(test::opened(repo.path()).blob(files.find("new.cpp")->blob)) << "nothing was written to the repository";
}

TEST_F(WorkTree, IgnoredFilesAreLeftOut) {
  write_file(repo.path() / "build/x.cpp", "x\n");
  write_file(repo.path() / "a.o", "x\n");
  write_file(repo.path() / "src/new/c.cpp", "c\n");
  write_file(repo.path() / "src/new/.gitignore", "d.cpp\n");
  write_file(repo.path() / "src/new/d.cpp", "d\n");
  EXPECT_EQ(worktree(), "added src/new/.gitignore +1 -0 @0,0->1,1\nadded src/new/c.cpp +1 -0 @0,0->1,1\n");
}

TEST_F(WorkTree, TrackedFilesBelowAnIgnoredFolderCount) {
  head = repo.write("build/kept.cpp", "1\n").commit("two");
  repo.check_out();
  write_file(repo.path() / "build/kept.cpp", "2\n");
  write_file(repo.path() / "build/other.cpp", "2\n");
  EXPECT_EQ(worktree(), "modified build/kept.cpp +1 -1 @1,1->1,1\n");
}

TEST_F(WorkTree, DeletedAndRenamed) {
  fs::rename(repo.path() / "src/b.cpp", repo.path() / "src/c.cpp");
  fs::remove(repo.path() / "a.cpp");
  EXPECT_EQ(worktree(), "deleted a.cpp +0 -2 @1,2->0,0\nrenamed src/c.cpp <- src/b.cpp +0 -0\n");
  repo.stage("a.cpp");
  EXPECT_EQ(staged(), "deleted a.cpp +0 -2 @1,2->0,0\n");
}

TEST_F(WorkTree, LinksAreNeverFollowed) {
  const test::TempFolder outside;
  write_file(outside.path() / "secret.cpp", "the canary\n");
  fs::create_symlink(outside.path() / "secret.cpp", repo.path() / "link.cpp");
  fs::create_directory_symlink(outside.path(), repo.path() / "folder");
  fs::remove_all(repo.path() / "src");
  fs::create_directory_symlink(outside.path(), repo.path() / "src");
  write_file(outside.path() / "b.cpp", "b2\n");
  Repository git = test::opened(repo.path());
  const Snapshot files = git.worktree().value();
  EXPECT_EQ(paths_of(files), ".gitignore a.cpp folder link.cpp src");
  ASSERT_NE(files.find("link.cpp"), nullptr);
  EXPECT_EQ(files.find("link.cpp")->mode, 0120000U);
  EXPECT_EQ(git.blob(files.find("link.cpp")->blob).value(), (outside.path() / "secret.cpp").string());
}

TEST_F(WorkTree, PipesAreNotRead) {
  ASSERT_EQ(mkfifo((repo.path() / "pipe.cpp").c_str(), 0600), 0);
  EXPECT_EQ(worktree(), "");
  fs::remove(repo.path() / "a.cpp");
  ASSERT_EQ(mkfifo((repo.path() / "a.cpp").c_str(), 0600), 0);
  EXPECT_EQ(worktree(), "deleted a.cpp +0 -2 @1,2->0,0\n");
}

TEST_F(WorkTree, ExecutableBit) {
  fs::permissions(repo.path() / "a.cpp", fs::perms::owner_exec, fs::perm_options::add);
  EXPECT_EQ(worktree(), "mode_changed a.cpp +0 -0\n");
  repo.config("core.filemode", "false");
  EXPECT_EQ(worktree(), "");
}

TEST_F(WorkTree, CheckedOutWithDosLineEnds) {
  write_file(repo.path() / "a.cpp", "1\r\n2\r\n");
  EXPECT_EQ(worktree(), "");
  write_file(repo.path() / "a.cpp", "1\r\nx\r\n");
  EXPECT_EQ(worktree(), "modified a.cpp +2 -2 @1,2->1,2\n");
}

TEST_F(WorkTree, IntentToAddIsNotStaged) {
  write_file(repo.path() / "new.cpp", "n\n");
  repo.stage_intent("new.cpp");
  EXPECT_EQ(staged(), "");
  EXPECT_EQ(worktree(), "added new.cpp +1 -0 @0,0->1,1\n");
}

TEST_F(WorkTree, RepositoriesInsideAreNoPartOfIt) {
  write_file(repo.path() / "vendored/.git/HEAD", "ref: refs/heads/main\n");
  write_file(repo.path() / "vendored/a.cpp", "a\n");
  EXPECT_EQ(worktree(), "");
}

TEST_F(WorkTree, SubmodulesStayAsTheIndexHasThem) {
  head = repo.submodule("lib", "1111111111111111111111111111111111111111").commit("two");
  repo.check_out();
  write_file(repo.path() / "lib/x.cpp", "x\n");
  EXPECT_EQ(worktree(), "");
}

TEST_F(WorkTree, BadPath) {
  write_file(repo.path() / "GIT~1", "x\n");
  EXPECT_EQ(worktree(),
            "the work tree has a path that no patch may have: 'GIT~1': a form of '.git'\n"
            "  hint: remove the file, or name it in .gitignore");
}

TEST_F(WorkTree, AttributesAndFiltersDoNotApply) {
  write_file(repo.path() / ".gitattributes", "*.cpp binary ident eol=crlf\n");
  write_file(repo.path() / "a.cpp", "1\n$Id$\n");
  EXPECT_EQ(worktree(), "added .gitattributes +1 -0 @0,0->1,1\nmodified a.cpp +1 -1 @2,1->2,1\n");
}

TEST_F(WorkTree, TooLargeToReadIsUnread) {
  GitLimits limits;
  limits.max_source_blob = 1000;
  limits.max_patch_blob = 500;
  write_file(repo.path() / "a.cpp", std::string(1001, 'x'));
  Repository git = test::opened(repo.path(), limits);
  const Snapshot files = git.worktree().value();
  EXPECT_EQ(described(git.diff(git.snapshot(head).value(), files)),
            "modified a.cpp +0 -0 unread(too large: 1001 bytes, limit 500)\n");
  EXPECT_FALSE(git.blob(files.find("a.cpp")->blob));
}

}  // namespace
}  // namespace patchgate
