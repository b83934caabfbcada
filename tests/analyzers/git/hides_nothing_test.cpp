// A patch may not hide its lines: what a checkout, an attribute or a strange byte says does not count.
#include "tests/analyzers/git/described.h"

namespace patchgate {
namespace {

using test::change;
using test::TestRepository;
using test::write_file;

const char* const kSeen = "modified a.cpp +1 -1 @2,1->2,1";

struct Pair {
  TestRepository repo;
  Oid base, head;
  Pair() {
    base = repo.write("a.cpp", "int f();\nint g();\nint h();\n").commit("base");
    head = repo.write("a.cpp", "int f();\nint x();\nint h();\n").commit("head");
    repo.check_out();
  }
};

TEST(HidesNothing, GitattributesInTheWorkTree) {
  Pair pair;
  write_file(pair.repo.path() / ".gitattributes", "*.cpp binary -diff\n");
  EXPECT_EQ(change(pair.repo, pair.base, pair.head), std::string(kSeen) + "\n");
}

TEST(HidesNothing, GitattributesInTheTree) {
  TestRepository repo;
  repo.write(".gitattributes", "*.cpp binary\n");
  const Oid base = repo.write("a.cpp", "int f();\nint g();\n").commit("base");
  const Oid head = repo.write("a.cpp", "int f();\nint x();\n").commit("head");
  repo.check_out();
  EXPECT_EQ(change(repo, base, head), std::string(kSeen) + "\n");
}

TEST(HidesNothing, InfoAttributes) {
  Pair pair;
  write_file(pair.repo.git_folder() / "info/attributes", "*.cpp binary\n* merge=ours\n");
  EXPECT_EQ(change(pair.repo, pair.base, pair.head), std::string(kSeen) + "\n");
}

TEST(HidesNothing, GlobalAttributes) {
  Pair pair;
  const test::TempFolder home;
  write_file(home.path() / ".config/git/attributes", "*.cpp binary\n");
  write_file(home.path() / ".gitconfig", "[core]\n\tattributesFile = ~/.config/git/attributes\n");
  pair.repo.config("core.attributesfile", (home.path() / ".config/git/attributes").string());
  const char* before = getenv("HOME");
  const std::string kept = before == nullptr ? "" : before;
  setenv("HOME", home.path().c_str(), 1);
  const std::string seen = change(pair.repo, pair.base, pair.head);
  setenv("HOME", kept.c_str(), 1);
  EXPECT_EQ(seen, std::string(kSeen) + "\n");
}

TEST(HidesNothing, NulByteInSource) {
  TestRepository repo;
  const Oid base = repo.write("a.cpp", "int f();\nint g();\n").commit("base");
  const Oid head = repo.write("a.cpp", std::string("int f();\nint\0x();\n", 18)).commit("head");
  EXPECT_EQ(change(repo, base, head), std::string(kSeen) + " unread(binary-looking: NUL byte in line 2)\n");
}

TEST(HidesNothing, NulByteOnTheBaseOnly) {
  TestRepository repo;
  const Oid base = repo.write("a.cpp", std::string("int f();\nint\0g();\n", 18)).commit("base");
  const Oid head = repo.write("a.cpp", "int f();\nint x();\n").commit("head");
  EXPECT_EQ(change(repo, base, head), std::string(kSeen) + " unread(binary-looking: NUL byte in line 2)\n");
}

TEST(HidesNothing, Utf16) {
  TestRepository repo;
  const Oid base = repo.write("a.txt", "x\n").commit("base");
  const Oid head = repo.write("a.cpp", std::string("\xff\xfei\0n\0t\0", 8)).commit("head");
  EXPECT_EQ(change(repo, base, head), "added a.cpp +1 -0 @0,0->1,1 unread(binary-looking: NUL byte in line 1)\n");
}

TEST(HidesNothing, CarriageReturnsThatShiftTheLines) {
  TestRepository repo;
  const Oid base = repo.write("a.cpp", "int f();\nint g();\n").commit("base");
  const Oid head = repo.write("a.cpp", "int f();\n//\rint x();\n").commit("head");
  EXPECT_EQ(change(repo, base, head),
            std::string(kSeen) + " unread(a lone carriage return in line 2: git and Clang count lines differently)\n");
}

TEST(HidesNothing, DosLineEndsAreRead) {
  TestRepository repo;
  const Oid base = repo.write("a.cpp", "int f();\r\nint g();\r\n").commit("base");
  const Oid head = repo.write("a.cpp", "int f();\r\nint x();\r\n").commit("head");
  EXPECT_EQ(change(repo, base, head), std::string(kSeen) + "\n");
}

TEST(HidesNothing, MinifiedSource) {
  TestRepository repo;
  const Oid base = repo.write("a.cpp", "int f();\n").commit("base");
  const auto with_line = [&](std::size_t bytes) {
    return repo.write("a.cpp", "int f();\n" + std::string(bytes, 'x') + "\n").commit("head");
  };
  EXPECT_EQ(change(repo, base, with_line(65536)), "modified a.cpp +1 -0 @1,0->2,1\n");
  EXPECT_EQ(change(repo, base, with_line(65537)),
            "modified a.cpp +1 -0 @1,0->2,1 unread(minified-looking: line 2 has 65537 bytes, limit 65536)\n");
}

TEST(HidesNothing, FileAtAndOverTheLimit) {
  GitLimits limits;
  limits.max_patch_blob = 100;
  TestRepository repo;
  const Oid base = repo.write("a.cpp", "int f();\n").commit("base");
  const auto with_bytes = [&](std::size_t bytes) {
    return repo.write("a.cpp", std::string(bytes, '\n')).commit("head");
  };
  EXPECT_EQ(change(repo, base, with_bytes(99), limits), "modified a.cpp +99 -1 @1,1->1,99\n");
  EXPECT_EQ(change(repo, base, with_bytes(100), limits), "modified a.cpp +100 -1 @1,1->1,100\n");
  EXPECT_EQ(change(repo, base, with_bytes(101), limits),
            "modified a.cpp +0 -0 unread(too large: 101 bytes, limit 100)\n");
}

/// A loose object of which only the header is there: whoever reads more than that fails.
std::string header_only_blob(const TestRepository& repo, std::uint64_t size) {
  const std::string id(40, 'e');
  std::string head = "blob " + std::to_string(size);
  head.push_back('\0');
  const auto length = static_cast<char>(head.size());
  const std::string zlib_stored_block = {'\x78', '\x01', '\x00', length, '\0', static_cast<char>(~length), '\xff'};
  write_file(repo.git_folder() / "objects" / id.substr(0, 2) / id.substr(2), zlib_stored_block + head);
  return id;
}

TEST(HidesNothing, HugeBlobIsNotEvenRead) {
  TestRepository repo(TestRepository::Kind::bare);
  const std::string huge = header_only_blob(repo, 1ULL << 40U);
  const Oid base = repo.commit_tree(repo.raw_tree({}));
  const Oid head = repo.commit_tree(repo.raw_tree({{"100644", "a.cpp", huge}}));
  EXPECT_EQ(change(repo, base, head), "added a.cpp +0 -0 unread(too large: 1099511627776 bytes, limit 8388608)\n");
  const auto blob = test::opened(repo.path()).blob(huge);
  EXPECT_EQ(test::error_of(blob), "blob " + huge + " has 1099511627776 bytes, limit 67108864");
}

TEST(HidesNothing, HugeTreeIsNotEvenRead) {
  TestRepository repo(TestRepository::Kind::bare);
  GitLimits limits;
  limits.max_source_blob = 100;
  const Oid commit = repo.commit_tree(repo.raw_tree({{"100644", std::string(100, 'a'), repo.blob("")}}));
  const std::string error = test::error_of(test::opened(repo.path(), limits).snapshot(commit));
  EXPECT_NE(error.find("bytes, limit 100"), std::string::npos) << error;
}

TEST(HidesNothing, AllFilesTogetherOverTheLimit) {
  GitLimits limits;
  limits.max_patch_total = 20;
  TestRepository repo;
  const Oid base = repo.write("z.txt", "z").commit("base");
  const Oid head =
      repo.write("a.cpp", "0123456789\n").write("b.cpp", "9876543210\n").write("c.cpp", "12\n").commit("head");
  EXPECT_EQ(change(repo, base, head, limits),
            "added a.cpp +1 -0 @0,0->1,1\n"
            "added b.cpp +0 -0 unread(too large: all changed files together pass the limit of 20 bytes)\n"
            "added c.cpp +1 -0 @0,0->1,1\n");
}

TEST(HidesNothing, TooManyLines) {
  TestRepository repo;
  const Oid base = repo.write("a.cpp", "int f();\n").commit("base");
  const Oid head = repo.write("a.cpp", std::string(1'000'001, '\n')).commit("head");
  EXPECT_EQ(change(repo, base, head), "modified a.cpp +0 -0 unread(too large: 1000001 lines, limit 1000000)\n");
}

TEST(HidesNothing, ComparisonThatWouldTakeTooLong) {
  std::string before, after;
  for (int i = 0; i < 450'000; ++i) {
    before += "a\n";
    after += "b\n";
  }
  TestRepository repo;
  for (const char* name : {"a.cpp", "b.cpp", "c.cpp", "d.cpp"}) repo.write(name, before + name);
  const Oid base = repo.commit("base");
  for (const char* name : {"a.cpp", "b.cpp", "c.cpp", "d.cpp"}) repo.write(name, after + name + "!");
  const Oid head = repo.commit("head");
  const std::string seen = change(repo, base, head);
  EXPECT_NE(seen.find("modified c.cpp +450001 -450001"), std::string::npos) << seen;
  EXPECT_NE(seen.find("modified d.cpp +0 -0 unread(too large: comparing all changed files takes too long)"),
            std::string::npos)
      << seen;
}

TEST(HidesNothing, RenamedFileTooLargeToCompare) {
  GitLimits limits;
  limits.max_patch_blob = 50;
  TestRepository repo;
  const Oid base = repo.write("a.cpp", std::string(60, 'a')).commit("base");
  const Oid moved = repo.move("a.cpp", "b.cpp").commit("moved");
  EXPECT_EQ(change(repo, base, moved, limits), "renamed b.cpp <- a.cpp +0 -0\n");
  const Oid edited = repo.write("b.cpp", std::string(61, 'a')).commit("edited");
  EXPECT_EQ(change(repo, base, edited, limits),
            "deleted a.cpp +0 -0 unread(too large: 60 bytes, limit 50)\n"
            "added b.cpp +0 -0 unread(too large: 61 bytes, limit 50)\n");
}

TEST(HidesNothing, HostileConfigStartsNoProcess) {
  Pair pair;
  const std::filesystem::path canary = pair.repo.path() / "canary";
  const std::string program = "touch " + canary.string();
  pair.repo.config("core.fsmonitor", program);
  pair.repo.config("diff.external", program);
  pair.repo.config("core.sshcommand", program);
  pair.repo.config("filter.x.clean", program);
  pair.repo.config("diff.x.textconv", program);
  write_file(pair.repo.path() / ".gitattributes", "*.cpp filter=x diff=x\n");
  write_file(pair.repo.path() / "b.cpp", "int b();\n");
  EXPECT_EQ(change(pair.repo, pair.base, pair.head), std::string(kSeen) + "\n");
  Repository git = test::opened(pair.repo.path());
  EXPECT_EQ(test::paths_of(git.worktree().value()), ".gitattributes a.cpp b.cpp");
  EXPECT_FALSE(std::filesystem::exists(canary));
}

}  // namespace
}  // namespace patchgate
