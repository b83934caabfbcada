// Trees that no git client would write, put together byte by byte.
#include <ctime>

#include <sys/resource.h>

#include "tests/analyzers/git/described.h"

namespace patchgate {
namespace {

using test::TestRepository;

struct Case {
  const char* name;
  std::string entry;
  std::string shown;  ///< in the error
};

class HostilePath : public testing::TestWithParam<Case> {};

TEST_P(HostilePath, IsRefusedAndNamedEscaped) {
  TestRepository repo(TestRepository::Kind::bare);
  const std::string blob = repo.blob("int f();\n");
  const std::string inner = repo.raw_tree({{"100644", GetParam().entry, blob}});
  const Oid flat = repo.commit_tree(inner);
  const Oid nested = repo.commit_tree(repo.raw_tree({{"40000", "src", inner}}));
  const Repository git = test::opened(repo.path());
  const std::string hint = "\nremove it with `git rm --cached` and commit again; nothing of this tree was judged";
  const std::string start = "the tree has a path that no patch may have: '";
  EXPECT_EQ(git.snapshot(flat).error().message, start + GetParam().shown);
  EXPECT_EQ(git.snapshot(nested).error().message, start + "src/" + GetParam().shown);
  EXPECT_EQ(exit_code_of(git.snapshot(flat).error()), 3);
  EXPECT_NE(test::error_of(git.snapshot(flat)).find("git rm --cached"), std::string::npos) << hint;
}

INSTANTIATE_TEST_SUITE_P(
    Names, HostilePath,
    testing::Values(Case{"dotdot", "..", "..': a component '..'"}, Case{"dot", ".", ".': a component '.'"},
                    Case{"traversal", "../../etc/passwd", "../../etc/passwd': a slash inside one name"},
                    Case{"full_path", "a/b", "a/b': a slash inside one name"},
                    Case{"absolute", "/etc", "/etc': a slash inside one name"},
                    Case{"git", ".git", ".git': a form of '.git'"},
                    Case{"git_short", "git~1", "git~1': a form of '.git'"},
                    Case{"git_newline", "\n/..", "\\n/..': a slash inside one name"},
                    Case{"escape", "\x1b[2J/x", "\\x1b[2J/x': a slash inside one name"}),
    [](const auto& tried) { return tried.param.name; });

TEST(HostileTree, StrangeNamesThatArePossibleAreKept) {
  TestRepository repo(TestRepository::Kind::bare);
  const std::string blob = repo.blob("int f();\n");
  const Oid base = repo.commit_tree(repo.raw_tree({}));
  const Oid head = repo.commit_tree(repo.raw_tree(
      {{"100644", "::error file=a::b", blob}, {"100644", "a\nb.cpp", blob}, {"100644", "c\xff.cpp", blob}}));
  const auto files = test::diff_of(test::opened(repo.path()), base, head);
  ASSERT_EQ(files->size(), 3U);
  EXPECT_EQ((*files)[0].path, "::error file=a::b");
  EXPECT_EQ((*files)[1].path, "a\nb.cpp");
  EXPECT_EQ((*files)[2].path, "c\xff.cpp");
}

TEST(HostileTree, DuplicateNames) {
  TestRepository repo(TestRepository::Kind::bare);
  const std::string one = repo.blob("1");
  const std::string two = repo.blob("2");
  const std::string folder = repo.raw_tree({{"100644", "x", one}});
  const Repository git = test::opened(repo.path());
  const std::string twice = "the tree has a path that no patch may have: 'a': the name is there twice";
  const Oid files = repo.commit_tree(repo.raw_tree({{"100644", "a", one}, {"100644", "a", two}}));
  EXPECT_EQ(git.snapshot(files).error().message, twice);
  const Oid file_and_folder =
      repo.commit_tree(repo.raw_tree({{"100644", "a", one}, {"100644", "a-b", one}, {"40000", "a", folder}}));
  EXPECT_EQ(git.snapshot(file_and_folder).error().message, twice);
}

TEST(HostileTree, EntriesOutOfOrderAreSorted) {
  TestRepository repo(TestRepository::Kind::bare);
  const std::string blob = repo.blob("1");
  const std::string folder = repo.raw_tree({{"100644", "y", blob}, {"100644", "x", blob}});
  const Oid commit = repo.commit_tree(repo.raw_tree({{"40000", "c", folder}, {"100644", "a", blob}}));
  EXPECT_EQ(test::paths_of(test::opened(repo.path()).snapshot(commit).value()), "a c/x c/y");
}

TEST(HostileTree, BlobThatIsATree) {
  TestRepository repo(TestRepository::Kind::bare);
  const std::string tree = repo.raw_tree({});
  const Oid base = repo.commit_tree(tree);
  const Oid head = repo.commit_tree(repo.raw_tree({{"100644", "a.cpp", tree}}));
  EXPECT_EQ(test::change(repo, base, head), "error: object " + tree + " is a tree, where a blob is needed");
}

TEST(HostileTree, TreeThatIsABlob) {
  TestRepository repo(TestRepository::Kind::bare);
  const std::string blob = repo.blob("x");
  const Oid commit = repo.commit_tree(repo.raw_tree({{"40000", "a", blob}}));
  EXPECT_EQ(test::error_of(test::opened(repo.path()).snapshot(commit)),
            "object " + blob + " is a blob, where a tree is needed");
}

TEST(HostileTree, MissingBlobIsAnErrorAndNoEmptyFile) {
  TestRepository repo(TestRepository::Kind::bare);
  const Oid base = repo.commit_tree(repo.raw_tree({}));
  const std::string blob = repo.blob("int f();\n");
  const Oid head = repo.commit_tree(repo.raw_tree({{"100644", "a.cpp", blob}}));
  repo.lose_object(blob);
  EXPECT_EQ(test::change(repo, base, head), "error: object " + blob +
                                                " is missing from the repository\n  hint: fetch it, or clone again "
                                                "without a filter");
}

TEST(HostileTree, DeepFoldersEndAtTheLongestPath) {
  TestRepository repo(TestRepository::Kind::bare);
  std::string tree = repo.raw_tree({{"100644", "a", repo.blob("x")}});
  for (int i = 0; i < 2100; ++i) tree = repo.raw_tree({{"40000", "d", tree}});
  const std::string error = test::error_of(test::opened(repo.path()).snapshot(repo.commit_tree(tree)));
  EXPECT_NE(error.find("longer than 4096 bytes"), std::string::npos) << error.substr(0, 500);
  EXPECT_LT(error.size(), 1000U);
}

TEST(HostileTree, BombEndsWithTheLimit) {
  // 10^8 files out of eight trees, as git-bomb makes them.
  TestRepository repo(TestRepository::Kind::bare);
  std::string below = repo.blob("boom\n");
  for (int level = 0; level < 8; ++level) {
    std::vector<TestRepository::RawEntry> entries;
    for (int i = 0; i < 10; ++i) entries.push_back({level == 0 ? "100644" : "40000", "d" + std::to_string(i), below});
    below = repo.raw_tree(entries);
  }
  const Oid commit = repo.commit_tree(below);
  const std::clock_t start = std::clock();
  EXPECT_EQ(test::error_of(test::opened(repo.path()).snapshot(commit)), "the tree has more than 1000000 entries");
  EXPECT_LT(std::clock() - start, 5 * CLOCKS_PER_SEC);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  struct rusage used {};
  getrusage(RUSAGE_SELF, &used);
  EXPECT_LT(used.ru_maxrss, 512 * 1024) << "kilobytes";
#endif
}

TEST(HostileTree, BombOfEmptyFoldersEndsToo) {
  TestRepository repo(TestRepository::Kind::bare);
  std::string below = repo.raw_tree({});
  for (int level = 0; level < 8; ++level) {
    std::vector<TestRepository::RawEntry> entries;
    for (int i = 0; i < 10; ++i) entries.push_back({"40000", "d" + std::to_string(i), below});
    below = repo.raw_tree(entries);
  }
  EXPECT_EQ(test::error_of(test::opened(repo.path()).snapshot(repo.commit_tree(below))),
            "the tree has more than 1000000 entries");
}

TEST(HostileTree, LimitsAreExact) {
  TestRepository repo(TestRepository::Kind::bare);
  const std::string blob = repo.blob("x\n");
  const auto files = [&](int count) {
    std::vector<TestRepository::RawEntry> entries;
    for (int i = 0; i < count; ++i) entries.push_back({"100644", std::string(1, static_cast<char>('a' + i)), blob});
    return repo.commit_tree(repo.raw_tree(entries));
  };
  const Oid none = files(0);
  GitLimits limits;
  limits.max_tree_entries = 5;
  limits.max_deltas = 4;
  const Repository git = test::opened(repo.path(), limits);
  const auto outcome = [&](int count) {
    const auto result = test::diff_of(git, none, files(count));
    return result ? std::to_string(result->size()) + " files" : result.error().message;
  };
  EXPECT_EQ(outcome(3), "3 files");
  EXPECT_EQ(outcome(4), "4 files");
  EXPECT_EQ(outcome(5), "the patch changes 5 files, limit 4");
  EXPECT_EQ(outcome(6), "the tree has more than 5 entries");
  limits = {};
  limits.max_path_bytes = 3;
  const Repository narrow = test::opened(repo.path(), limits);
  EXPECT_EQ(test::error_of(narrow.snapshot(files(3))), "no error");
  EXPECT_EQ(test::error_of(narrow.snapshot(files(4))), "the paths of the tree have more than 3 bytes in all");
}

}  // namespace
}  // namespace patchgate
