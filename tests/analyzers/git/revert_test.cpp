#include "tests/analyzers/git/described.h"

namespace patchgate {
namespace {

using test::lines;
using test::TestRepository;

std::string trial(const TestRepository& repo, const Oid& base, const Oid& head, const Oid& onto) {
  const auto result = test::opened(repo.path()).try_revert(base, head, onto);
  if (!result) return to_string(result.error());
  std::string out = result->clean ? "clean" : "conflicts";
  for (const std::string& path : result->conflicts) out += " " + path;
  return out;
}

struct Case {
  const char* name;
  void (*base)(TestRepository&);
  void (*head)(TestRepository&);
  void (*onto)(TestRepository&);  ///< what came after head
  const char* expected;
};

class TryRevert : public testing::TestWithParam<Case> {};

TEST_P(TryRevert, SaysWhetherItApplies) {
  TestRepository repo;
  repo.write("keep", "kept\n").write("a.cpp", lines("a", 20));
  GetParam().base(repo);
  const Oid base = repo.commit("base");
  GetParam().head(repo);
  const Oid head = repo.commit("head");
  GetParam().onto(repo);
  const Oid onto = repo.commit("onto");
  EXPECT_EQ(trial(repo, base, head, onto), GetParam().expected);
}

const auto nothing = [](TestRepository&) {};
const auto insert_at_end = [](TestRepository& r) { r.write("a.cpp", lines("a", 20) + "new\n"); };

INSTANTIATE_TEST_SUITE_P(
    Trials, TryRevert,
    testing::Values(
        Case{"at_once", nothing, insert_at_end, nothing, "clean"},
        Case{"elsewhere_in_the_file", nothing, insert_at_end,
             [](TestRepository& r) { r.write("a.cpp", "top\n" + lines("a", 20) + "new\n"); }, "clean"},
        Case{"same_lines", nothing, insert_at_end,
             [](TestRepository& r) { r.write("a.cpp", lines("a", 20) + "newer\n"); }, "conflicts a.cpp"},
        Case{"already_undone", nothing, insert_at_end, [](TestRepository& r) { r.write("a.cpp", lines("a", 20)); },
             "clean"},
        Case{"added_file_changed_since", nothing, [](TestRepository& r) { r.write("b.cpp", "b\n"); },
             [](TestRepository& r) { r.write("b.cpp", "c\n"); }, "conflicts b.cpp"},
        Case{"added_file_gone_since", nothing, [](TestRepository& r) { r.write("b.cpp", "b\n"); },
             [](TestRepository& r) { r.remove("b.cpp"); }, "clean"},
        Case{"deleted_file_comes_back", nothing, [](TestRepository& r) { r.remove("a.cpp"); }, nothing, "clean"},
        Case{"deleted_file_is_a_folder_now", nothing, [](TestRepository& r) { r.remove("a.cpp"); },
             [](TestRepository& r) { r.write("a.cpp/x", "x\n"); }, "conflicts a.cpp"},
        Case{"its_folder_is_a_file_now", [](TestRepository& r) { r.write("d/e/f", "f\n"); },
             [](TestRepository& r) { r.remove("d/e/f"); }, [](TestRepository& r) { r.write("d", "x\n"); },
             "conflicts d/e/f"},
        Case{"file_changed_and_removed_since", nothing, insert_at_end, [](TestRepository& r) { r.remove("a.cpp"); },
             "conflicts a.cpp"},
        Case{"mode", nothing, [](TestRepository& r) { r.mode("a.cpp", 0100755); },
             [](TestRepository& r) { r.write("a.cpp", lines("a", 21), 0100755); }, "clean"},
        Case{"submodule_moved_on",
             [](TestRepository& r) { r.submodule("s", "1111111111111111111111111111111111111111"); },
             [](TestRepository& r) { r.submodule("s", "2222222222222222222222222222222222222222"); },
             [](TestRepository& r) { r.submodule("s", "3333333333333333333333333333333333333333"); }, "conflicts s"}),
    [](const auto& tried) { return tried.param.name; });

TEST(TryRevert, AttributesDoNotDecide) {
  TestRepository repo;
  const Oid base = repo.write("a.cpp", lines("a", 20)).commit("base");
  const Oid head = repo.write("a.cpp", lines("a", 20) + "new\n").commit("head");
  const Oid onto = repo.write("a.cpp", lines("a", 20) + "newer\n").commit("onto");
  test::write_file(repo.git_folder() / "info/attributes", "* merge=union\n");
  EXPECT_EQ(trial(repo, base, head, onto), "conflicts a.cpp");
}

class FindReverted : public testing::Test {
 protected:
  std::string found(const Oid& base, const Oid& head, std::size_t most = 100) const {
    const auto said = [&](CommitNotes* notes) {
      const auto result = test::opened(repo.path()).find_reverted(base, head, base, most, notes);
      if (!result) return to_string(result.error());
      return *result ? **result : "none";
    };
    // The same without notes, while they are written, and with them.
    const std::string plain = said(nullptr);
    test::Notebook notes;
    EXPECT_EQ(said(&notes), plain);
    EXPECT_EQ(said(&notes), plain);
    EXPECT_EQ(static_cast<std::size_t>(notes.known), notes.notes.size());
    return plain;
  }

