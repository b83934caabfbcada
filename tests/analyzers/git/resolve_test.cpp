#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include "tests/analyzers/git/described.h"

namespace patchgate {
namespace {

using test::error_of;
using test::TestRepository;

struct Named {
  TestRepository repo;
  std::string main, release, remote, tagged, tag;
  Named() {
    main = repo.write("a", "1").commit("one");
    release = repo.on("release/2.4").write("a", "2").commit("two");
    remote = repo.on("scratch").write("a", "3").commit("three");
    tagged = repo.on("scratch").write("a", "4").commit("four");
    repo.ref("refs/remotes/origin/main", remote);
    repo.ref("refs/remotes/both", remote);
    repo.ref("refs/tags/both", main);
    repo.ref("refs/tags/release/2.4", main);
    tag = repo.tag("v1.0", tagged);
    repo.ref("refs/notes/commits", main);
  }
};

TEST(Resolve, NamesInTheirOrder) {
  const Named named;
  const Repository git = test::opened(named.repo.path());
  const auto shown = [&](const std::string& name) {
    const auto found = git.resolve(name);
    return found ? found->commit + " " + found->ref : to_string(found.error());
  };
  EXPECT_EQ(shown("HEAD"), named.main + " refs/heads/main");
  EXPECT_EQ(shown("main"), named.main + " refs/heads/main");
  EXPECT_EQ(shown("release/2.4"), named.release + " refs/heads/release/2.4") << "a branch comes before a tag";
  EXPECT_EQ(shown("refs/tags/release/2.4"), named.main + " refs/tags/release/2.4");
  EXPECT_EQ(shown("origin/main"), named.remote + " refs/remotes/origin/main");
  EXPECT_EQ(shown("both"), named.remote + " refs/remotes/both") << "a remote's branch comes before a tag";
  EXPECT_EQ(shown("v1.0"), named.tagged + " refs/tags/v1.0") << "an annotated tag is peeled";
  EXPECT_EQ(shown(named.tag), named.tagged + " ");
  EXPECT_EQ(shown(named.release), named.release + " ");
  std::string upper = named.release;
  for (char& c : upper) c = static_cast<char>(toupper(c));
  EXPECT_EQ(shown(upper), named.release + " ");
}

struct Case {
  const char* name;
  std::string revision;
  std::string error;
};

class ResolveRefuses : public testing::TestWithParam<Case> {};

TEST_P(ResolveRefuses, WithAReason) {
  static const Named named;
  static const Repository git = test::opened(named.repo.path());
  const auto found = git.resolve(GetParam().revision);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().message, GetParam().error);
  EXPECT_FALSE(found.error().hint.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Revisions, ResolveRefuses,
    testing::Values(Case{"empty", "", "an empty revision"},
                    Case{"parent", "HEAD^", "revision 'HEAD^' has '^': expressions are not evaluated"},
                    Case{"regex", "HEAD^{/x}", "revision 'HEAD^{/x}' has '^': expressions are not evaluated"},
                    Case{"ancestor", "main~3", "revision 'main~3' has '~': expressions are not evaluated"},
                    Case{"previous", "@{-1}", "revision '@{-1}' has '@{': expressions are not evaluated"},
                    Case{"path", "main:a", "revision 'main:a' has ':': expressions are not evaluated"},
                    Case{"option", "--help", "revision '--help' starts with '-'"},
                    Case{"control", "ma\nin", "revision 'ma\\nin' has a control character"},
                    Case{"nul", std::string("main\0x", 6), "revision 'main\\x00x' has a control character"},
                    Case{"ten_kilobytes", std::string(10240, 'a'), "a revision of 10240 bytes, limit 1024"},
                    Case{"over_the_limit", std::string(1025, 'a'), "a revision of 1025 bytes, limit 1024"},
                    Case{"at_sign", "@", "unknown revision '@'"},
                    Case{"double_dots", "a..b", "unknown revision 'a..b'"},
                    Case{"traversal", "../../../etc/passwd", "unknown revision '../../../etc/passwd'"},
                    Case{"other_namespace", "notes/commits", "unknown revision 'notes/commits'"},
                    Case{"missing_id", std::string(40, '1'),
                         "there is no commit " + std::string(40, '1') + " in this repository"},
                    Case{"full_ref", "refs/heads/nix", "unknown revision 'refs/heads/nix'"}),
    [](const auto& tried) { return tried.param.name; });

TEST(Resolve, DidYouMean) {
  const Named named;
  const Repository git = test::opened(named.repo.path());
  const auto hint = [&](const std::string& name) { return git.resolve(name).error().hint; };
  EXPECT_EQ(hint("mian"), "did you mean 'main'?");
  EXPECT_EQ(hint("relase/2.4"), "did you mean 'release/2.4'?");
  EXPECT_EQ(hint("refs/heads/mane"), "did you mean 'refs/heads/main'?");
  EXPECT_EQ(hint("v1.1"), "did you mean 'v1.0'?");
  EXPECT_EQ(hint("abcd123"), "give a commit's full id, all 40 digits");
  EXPECT_EQ(exit_code_of(git.resolve("mian").error()), 2);
}

TEST(Resolve, BranchOfARemoteThatIsNotLocal) {
  TestRepository repo;
  const Oid tip = repo.write("a", "1").commit("one");
  repo.ref("refs/remotes/origin/release", tip);
  EXPECT_EQ(test::opened(repo.path()).resolve("release").error().hint, "did you mean 'origin/release'?");
}

TEST(Resolve, IdOfATree) {
  TestRepository repo;
  repo.write("a", "1").commit("one");
  const std::string tree = repo.raw_tree({});
  EXPECT_EQ(test::opened(repo.path()).resolve(tree).error().message, tree + " is a tree, not a commit");
}

TEST(Resolve, UnbornHead) {
  TestRepository repo;
  const Repository git = test::opened(repo.path());
  EXPECT_EQ(error_of(git.resolve("HEAD")), "HEAD names no commit yet\n  hint: commit something first");
  EXPECT_EQ(git.head_ref(), "");
  EXPECT_EQ(git.default_base_ref(), "");
}

TEST(Resolve, DefaultBase) {
  TestRepository repo;
  const Oid tip = repo.orphan("master").write("a", "1").commit("one");
  const auto base = [&] { return test::opened(repo.path()).default_base_ref(); };
  EXPECT_EQ(base(), "refs/heads/master");
  repo.ref("refs/heads/main", tip);
  EXPECT_EQ(base(), "refs/heads/main");
  repo.ref("refs/remotes/origin/trunk", tip);
  repo.symbolic_ref("refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
  EXPECT_EQ(base(), "refs/remotes/origin/trunk");
  repo.ref("refs/remotes/origin/main", tip);
  repo.config("remote.origin.url", "https://example.org/x.git");
  repo.config("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*");
  repo.config("branch.main.remote", "origin");
  repo.config("branch.main.merge", "refs/heads/main");
  EXPECT_EQ(base(), "refs/remotes/origin/main");
}

TEST(Resolve, LocalRefsAreSorted) {
  const Named named;
  const std::vector<std::string> expected = {
      "refs/heads/main",          "refs/heads/release/2.4", "refs/heads/scratch",    "refs/remotes/both",
      "refs/remotes/origin/main", "refs/tags/both",         "refs/tags/release/2.4", "refs/tags/v1.0"};
  EXPECT_EQ(test::opened(named.repo.path()).local_refs(), expected);
}

TEST(MergeBase, OfTwoBranches) {
  TestRepository repo;
  const Oid fork = repo.write("a", "1").commit("one");
  const Oid hotfix = repo.on("hotfix").write("a", "2").commit("two");
  const Oid main = repo.on("main").write("b", "3").commit("three");
  const Repository git = test::opened(repo.path());
  EXPECT_EQ(git.merge_base(main, hotfix).value(), fork);
  EXPECT_EQ(git.merge_base(hotfix, main).value(), fork);
  EXPECT_EQ(git.merge_base(main, main).value(), main);
  EXPECT_EQ(git.merge_base(fork, main).value(), fork);
}

TEST(MergeBase, NoneInCommon) {
  TestRepository repo;
  const Oid one = repo.write("a", "1").commit("one");
  const Oid other = repo.orphan("other").write("a", "2").commit("two");
  const auto found = test::opened(repo.path()).merge_base(one, other);
  EXPECT_EQ(error_of(found), "no merge base of " + one + " and " + other +
                                 ": their histories have no commit in common\n  hint: check --base; in CI fetch the "
                                 "whole history: `fetch-depth: 0`");
  EXPECT_EQ(exit_code_of(found.error()), 3);
}

TEST(MergeBase, HiddenByAShallowClone) {
  TestRepository repo;
  const Oid fork = repo.write("a", "1").commit("one");
  const Oid hotfix = repo.on("hotfix").write("a", "2").commit("two");
  const Oid main = repo.on("main").write("b", "3").commit("three");
  repo.lose_object(fork);
  test::write_file(repo.git_folder() / "shallow", hotfix + "\n" + main + "\n");
  const Repository git = test::opened(repo.path());
  EXPECT_TRUE(git.shallow());
#if defined(__SANITIZE_ADDRESS__)
  const __lsan::ScopedDisabler leak_of_libgit2;  // 1.5: its list of commits, when one is missing
#endif
  const auto found = git.merge_base(main, hotfix);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().message, "no merge base of " + main + " and " + hotfix + ": this clone is shallow");
  EXPECT_NE(found.error().hint.find("fetch-depth: 0"), std::string::npos);
  EXPECT_NE(found.error().hint.find("git fetch --unshallow"), std::string::npos);
}

TEST(MergeBase, MergeCommitFetchedWithDepthTwo) {
  TestRepository repo;
  const Oid fork = repo.write("a", "1").commit("one");
  const Oid main = repo.on("main").write("b", "3").commit("three");
  const Oid hotfix = repo.on("hotfix").write("a", "2").commit("two");
  const Oid merge = repo.commit_with_parents("merge", {main, hotfix});
  repo.lose_object(fork);
  test::write_file(repo.git_folder() / "shallow", hotfix + "\n" + main + "\n");
  EXPECT_EQ(test::opened(repo.path()).merge_base(main, merge).value(), main);
}

}  // namespace
}  // namespace patchgate
