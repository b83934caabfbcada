#include "tests/analyzers/git/described.h"

namespace patchgate {
namespace {

using test::lines;
using test::TestRepository;

std::string authors(const TestRepository& repo, const Oid& tip, const std::vector<std::string>& paths,
                    std::size_t most = 100) {
  const auto repository = test::opened(repo.path());
  const auto said = [&](CommitNotes* notes) {
    const auto result = repository.recent_authors(tip, paths, most, notes);
    if (!result) return to_string(result.error());
    std::string out;
    for (const CodeAuthor& author : *result)
      out += (out.empty() ? "" : ", ") + author.name + " " + std::to_string(author.commits);
    return out;
  };
  const std::string plain = said(nullptr);
  test::Notebook notes;
  EXPECT_EQ(said(&notes), plain);
  EXPECT_EQ(said(&notes), plain);
  EXPECT_GT(notes.known, 0);
  return plain;
}

TEST(RecentAuthors, OfTheseFilesMostCommitsFirst) {
  TestRepository repo;
  repo.write("a.cpp", "1\n").write("b.cpp", "1\n").commit("first", "Ana");
  repo.write("a.cpp", "2\n").commit("second", "Bo");
  repo.write("b.cpp", "2\n").commit("other file", "Cy");
  const Oid tip = repo.write("a.cpp", "3\n").commit("third", "Bo");
  EXPECT_EQ(authors(repo, tip, {"a.cpp"}), "Bo 2, Ana 1");
  EXPECT_EQ(authors(repo, tip, {"a.cpp"}, 1), "Bo 1");
  EXPECT_EQ(authors(repo, tip, {"a.cpp", "b.cpp"}), "Bo 2, Ana 1, Cy 1");
  EXPECT_EQ(authors(repo, tip, {"none.cpp"}), "");
}

TEST(RecentAuthors, MergesAreNobodysWork) {
  TestRepository repo;
  const Oid first = repo.write("a.cpp", "1\n").commit("first", "Ana");
  const Oid side = repo.on("side").write("a.cpp", "2\n").commit("side", "Bo");
  repo.on("main").write("a.cpp", "2\n");
  EXPECT_EQ(authors(repo, repo.commit_with_parents("merge", {first, side}), {"a.cpp"}), "Ana 1, Bo 1");
}

TEST(RecentAuthors, NamesAreThoseOfTheMailmapOfTheTip) {
  TestRepository repo;
  repo.write("a.cpp", "1\n").commit("first", "ana");
  repo.write("a.cpp", "2\n").commit("second", "Ana Real");
  const Oid before = repo.write("a.cpp", "3\n").commit("third", "Bo");
  EXPECT_EQ(authors(repo, before, {"a.cpp"}), "Ana Real 1, Bo 1, ana 1");
  const Oid tip = repo.write(".mailmap", "Ana Real <a@b> ana <author@example.org>\n").commit("names", "Bo");
  EXPECT_EQ(authors(repo, tip, {"a.cpp"}), "Ana Real 2, Bo 1");
}

TEST(RecentAuthors, WhoChangesEverythingKnowsNothing) {
  TestRepository repo;
  for (int i = 0; i < 300; ++i) repo.write("f" + std::to_string(i) + ".cpp", "1\n");
  repo.commit("import", "Robot");
  EXPECT_EQ(authors(repo, repo.write("f1.cpp", "2\n").commit("second", "Bo"), {"f1.cpp"}), "Bo 1");
}

}  // namespace
}  // namespace patchgate