  bool is_revert(const Oid& commit) const { return test::opened(repo.path()).is_exact_revert(commit, 100).value(); }

  TestRepository repo;
};

TEST_F(FindReverted, TheSameBlobs) {
  repo.write("a.cpp", "1\n").write("b.cpp", "1\n").commit("first");
  const Oid bad = repo.write("a.cpp", "2\n").write("b.cpp", "2\n").write("c.cpp", "new\n").commit("bad");
  const Oid base = repo.write("z.txt", "z\n").commit("other");
  const Oid half = repo.on("half").write("a.cpp", "1\n").remove("c.cpp").commit("half of it");
  EXPECT_EQ(found(base, half), "none");
  const Oid whole = repo.on("half").write("b.cpp", "1\n").commit("all of it");
  EXPECT_EQ(found(base, whole), bad);
  EXPECT_EQ(found(base, whole, 2), bad);
  EXPECT_EQ(found(base, whole, 1), "none") << "only the last one was looked at";
  const Oid more = repo.on("half").write("z.txt", "y\n").commit("and more");
  EXPECT_EQ(found(base, more), "none");
  EXPECT_EQ(found(base, base), "none");
}

TEST_F(FindReverted, TheFileChangedElsewhereSince) {
  repo.write("a.cpp", lines("a", 30)).commit("first");
  const Oid bad = repo.write("a.cpp", lines("a", 30) + "bad\n").commit("bad");
  const Oid base = repo.write("a.cpp", "top\n" + lines("a", 30) + "bad\n").commit("other");
  EXPECT_EQ(found(base, repo.on("fix").write("a.cpp", "top\n" + lines("a", 30)).commit("undo")), bad);
}

TEST_F(FindReverted, TheSameTextAtAnotherPlaceIsNoRevert) {
  const std::string f = "void f() {\n  work();\n}\n" + lines("// gap", 20);
  const std::string g = "void g() {\n  check();\n  send();\n}\n";
  repo.write("a.cpp", f + g).commit("first");
  const std::string guarded = "void f() {\n  check();\n  work();\n}\n" + lines("// gap", 20);
  repo.write("a.cpp", guarded + g).commit("guard f as well");
  const Oid base = repo.write("a.cpp", guarded + g + "// end\n").commit("other");
  const std::string unguarded = "void g() {\n  send();\n}\n";
  const Oid head = repo.on("fix").write("a.cpp", guarded + unguarded + "// end\n").commit("removes the guard of g");
  EXPECT_EQ(found(base, head), "none");
}

TEST_F(FindReverted, ModesCount) {
  repo.write("a.sh", "1\n").commit("first");
  const Oid bad = repo.mode("a.sh", 0100755).commit("executable");
  EXPECT_EQ(found(bad, repo.on("fix").mode("a.sh", 0100644).commit("undo")), bad);
  EXPECT_EQ(found(bad, repo.on("fix2").on("main").on("fix3").write("a.sh", "2\n", 0100644).commit("not that")), "none");
}

TEST_F(FindReverted, AMoveUndone) {
  repo.write("a.cpp", lines("a", 9)).commit("first");
  const Oid bad = repo.move("a.cpp", "b.cpp").commit("moved");
  EXPECT_EQ(found(bad, repo.on("fix").move("b.cpp", "a.cpp").commit("undo")), bad);
}

TEST_F(FindReverted, AMergeUndone) {
  const Oid first = repo.write("a.cpp", "1\n").commit("first");
  const Oid side = repo.on("side").write("a.cpp", "2\n").commit("side");
  repo.on("main").write("a.cpp", "2\n");
  const Oid merge = repo.commit_with_parents("merge", {first, side});
  EXPECT_EQ(found(merge, repo.on("fix").write("a.cpp", "1\n").commit("undo")), merge);
}

TEST_F(FindReverted, TheNewestOfSeveral) {
  repo.write("a.cpp", "1\n").commit("first");
  const Oid bad = repo.write("a.cpp", "2\n").commit("bad");
  const Oid undo = repo.write("a.cpp", "1\n").commit("undo");
  const Oid again = repo.write("a.cpp", "2\n").commit("again");
  EXPECT_EQ(found(again, repo.on("fix").write("a.cpp", "1\n").commit("undo again")), again);
  EXPECT_FALSE(is_revert(bad));
  EXPECT_TRUE(is_revert(undo));
  EXPECT_TRUE(is_revert(again)) << "the revert of a revert";
}

TEST_F(FindReverted, EndsQuietlyAtAShallowBoundary) {
  const Oid first = repo.write("a.cpp", "1\n").commit("first");
  const Oid second = repo.write("a.cpp", "2\n").commit("second");
  const Oid base = repo.write("a.cpp", "3\n").commit("third");
  const Oid head = repo.on("fix").write("a.cpp", "2\n").commit("undo");
  const Oid other = repo.on("fix").write("b.cpp", "2\n").commit("other");
  repo.lose_object(first);
  test::write_file(repo.git_folder() / "shallow", second + "\n");
  EXPECT_EQ(found(base, head), base);
  EXPECT_EQ(found(base, other), "none");
}

}  // namespace
}  // namespace patchgate
