#include "tests/analyzers/git/described.h"

namespace patchgate {
namespace {

using test::lines;
using test::TestRepository;

std::string trial(const TestRepository& repo, const Oid& base, const Oid& head, const Oid& onto) {
  const auto result = test::opened(repo.path()).try_revert(base, head, onto);
  if (!result) return to_string(result.error());
  std::string out = result->clean ? "clean" : "conflicts";
  for (const RevertConflict& conflict : result->conflicts) {
    out += " " + conflict.path;
    const auto lines = [&](const char* who, const LineRange& range) {
      if (range.first != 0) out += who + std::to_string(range.first) + "+" + std::to_string(range.count);
    };
    lines(" patch ", conflict.patch);
    lines(" target ", conflict.target);
    out += " (" + conflict.why + ")";
  }
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
    testing::Values(Case{"at_once", nothing, insert_at_end, nothing, "clean"},
                    Case{"elsewhere_in_the_file", nothing, insert_at_end,
                         [](TestRepository& r) { r.write("a.cpp", "top\n" + lines("a", 20) + "new\n"); }, "clean"},
                    Case{"same_lines", nothing, insert_at_end,
                         [](TestRepository& r) { r.write("a.cpp", lines("a", 20) + "newer\n"); },
                         "conflicts a.cpp patch 21+1 target 21+1 (the target changed the same lines)"},
                    Case{"already_undone", nothing, insert_at_end,
                         [](TestRepository& r) { r.write("a.cpp", lines("a", 20)); }, "clean"},
                    Case{"added_file_changed_since", nothing, [](TestRepository& r) { r.write("b.cpp", "b\n"); },
                         [](TestRepository& r) { r.write("b.cpp", "c\n"); },
                         "conflicts b.cpp (the target added it with another content)"},
                    Case{"added_file_gone_since", nothing, [](TestRepository& r) { r.write("b.cpp", "b\n"); },
                         [](TestRepository& r) { r.remove("b.cpp"); }, "clean"},
                    Case{"deleted_file_comes_back", nothing, [](TestRepository& r) { r.remove("a.cpp"); }, nothing,
                         "clean"},
                    Case{"deleted_file_is_a_folder_now", nothing, [](TestRepository& r) { r.remove("a.cpp"); },
                         [](TestRepository& r) { r.write("a.cpp/x", "x\n"); },
                         "conflicts a.cpp (a folder of the target is in its way)"},
                    Case{"its_folder_is_a_file_now", [](TestRepository& r) { r.write("d/e/f", "f\n"); },
                         [](TestRepository& r) { r.remove("d/e/f"); }, [](TestRepository& r) { r.write("d", "x\n"); },
                         "conflicts d/e/f (a folder of the target is in its way)"},
                    Case{"file_changed_and_removed_since", nothing, insert_at_end,
                         [](TestRepository& r) { r.remove("a.cpp"); }, "conflicts a.cpp (the target removed it)"},
                    Case{"mode", nothing, [](TestRepository& r) { r.mode("a.cpp", 0100755); },
                         [](TestRepository& r) { r.write("a.cpp", lines("a", 21), 0100755); }, "clean"},
                    Case{"submodule_moved_on",
                         [](TestRepository& r) { r.submodule("s", "1111111111111111111111111111111111111111"); },
                         [](TestRepository& r) { r.submodule("s", "2222222222222222222222222222222222222222"); },
                         [](TestRepository& r) { r.submodule("s", "3333333333333333333333333333333333333333"); },
                         "conflicts s (the target changed it, and it is no plain file)"}),
    [](const auto& tried) { return tried.param.name; });

class TryRevertOnATipThatMovedOn : public testing::TestWithParam<Case> {};

TEST_P(TryRevertOnATipThatMovedOn, SaysWhereAPersonIsNeeded) {
  TestRepository repo;
  repo.write("a.cpp", lines("a", 20)).commit("first");
  GetParam().base(repo);
  const Oid base = repo.commit("base");
  repo.on("fix");
  GetParam().head(repo);
  const Oid head = repo.commit("head");
  repo.on("main");
  GetParam().onto(repo);
  const Oid tip = repo.commit("tip");
  EXPECT_EQ(trial(repo, base, head, tip), GetParam().expected);
}

/// a.cpp with line `number` replaced.
std::string with_line(int number, const std::string& text) {
  return lines("a", number - 1) + text + "\n" + lines("a", 20).substr(lines("a", number).size());
}

INSTANTIATE_TEST_SUITE_P(
    Tips, TryRevertOnATipThatMovedOn,
    testing::Values(Case{"other_lines", nothing, [](TestRepository& r) { r.write("a.cpp", with_line(3, "fix")); },
                         [](TestRepository& r) { r.write("a.cpp", with_line(15, "other")); }, "clean"},
                    Case{"the_same_lines", nothing,
                         [](TestRepository& r) { r.write("a.cpp", with_line(3, "fix\nfix")); },
                         [](TestRepository& r) { r.write("a.cpp", "top\n" + with_line(3, "other")); },
                         "conflicts a.cpp patch 3+2 target 4+1 (the target changed the same lines)"},
                    Case{"the_same_change", nothing, [](TestRepository& r) { r.write("a.cpp", with_line(3, "fix")); },
                         [](TestRepository& r) { r.write("a.cpp", with_line(3, "fix")); }, "clean"},
                    Case{"removed_there", nothing, [](TestRepository& r) { r.write("a.cpp", with_line(3, "fix")); },
                         [](TestRepository& r) { r.remove("a.cpp"); }, "conflicts a.cpp (the target removed it)"},
                    Case{"FP_moved_here_and_changed_there", nothing,
                         [](TestRepository& r) { r.move("a.cpp", "b.cpp"); },
                         [](TestRepository& r) { r.write("a.cpp", with_line(3, "other")); },
                         "conflicts a.cpp (the patch removes what the target changed)"}),
    [](const auto& tried) { return tried.param.name; });

TEST(TryRevert, AttributesDoNotDecide) {
  TestRepository repo;
  const Oid base = repo.write("a.cpp", lines("a", 20)).commit("base");
  const Oid head = repo.write("a.cpp", lines("a", 20) + "new\n").commit("head");
  const Oid onto = repo.write("a.cpp", lines("a", 20) + "newer\n").commit("onto");
  test::write_file(repo.git_folder() / "info/attributes", "* merge=union\n");
  EXPECT_EQ(trial(repo, base, head, onto),
            "conflicts a.cpp patch 21+1 target 21+1 (the target changed the same lines)");
}

class FindReverted : public testing::Test {
 protected:
  std::string found(const Oid& base, const Oid& head, std::size_t most = 100) const {
    const auto said = [&](CommitNotes* notes) -> std::string {
      const auto result = test::opened(repo.path()).find_all_reverted(base, head, base, most, notes);
      if (!result) return to_string(result.error());
      std::string out;
      for (const CommitInfo& commit : *result) out += (out.empty() ? "" : " ") + commit.id;
      return out.empty() ? "none" : out;
    };
    // The same without notes, while they are written, and with them.
    const std::string plain = said(nullptr);
    test::Notebook notes;
    EXPECT_EQ(said(&notes), plain);
    EXPECT_EQ(said(&notes), plain);
    EXPECT_GE(static_cast<std::size_t>(notes.known), notes.notes.size());
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

class FindSeveralReverted : public FindReverted {
 protected:
  /// first, then three commits that each change another place of the same file, then one of another file.
  void SetUp() override {
    repo.write("a.cpp", text("", "", "")).commit("first");
    one = repo.write("a.cpp", text("one ", "", "")).commit("one");
    two = repo.write("a.cpp", text("one ", "two two ", "")).write("b.cpp", "b\n").commit("two");
    three = repo.write("a.cpp", text("one ", "two two ", "three three three ")).commit("three");
    base = repo.write("z.txt", "z\n").commit("other");
  }
  static std::string text(const std::string& top, const std::string& middle, const std::string& end) {
    return top + "\n" + lines("a", 9) + middle + "\n" + lines("b", 9) + end + "\n";
  }
  Oid one, two, three, base;
};

TEST_F(FindSeveralReverted, ARangeInOneCommit) {
  const Oid head = repo.on("fix").write("a.cpp", text("one ", "", "")).remove("b.cpp").commit("undo two and three");
  EXPECT_EQ(found(base, head), three + " " + two);
  const Oid all = repo.on("fix").write("a.cpp", text("", "", "")).commit("undo one, too");
  EXPECT_EQ(found(base, all), three + " " + two + " " + one);
}

TEST_F(FindSeveralReverted, ARangeInTheMiddle) {
  const Oid head =
      repo.on("fix").write("a.cpp", text("", "", "three three three ")).remove("b.cpp").commit("undo one and two");
  EXPECT_EQ(found(base, head), two + " " + one);
}

TEST_F(FindSeveralReverted, EachInACommitOfItsOwn) {
  repo.on("fix").write("a.cpp", text("one ", "two two ", "")).commit("undo three");
  const Oid head = repo.on("fix").write("a.cpp", text("", "two two ", "")).commit("undo one");
  EXPECT_EQ(found(base, head), three + " " + one);
  const Oid more = repo.on("fix").write("a.cpp", text("", "2", "")).commit("and something else");
  EXPECT_EQ(found(base, more), "none");
}

TEST_F(FindSeveralReverted, ABranchThatUndoesItselfIsNoRevert) {
  repo.on("fix").write("z.txt", "y\n").commit("work");
  repo.on("fix").write("z.txt", "z\n").commit("undo work");
  const Oid head = repo.on("fix").write("a.cpp", text("one ", "two two ", "x")).commit("more work");
  EXPECT_EQ(found(base, head), "none");
}

TEST_F(FindSeveralReverted, PartOfARangeIsNone) {
  const Oid half = repo.on("half").write("a.cpp", text("one ", "", "")).commit("b.cpp stays");
  EXPECT_EQ(found(base, half), "none");
  const Oid other = repo.on("main").on("other").write("a.cpp", text("one ", "tw", "")).remove("b.cpp").commit("no");
  EXPECT_EQ(found(base, other), "none");
  const Oid same_size =
      repo.on("main").on("size").write("a.cpp", text("eno ", "", "")).remove("b.cpp").commit("other bytes");
  EXPECT_EQ(found(base, same_size), "none");
}

TEST_F(FindSeveralReverted, FN_TwoThatAreNotBesideEachOtherInOneCommit) {
  const Oid four = repo.write("a.cpp", "top\n" + text("one ", "two two ", "three three three ")).commit("four");
  const Oid head = repo.on("fix").write("a.cpp", text("", "two two ", "three three three ")).commit("undo one, four");
  EXPECT_EQ(found(four, head), "none");
  repo.on("main").on("fix2").write("a.cpp", text("one ", "two two ", "three three three ")).commit("undo four");
  const Oid two_commits = repo.write("a.cpp", text("", "two two ", "three three three ")).commit("undo one");
  EXPECT_EQ(found(four, two_commits), four + " " + one);
}

TEST_F(FindSeveralReverted, ARevertOfTheWholeRangeIsKnownAsOne) {
  const Oid undo = repo.write("a.cpp", text("one ", "", "")).remove("b.cpp").commit("undo two and three");
  EXPECT_TRUE(is_revert(undo));
  EXPECT_FALSE(is_revert(three));
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
