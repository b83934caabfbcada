#include "tests/analyzers/git/described.h"

namespace patchgate {
namespace {

using test::TestRepository;

const char* word(NamedObject::Kind kind) {
  if (kind == NamedObject::Kind::blob) return "blob";
  return kind == NamedObject::Kind::commit ? "commit" : "other";
}

std::string below(const TestRepository& repo, const std::string& prefix, std::size_t most = 10) {
  const auto found = test::opened(repo.path()).objects_below(prefix, most);
  if (!found) return to_string(found.error());
  std::string text;
  for (const auto& one : *found) text += one.ref + " " + word(one.kind) + " " + one.id.substr(0, 6) + "\n";
  return text;
}

TEST(ObjectsBelow, BlobsCommitsAndWhatTagsLeadTo) {
  TestRepository repo;
  const auto commit = repo.write("a", "1\n").commit("first");
  const auto blob = repo.blob("{}");
  repo.ref("refs/patchgate/overrides/2", blob);
  repo.ref("refs/patchgate/overrides/1/x", commit);
  repo.ref("refs/patchgate/overrides/3", repo.tag("v1", commit));
  repo.ref("refs/patchgate/overrides/4", repo.raw_tree({}));
  repo.ref("refs/patchgate/other", blob);
  EXPECT_EQ(below(repo, "refs/patchgate/overrides/"), "refs/patchgate/overrides/1/x commit " + commit.substr(0, 6) +
                                                          "\nrefs/patchgate/overrides/2 blob " + blob.substr(0, 6) +
                                                          "\nrefs/patchgate/overrides/3 commit " + commit.substr(0, 6) +
                                                          "\nrefs/patchgate/overrides/4 other 4b825d\n");
  EXPECT_EQ(below(repo, "refs/nothing/"), "");
  EXPECT_EQ(below(repo, "refs/patchgate/overrides/", 3),
            "more than 3 refs below refs/patchgate/overrides/\n  hint: delete those that nobody needs any more");
}

TEST(ObjectsBelow, ARefThatLeadsNowhere) {
  TestRepository repo;
  repo.write("a", "1\n").commit("first");
  const auto blob = repo.blob("lost");
  repo.ref("refs/patchgate/overrides/1", blob);
  repo.lose_object(blob);
  EXPECT_EQ(below(repo, "refs/patchgate/overrides/"), "refs/patchgate/overrides/1 other \n");
}

TEST(MakersBetween, AuthorsAndCoAuthors) {
  TestRepository repo;
  const auto base = repo.write("a", "1\n").commit("first");
  repo.write("a", "2\n").commit("second\n\nCo-authored-by: Bo <bo@example.org>\nCO-AUTHORED-BY: Cy\n", "Ana");
  const auto head = repo.write("a", "3\n").commit("third", "Dee");
  const auto found = test::opened(repo.path()).makers_between(base, head, 10);
  ASSERT_TRUE(found) << to_string(found.error());
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ(found->at(0).emails.size(), 1U);
  ASSERT_EQ(found->at(1).emails.size(), 3U);
  EXPECT_NE(found->at(1).emails[0].find('@'), std::string::npos);
  EXPECT_EQ(found->at(1).emails[1], "bo@example.org");
  EXPECT_EQ(found->at(1).emails[2], "");
  EXPECT_EQ(to_string(test::opened(repo.path()).makers_between(base, head, 1).error()),
            "the patch has more than 1 commits");
  EXPECT_TRUE(test::opened(repo.path()).makers_between(head, head, 1)->empty());
}

TEST(WorkTrees, OfABareOneThereAreNone) {
  TestRepository bare(TestRepository::Kind::bare);
  EXPECT_TRUE(test::opened(bare.path()).work_trees().empty());
  TestRepository repo;
  EXPECT_EQ(test::opened(repo.path()).work_trees().size(), 1U);
}

}  // namespace
}  // namespace patchgate
