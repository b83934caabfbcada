#include "tests/analyzers/git/described.h"

namespace patchgate {
namespace {

using test::error_of;
using test::lines;
using test::TestRepository;

std::string summaries(const Result<std::vector<CommitInfo>>& history) {
  if (!history) return to_string(history.error());
  std::string out;
  for (const CommitInfo& info : *history) out += (out.empty() ? "" : ", ") + info.summary;
  return out;
}

struct Merged {
  TestRepository repo;
  std::string merge;
  Merged() {
    repo.write("a.cpp", lines("a", 10)).commit("first");
    const std::string side = repo.on("side").write("b.cpp", lines("b", 7)).commit("side");
    const std::string main = repo.on("main").write("a.cpp", lines("a", 13)).commit("second\n\nBody", "Ann");
    repo.write("b.cpp", lines("b", 7));
    merge = repo.commit_with_parents("merge", {main, side});
    repo.write("a.cpp", lines("a", 12)).commit("shorter");
    repo.move("a.cpp", "c.cpp").commit("moved");
    repo.write("d.png", std::string("\0\n\n\n", 4)).commit("picture");
  }
};

TEST(History, FollowsFirstParents) {
  const Merged merged;
  const Repository git = test::opened(merged.repo.path());
  EXPECT_EQ(summaries(git.history(merged.repo.tip(), 100)), "picture, moved, shorter, merge, second, first");
  EXPECT_EQ(summaries(git.history(merged.repo.tip(), 2)), "picture, moved");
  EXPECT_EQ(summaries(git.history(merged.repo.tip(), 0)), "");
  const auto history = git.history(merged.repo.tip(), 100);
  EXPECT_EQ((*history)[3].parents.size(), 2U);
  EXPECT_EQ((*history)[4].author, "Ann");
  EXPECT_GT((*history)[4].time, (*history)[5].time);
}

TEST(History, RecentSizesLeaveMergesOut) {
  const Merged merged;
  const Repository git = test::opened(merged.repo.path());
  EXPECT_EQ(git.recent_sizes(merged.repo.tip(), 100).value(), (std::vector<std::uint64_t>{0, 0, 0, 3}));
  EXPECT_EQ(git.recent_sizes(merged.repo.tip(), 3).value(), (std::vector<std::uint64_t>{0, 0, 0}));
}

TEST(History, NotedCommitsAreNotComparedAgain) {
  TestRepository repo;
  for (int i = 0; i <= 4; ++i) repo.write("a.cpp", lines("a", 3 * i)).commit("commit");
  const Oid noted = repo.tip();
  test::Notebook notes;
  const auto sizes = [&] { return test::opened(repo.path()).recent_sizes(repo.tip(), 100, &notes).value(); };
  EXPECT_EQ(sizes(), (std::vector<std::uint64_t>{3, 3, 3, 3}));
  EXPECT_EQ(notes.known, 0);
  EXPECT_EQ(sizes(), (std::vector<std::uint64_t>{3, 3, 3, 3}));
  EXPECT_EQ(notes.known, 4);
  repo.write("a.cpp", lines("a", 14)).commit("on top");
  EXPECT_EQ(sizes(), (std::vector<std::uint64_t>{2, 3, 3, 3, 3}));
  EXPECT_EQ(notes.known, 8) << "only the new commit was compared";

  for (const auto& bad :
       {std::string(), std::string("x"), std::string("\2\0\0\0\0\0\0\0\0", 9), std::string(40, '\1')}) {
    notes.keep(CommitNotes::About::lines, noted, bad);
    EXPECT_EQ(sizes(), (std::vector<std::uint64_t>{2, 3, 3, 3, 3})) << "what makes no sense is no note";
  }
}

TEST(History, ACommitBeyondTheLimitsIsNotedAsOne) {
  TestRepository repo;
  repo.write("a.cpp", "").commit("first");
  repo.write("a.cpp", "1\n").commit("small");
  repo.write("b.cpp", "1\n").write("c.cpp", "1\n").write("d.cpp", "1\n").commit("large");
  GitLimits limits;
  limits.max_deltas = 2;
  test::Notebook notes;
  for (int run = 0; run < 2; ++run) {
    EXPECT_EQ(test::opened(repo.path(), limits).recent_sizes(repo.tip(), 100, &notes).value(),
              (std::vector<std::uint64_t>{1}));
    EXPECT_EQ(notes.known, 2 * run);
  }
}

TEST(History, ShallowCloneEndsAtItsBoundary) {
  TestRepository repo;
  const Oid first = repo.write("a.cpp", lines("a", 10)).commit("first");
  const Oid second = repo.write("a.cpp", lines("a", 13)).commit("second");
  repo.write("a.cpp", lines("a", 14)).commit("third");
  repo.lose_object(first);
  const std::string missing = "object " + first + " is missing from the repository";
  EXPECT_EQ(test::opened(repo.path()).history(repo.tip(), 9).error().message, missing);
  test::write_file(repo.git_folder() / "shallow", second + "\n");
  const Repository git = test::opened(repo.path());
  EXPECT_EQ(summaries(git.history(repo.tip(), 9)), "third, second");
  EXPECT_EQ(git.recent_sizes(repo.tip(), 9).value(), (std::vector<std::uint64_t>{1}))
      << "the oldest commit's size is not known";
}

TEST(History, UnknownCommit) {
  TestRepository repo;
  const std::string tree = repo.raw_tree({});
  const Repository git = test::opened(repo.path());
  EXPECT_EQ(error_of(git.commit(tree)), "object " + tree + " is a tree, where a commit is needed");
  EXPECT_EQ(error_of(git.commit("main")), "'main' is not a full object id\n  hint: give all 40 hex digits");
}

}  // namespace
}  // namespace patchgate
