#include <fstream>

#include <sys/types.h>
#include <unistd.h>

#include "tests/analyzers/git/described.h"

namespace patchgate {
namespace {

using test::error_of;
using test::TempFolder;
using test::TestRepository;
namespace fs = std::filesystem;

TEST(Open, FindsTheRepositoryAroundAFolder) {
  TestRepository repo;
  repo.write("src/deep/a.cpp", "x\n").commit("one");
  repo.check_out();
  const Repository git = test::opened(repo.path() / "src/deep");
  EXPECT_EQ(git.work_folder(), repo.path());
  EXPECT_EQ(git.git_folder(), repo.path() / ".git");
  EXPECT_FALSE(git.shallow());
}

TEST(Open, BareRepository) {
  TestRepository repo(TestRepository::Kind::bare);
  repo.write("a.cpp", "x\n").commit("one");
  Repository git = test::opened(repo.path());
  EXPECT_TRUE(git.work_folder().empty());
  EXPECT_EQ(git.git_folder(), repo.path());
  EXPECT_EQ(git.staged().error().message, "a bare repository has no index");
  EXPECT_EQ(git.worktree().error().message, "a bare repository has no work tree");
}

TEST(Open, NoRepository) {
  const TempFolder folder;
  const std::string name = "'" + folder.path().string() + "'";
  EXPECT_EQ(error_of(Repository::open(folder.path())),
            name + " is not in a git repository\n  hint: name one: --repo DIR");
  EXPECT_EQ(error_of(Repository::open(folder.path() / "no\nsuch")),
            "'" + folder.path().string() + "/no\\nsuch' does not exist");
  test::write_file(folder.path() / "file", "");
  EXPECT_EQ(error_of(Repository::open(folder.path() / "file")),
            "'" + folder.path().string() + "/file' is not a folder");
}

struct Format {
  const char* name;
  const char* key;
  const char* value;
  const char* expected;  ///< part of the error
};

class OpenFormat : public testing::TestWithParam<Format> {};

TEST_P(OpenFormat, IsRefusedOrReadClearly) {
  TestRepository repo;
  repo.write("a.cpp", "x\n").commit("one");
  repo.config("core.repositoryformatversion", "1");
  repo.config(GetParam().key, GetParam().value);
  const auto result = Repository::open(repo.path());
  EXPECT_NE(error_of(result).find(GetParam().expected), std::string::npos) << error_of(result);
  if (!result) {
    EXPECT_EQ(result.error().kind, Error::Kind::repository);
    EXPECT_EQ(exit_code_of(result.error()), 3);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Formats, OpenFormat,
    testing::Values(Format{"sha256", "extensions.objectformat", "sha256",
                           "uses 'sha256' object ids; only SHA-1 can be read"},
                    Format{"sha1", "extensions.objectformat", "sha1", "no error"},
                    Format{"partial_clone", "extensions.partialclone", "origin", "this is a partial clone"},
                    Format{"promisor", "remote.origin.promisor", "true", "partial clone (remote.origin.promisor)"},
                    Format{"no_promisor", "remote.origin.promisor", "false", "no error"},
                    Format{"reftable", "extensions.refstorage", "reftable", "keeps its refs as 'reftable'"},
                    Format{"sparse_checkout", "extensions.worktreeconfig", "true", "no error"},
                    Format{"precious", "extensions.preciousobjects", "true", "no error"},
                    Format{"unknown", "extensions.fromthefuture", "true", "fromthefuture"}),
    [](const auto& tried) { return tried.param.name; });

TEST(Open, ConfigThatIncludesAForeignFileShowsNothingOfIt) {
  TestRepository repo;
  repo.write("a.cpp", "x\n").commit("one");
  const fs::path secret = repo.path() / "secret";
  test::write_file(secret, "the-canary is no config\n");
  std::ofstream(repo.git_folder() / "config", std::ios::app) << "[include]\n\tpath = " << secret.string() << "\n";
  const std::string error = error_of(Repository::open(repo.path()));
  EXPECT_EQ(error.find("canary"), std::string::npos) << error;
}

TEST(Open, BrokenConfigNamesTheFile) {
  TestRepository repo;
  repo.write("a.cpp", "x\n").commit("one");
  test::write_file(repo.git_folder() / "config", "[core\nbare");
  const std::string error = error_of(Repository::open(repo.path()));
  EXPECT_NE(error.find("cannot read the repository's config"), std::string::npos) << error;
  EXPECT_NE(error.find(".git/config"), std::string::npos) << error;
}

TEST(Open, OwnerMustMatchUnlessTrusted) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can give a folder away";
  TestRepository repo;
  const Oid tip = repo.write("a.cpp", "x\n").commit("one");
  for (const auto& entry : fs::recursive_directory_iterator(repo.path())) {
    ASSERT_EQ(chown(entry.path().c_str(), 65534, 65534), 0);
  }
  ASSERT_EQ(chown(repo.path().c_str(), 65534, 65534), 0);
  unsetenv("SUDO_UID");
  const std::string error = error_of(Repository::open(repo.path()));
  EXPECT_NE(error.find("/.git' belongs to user 65534, this process runs as 0"), std::string::npos) << error;
  EXPECT_NE(error.find("--trust-repo-owner"), std::string::npos) << error;
  const auto trusted = Repository::open(repo.path(), {}, Ownership::trusted);
  ASSERT_TRUE(trusted) << error_of(trusted);
  EXPECT_EQ(trusted->resolve("HEAD")->commit, tip);
  setenv("SUDO_UID", "65534", 1);
  EXPECT_EQ(error_of(Repository::open(repo.path())), "no error");
  setenv("SUDO_UID", "65534x", 1);
  EXPECT_NE(error_of(Repository::open(repo.path())), "no error");
  unsetenv("SUDO_UID");
}

TEST(Open, LinkedWorkTree) {
  TestRepository repo;
  const Oid first = repo.write("a.cpp", "x\n").commit("one");
  repo.check_out();
  const Oid second = repo.on("other").write("a.cpp", "y\n").commit("two");
  const TempFolder linked;
  const fs::path own = repo.git_folder() / "worktrees/linked";
  test::write_file(own / "HEAD", "ref: refs/heads/other\n");
  test::write_file(own / "commondir", "../..\n");
  test::write_file(own / "gitdir", (linked.path() / ".git").string() + "\n");
  test::write_file(linked.path() / ".git", "gitdir: " + own.string() + "\n");
  test::write_file(linked.path() / "a.cpp", "y\n");
  Repository git = test::opened(linked.path());
  EXPECT_EQ(git.work_folder(), linked.path());
  EXPECT_EQ(git.git_folder(), repo.path() / ".git");
  EXPECT_EQ(git.resolve("HEAD")->commit, second);
  EXPECT_EQ(git.head_ref(), "refs/heads/other");
  EXPECT_EQ(git.worktree()->tree(), git.snapshot(second)->tree());
  EXPECT_EQ(test::opened(repo.path()).resolve("HEAD")->commit, first);
}

}  // namespace
}  // namespace patchgate
