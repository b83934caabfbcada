#include "tests/analyzers/git/described.h"

namespace patchgate {
namespace {

using test::change;
using test::lines;
using test::TestRepository;

struct Case {
  const char* name;
  void (*base)(TestRepository&);
  void (*head)(TestRepository&);
  const char* expected;
};

class Diff : public testing::TestWithParam<Case> {};

TEST_P(Diff, SaysWhatChanged) {
  TestRepository repo;
  repo.write("keep.txt", "kept\n");
  GetParam().base(repo);
  const Oid base = repo.commit("base");
  GetParam().head(repo);
  const Oid head = repo.commit("head");
  EXPECT_EQ(change(repo, base, head), GetParam().expected);
}

constexpr const char* kSubmodule1 = "1111111111111111111111111111111111111111";
constexpr const char* kSubmodule2 = "2222222222222222222222222222222222222222";

INSTANTIATE_TEST_SUITE_P(
    Kinds, Diff,
    testing::Values(
        Case{"nothing", [](TestRepository&) {}, [](TestRepository&) {}, ""},
        Case{"added", [](TestRepository&) {}, [](TestRepository& r) { r.write("a.cpp", "1\n2\n"); },
             "added a.cpp +2 -0 @0,0->1,2\n"},
        Case{"added_empty", [](TestRepository&) {}, [](TestRepository& r) { r.write("a.cpp", ""); },
             "added a.cpp +0 -0\n"},
        Case{"deleted", [](TestRepository& r) { r.write("a.cpp", "1\n2"); },
             [](TestRepository& r) { r.remove("a.cpp"); }, "deleted a.cpp +0 -2 @1,2->0,0\n"},
        Case{"modified_without_context", [](TestRepository& r) { r.write("a.cpp", "1\n2\n3\n4\n5\n"); },
             [](TestRepository& r) { r.write("a.cpp", "1\nb\n3\n5\nx\ny\n"); },
             "modified a.cpp +3 -2 @2,1->2,1 @4,1->3,0 @5,0->5,2\n"},
        Case{"no_newline_at_the_end", [](TestRepository& r) { r.write("a.cpp", "1\n2"); },
             [](TestRepository& r) { r.write("a.cpp", "1\n2\n"); }, "modified a.cpp +1 -1 @2,1->2,1\n"},
        Case{"mode", [](TestRepository& r) { r.write("a.sh", "1\n"); },
             [](TestRepository& r) { r.mode("a.sh", 0100755); }, "mode_changed a.sh +0 -0\n"},
        Case{"file_to_link", [](TestRepository& r) { r.write("a.cpp", "int f();\n"); },
             [](TestRepository& r) { r.link("a.cpp", "/etc/passwd"); },
             "type_changed a.cpp +1 -1 @1,1->1,1 unread(a symbolic link in place of source)\n"},
        Case{"link_added", [](TestRepository&) {}, [](TestRepository& r) { r.link("a.txt", "b.txt"); },
             "added a.txt +1 -0 @0,0->1,1\n"},
        Case{"file_to_folder", [](TestRepository& r) { r.write("a", "1\n"); },
             [](TestRepository& r) { r.remove("a").write("a/b", "2\n"); },
             "deleted a +0 -1 @1,1->0,0\nadded a/b +1 -0 @0,0->1,1\n"},
        Case{
            "submodule_added", [](TestRepository&) {}, [](TestRepository& r) { r.submodule("lib", kSubmodule1); },
            "submodule lib +0 -0 unread(a submodule, whose content is not in this repository: none to 111111111111)\n"},
        Case{"submodule_bump", [](TestRepository& r) { r.submodule("lib", kSubmodule1); },
             [](TestRepository& r) { r.submodule("lib", kSubmodule2); },
             "submodule lib +0 -0 unread(a submodule, whose content is not in this repository: 111111111111 to "
             "222222222222)\n"},
        Case{"submodule_to_file", [](TestRepository& r) { r.submodule("lib", kSubmodule1); },
             [](TestRepository& r) { r.write("lib", "x\n"); },
             "submodule lib +0 -0 unread(a submodule, whose content is not in this repository: 111111111111 to a "
             "file)\n"},
        Case{"lfs_pointer", [](TestRepository&) {},
             [](TestRepository& r) {
               r.write("a.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n");
             },
             "added a.bin +3 -0 @0,0->1,3 unread(a Git LFS pointer: the content is not in this repository)\n"},
        Case{"picture", [](TestRepository& r) { r.write("a.png", std::string("\x89PNG\0\1\n", 7)); },
             [](TestRepository& r) { r.write("a.png", std::string("\x89PNG\0\2\n", 7)); }, "modified a.png +0 -0\n"},
        Case{"renamed", [](TestRepository& r) { r.write("a.cpp", lines("line", 9)); },
             [](TestRepository& r) { r.move("a.cpp", "b/a.cpp"); }, "renamed b/a.cpp <- a.cpp +0 -0\n"},
        Case{"renamed_and_edited", [](TestRepository& r) { r.write("a.cpp", lines("line", 9)); },
             [](TestRepository& r) { r.remove("a.cpp").write("b.cpp", lines("line", 9) + "more\n"); },
             "renamed b.cpp <- a.cpp +1 -0 @9,0->10,1\n"},
        Case{"less_than_half_alike", [](TestRepository& r) { r.write("a.cpp", lines("line", 9)); },
             [](TestRepository& r) { r.remove("a.cpp").write("b.cpp", lines("line", 4) + lines("other", 7)); },
             "deleted a.cpp +0 -9 @1,9->0,0\nadded b.cpp +11 -0 @0,0->1,11\n"},
        Case{"copied_from_a_changed_file", [](TestRepository& r) { r.write("a.cpp", lines("line", 9)); },
             [](TestRepository& r) { r.write("a.cpp", lines("line", 8)).write("b.cpp", lines("line", 9)); },
             "modified a.cpp +0 -1 @9,1->8,0\ncopied b.cpp <- a.cpp +0 -0\n"},
        Case{"one_source_two_targets", [](TestRepository& r) { r.write("a.cpp", lines("line", 9)); },
             [](TestRepository& r) { r.move("a.cpp", "b.cpp").write("c.cpp", lines("line", 9)); },
             "renamed b.cpp <- a.cpp +0 -0\ncopied c.cpp <- a.cpp +0 -0\n"},
        Case{"folder_moved_keeps_names",
             [](TestRepository& r) { r.write("x/a.cpp", "same\n").write("x/b.cpp", "same\n"); },
             [](TestRepository& r) { r.move("x/b.cpp", "y/b.cpp").move("x/a.cpp", "y/a.cpp"); },
             "renamed y/a.cpp <- x/a.cpp +0 -0\nrenamed y/b.cpp <- x/b.cpp +0 -0\n"},
        Case{"text_to_source_is_new_code", [](TestRepository& r) { r.write("a.txt", lines("line", 9)); },
             [](TestRepository& r) { r.move("a.txt", "a.cpp"); },
             "added a.cpp +9 -0 @0,0->1,9\ndeleted a.txt +0 -9 @1,9->0,0\n"},
        Case{"empty_files_are_not_paired", [](TestRepository& r) { r.write("a.cpp", ""); },
             [](TestRepository& r) { r.move("a.cpp", "b.cpp"); }, "deleted a.cpp +0 -0\nadded b.cpp +0 -0\n"}),
    [](const auto& tried) { return tried.param.name; });

TEST(Diff, KeepsModesAndIds) {
  TestRepository repo;
  const Oid base = repo.write("a.h", "1\n").commit("base");
  const Oid head = repo.write("a.h", "2\n", 0100755).commit("head");
  const Repository git = test::opened(repo.path());
  const auto files = test::diff_of(git, base, head);
  ASSERT_EQ(test::described(files), "modified a.h +1 -1 @1,1->1,1\n");
  const FileChange& file = files->front();
  EXPECT_TRUE(file.c_family);
  EXPECT_EQ(file.base_mode, 0100644U);
  EXPECT_EQ(file.head_mode, 0100755U);
  EXPECT_EQ(git.blob(file.base_blob).value(), "1\n");
  EXPECT_EQ(git.blob(file.head_blob).value(), "2\n");
}

TEST(Diff, WorksInABareRepository) {
  TestRepository repo(TestRepository::Kind::bare);
  const Oid base = repo.write("a.h", "1\n").commit("base");
  const Oid head = repo.write("a.h", "2\n").commit("head");
  EXPECT_EQ(change(repo, base, head), "modified a.h +1 -1 @1,1->1,1\n");
}

TEST(Diff, DoesNotDependOnTheOrderOfHistory) {
  TestRepository repo;
  for (int i = 0; i < 30; ++i) repo.write("src/" + std::to_string(i) + ".cpp", lines("f", 10 + i % 3));
  const Oid base = repo.commit("base");
  for (int i = 0; i < 30; ++i) {
    repo.move("src/" + std::to_string(i) + ".cpp", "lib/" + std::to_string(29 - i) + ".cpp");
  }
  const Oid head = repo.commit("head");
  const std::string first = change(repo, base, head);
  EXPECT_EQ(first.find("added"), std::string::npos) << first;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(change(repo, base, head), first);
}

TEST(Diff, AModuleDefinitionIsNoHeader) {
  struct Row {
    const char* path;
    const char* base;  ///< null: not there
    const char* head;
    const char* expected;
  };
  const Row kRows[] = {
      {"lib.def", "EXPORTS\n a\n", "EXPORTS\n a\n b\n", "build link"},
      {"lib.def", nullptr, "; ours\nLIBRARY x\n", "build link"},
      {"lib.def", "LIBRARY x\n", nullptr, "build link"},
      {"lib.def", "OP(a)\n", "OP(a)\nOP(b)\n", "source none code"},
      // What was a header once is compared as one.
      {"lib.def", "OP(a)\n", "EXPORTS\n a\n", "source none code"},
      {"lib.h", "EXPORTS\n", "EXPORTS\n a\n", "source none code"},
  };
  for (const auto& row : kRows) {
    TestRepository repo;
    repo.write("keep.txt", "kept\n");
    if (row.base != nullptr) repo.write(row.path, row.base);
    const auto base = repo.commit("base");
    if (row.head != nullptr) repo.write(row.path, row.head);
    if (row.head == nullptr) repo.remove(row.path);
    const auto head = repo.commit("head");
    const auto files = test::diff_of(test::opened(repo.path()), base, head);
    ASSERT_TRUE(files && files->size() == 1) << row.base;
    const auto& file = files->front();
    EXPECT_EQ(std::string(name_of(file.file_class)) + " " + name_of(file.build_role) + (file.c_family ? " code" : ""),
              row.expected)
        << (row.base == nullptr ? "" : row.base);
  }
}

}  // namespace
}  // namespace patchgate
