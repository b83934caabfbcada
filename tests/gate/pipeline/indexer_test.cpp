#include "gate/pipeline/indexer.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/test_repository.h"

namespace patchgate {
namespace {

using test::TestRepository;

constexpr const char* kUnit = "#include \"a.h\"\nint main() { return f(); }\n";

/// The base of a repository as the indexer finds it in one run: units are reused, parsed or failed, in this order.
class IndexerTest : public ::testing::Test {
 protected:
  std::string units_at(const std::string& commit, const std::vector<std::string>& files = {"a.cpp"}) {
    auto repository = Repository::open(repo.path()).value();
    const auto other = head.empty() ? commit : head;
    const Sides sides{repository.snapshot(commit).value(), repository.snapshot(other).value()};
    WorkerOptions options;
    options.worker = PATCHGATE_WORKER;
    options.root = options.disk_root = repo.path();
    options.jobs = 1;
    options.extra_roots = {beside.path()};
    auto pool = WorkerPool::start(options, source_reader(repository, sides)).value();
    Indexer indexer(store, pool, repository, sides);
    std::vector<CompileCommand> commands;
    for (const auto& file : files) {
      CompileCommand command;
      command.file = file;
      command.directory = repo.path();
      command.arguments = flags;
      for (const auto& flag : flags) command.hash = strong_hash(command.hash, strong_hash(flag));
      commands.push_back(command);
    }
    key = indexer.key_of(commands.front());
    units = indexer.refresh(SourceSide::base, commands).value();
    if (keeps_heads) indexer.keep_heads(units);
    std::string how;
    for (const auto& unit : units)
      how += (how.empty() ? "" : " ") + std::string(unit.reused                 ? "reused"
                                                    : unit.unit.failure.empty() ? "parsed"
                                                                                : "failed");
    return how;
  }

  TestRepository repo;
  Store store = Store::open({}, nullptr).value();
  std::vector<IndexedUnit> units;  ///< of the last run
  bool keeps_heads = false;
  UnitKey key;       ///< of the first file
  std::string head;  ///< the commit of the other side; empty = the same
  std::vector<std::string> flags = {"-std=c++17"};
  test::TempFolder beside;  ///< outside of the repository; units may read it
};

/// The files of the repository that a unit read, and of those beside it the last names.
std::string read_by(const UnitFacts& unit) {
  std::string names;
  for (const auto& dependency : unit.dependencies) {
    const auto name = std::filesystem::path(dependency.path).filename().string();
    names += (names.empty() ? "" : " ") + (dependency.in_repository ? dependency.path : "/" + name);
  }
  return names;
}

TEST_F(IndexerTest, ParsesAgainWhatReadsAnotherContent) {
  const auto first = repo.write("a.cpp", kUnit).write("a.h", "int f();\n").write("b.cpp", "int b;\n").commit("first");
  const auto second = repo.write("a.h", "int f(int = 1);\n").commit("second");
  const std::vector<std::string> both = {"a.cpp", "b.cpp"};
  EXPECT_EQ(units_at(first, both), "parsed parsed");
  EXPECT_EQ(units_at(first, both), "reused reused");
  EXPECT_EQ(units_at(second, both), "parsed reused");
  EXPECT_EQ(units_at(first, both), "reused reused");
}

TEST_F(IndexerTest, HeadsInOnePieceSayWhatTheUnitsSay) {
  std::vector<std::string> files;
  for (int i = 0; i < 10; ++i) {
    files.push_back("u" + std::to_string(i) + ".cpp");
    repo.write(files.back(), i % 2 == 0 ? "#include \"a.h\"\nint g() { return f(); }\n" : "int b;\n");
  }
  repo.write("u3.cpp", "#include \"b.h\"\n#include <stddef.h>\n").write("u5.cpp", "#error no\n");
  const auto first =
      repo.write("a.h", "int f();\n").write("b.h", "#if __has_include(\"c.h\")\n#endif\n").commit("first");
  const auto second = repo.write("a.h", "int f(int = 1);\n").commit("second");
  const auto third = repo.write("c.h", "\n").commit("third");
  const auto how = [&](const std::string& even, const std::string& of_3) {
    std::string text;
    for (int i = 0; i < 10; ++i)
      text += (i == 0 ? "" : " ") + (i == 5 ? "failed" : i == 3 ? of_3 : i % 2 == 0 ? even : std::string("reused"));
    return text;
  };
  units_at(first, files);
  std::vector<std::string> expected;
  for (const auto& unit : units) expected.push_back(to_string(unit.content) + encode(unit.unit));
  keeps_heads = true;
  for (int run = 0; run < 3; ++run) {
    EXPECT_EQ(units_at(first, files), how("reused", "reused")) << run;
    for (std::size_t i = 0; i < units.size(); ++i)
      EXPECT_EQ(to_string(units[i].content) + encode(units[i].unit), expected[i]) << files[i] << " in run " << run;
  }
  EXPECT_EQ(units_at(second, files), how("parsed", "reused"));
  EXPECT_EQ(units_at(second, files), how("reused", "reused"));
  EXPECT_EQ(units_at(third, files), how("reused", "parsed")) << "what was missing is there";
  EXPECT_EQ(units_at(first, files), how("reused", "reused"));
  EXPECT_EQ(units_at(first, {"u0.cpp", "u1.cpp"}), "reused reused");
}

// Two contents whose ids begin alike for 64 bits: a day's work for whoever wants them.
TEST_F(IndexerTest, IdsThatBeginAlikeAreNotTheSameContent) {
  const auto first = repo.write("a.cpp", kUnit).write("a.h", "int f();\n").commit("first");
  EXPECT_EQ(units_at(first), "parsed");
  auto twin = repo.blob("int f();\n");
  std::fill(twin.begin() + 16, twin.end(), twin[16] == '0' ? '1' : '0');
  const auto second =
      repo.commit_tree(repo.raw_tree({{"100644", "a.cpp", repo.blob(kUnit)}, {"100644", "a.h", twin}}), {first});
  EXPECT_EQ(units_at(second), "failed");  // git has no such object: it was asked for
}

TEST_F(IndexerTest, FollowsLinksToWhatTheyLeadTo) {
  repo.write("a.cpp", kUnit).link("a.h", "real/b.h").write("real/b.h", "int f();\n");
  const auto first = repo.commit("first");
  const auto second = repo.write("real/b.h", "int f(int = 1);\n").commit("second");
  EXPECT_EQ(units_at(first), "parsed");
  EXPECT_EQ(units_at(first), "reused");
  EXPECT_EQ(units_at(second), "parsed");
}

TEST_F(IndexerTest, FollowsLinksToFolders) {
  flags = {"-Icur", "-Isrc"};
  repo.write("a.cpp", "#include <cfg.h>\n#include \"cur/sub/x.h\"\nint main() { return f(); }\n");
  repo.write("src/cfg.h", "int g();\n").link("cur", "v1").link("top", ".");
  repo.write("v1/cfg.h", "int f();\n").write("v1/sub/x.h", "").write("v2/cfg.h", "int f(int = 2);\n");
  const auto first = repo.write("v2/sub/x.h", "").commit("first");
  EXPECT_EQ(units_at(first), "parsed");
  EXPECT_EQ(read_by(units[0].unit), "a.cpp cur/cfg.h cur/sub/x.h");
  EXPECT_EQ(units_at(first), "reused");
  const auto second = repo.write("v1/cfg.h", "int f(int = 1);\n").commit("another content");
  EXPECT_EQ(units_at(second), "parsed");
  EXPECT_EQ(units_at(repo.link("cur", "v2").commit("another folder")), "parsed");
  EXPECT_EQ(units_at(repo.link("cur", "src").commit("no folder sub")), "failed");
  flags = {"-Itop/v1", "-Icur"};
  EXPECT_EQ(units_at(repo.link("cur", "top/top/v2").commit("links to links")), "parsed");
  EXPECT_EQ(read_by(units[0].unit), "a.cpp cur/sub/x.h top/v1/cfg.h");
  EXPECT_EQ(units_at(repo.link("cur", "cur/sub").commit("a circle")), "failed");
}

// Each: what comes to be there where a unit has looked. It is read then, and reused afterwards.
TEST_F(IndexerTest, ReadsAgainWhenSomethingAppears) {
  flags = {"-Iinc", "-Ilink", "-Igenerated", "-I" + beside.path().string(), "-Isrc"};
  repo.write("a.cpp", "#include <cfg.h>\n").write("src/cfg.h", "").link("link", "real").write("real/x.h", "");
  auto commit = repo.commit("first");
  EXPECT_EQ(units_at(commit), "parsed");
  const auto now_read = [&](const std::string& what, const std::string& file) {
    EXPECT_EQ(units_at(commit), "parsed") << what;
    EXPECT_EQ(read_by(units[0].unit), file) << what;
    EXPECT_EQ(units_at(commit), "reused") << what;
  };
  test::write_file(beside.path() / "cfg.h", "");
  now_read("a header of the machine", "/cfg.h a.cpp");
  test::write_file(repo.path() / "generated" / "cfg.h", "");
  now_read("a folder on the disk", "a.cpp generated/cfg.h");
  std::filesystem::remove_all(repo.path() / "generated");
  std::filesystem::remove(beside.path() / "cfg.h");
  EXPECT_EQ(units_at(commit), "reused") << "as it was";
  commit = repo.write("real/cfg.h", "").commit("behind a link");
  now_read("a file in a linked folder", "a.cpp link/cfg.h");
  commit = repo.write("inc/cfg.h", "").commit("a new folder");
  now_read("a file in a new folder", "a.cpp inc/cfg.h");
}

TEST_F(IndexerTest, HeadsInOnePieceSeeWhatAppears) {
  flags = {"-Iinc", "-Igenerated", "-Isrc"};
  std::vector<std::string> files;
  for (int i = 0; i < 10; ++i) {
    files.push_back("u" + std::to_string(i) + ".cpp");
    repo.write(files.back(), i == 0 ? "#include <cfg.h>\n" : "\n");
  }
  const auto first = repo.write("src/cfg.h", "").commit("first");
  keeps_heads = true;
  const std::string all_reused = "reused reused reused reused reused reused reused reused reused reused";
  units_at(first, files);
  EXPECT_EQ(units_at(first, files), all_reused);
  test::write_file(repo.path() / "generated" / "cfg.h", "");
  // All of them looked for the folder itself.
  EXPECT_EQ(units_at(first, files), "parsed parsed parsed parsed parsed parsed parsed parsed parsed parsed");
  EXPECT_EQ(read_by(units[0].unit), "generated/cfg.h u0.cpp");
  EXPECT_EQ(units_at(first, files), all_reused);
  test::write_file(repo.path() / "generated" / "other.h", "");
  EXPECT_EQ(units_at(first, files), all_reused);
}

// A file that the build generated is hidden where the other side brings it along: known then only for that patch.
TEST_F(IndexerTest, WhatTheOtherSideHidIsReadWithoutIt) {
  const auto base = repo.write("a.cpp", "#if __has_include(\"gen.h\")\n#include \"gen.h\"\n#endif\n").commit("base");
  const auto hiding = repo.write("gen.h", "").commit("a tracked gen.h");
  test::write_file(repo.path() / "gen.h", "int generated;\n");
  head = hiding;
  EXPECT_EQ(units_at(base), "parsed");
  EXPECT_EQ(read_by(units[0].unit), "a.cpp");
  head = base;
  EXPECT_EQ(units_at(base), "parsed");
  EXPECT_EQ(read_by(units[0].unit), "a.cpp gen.h");
  EXPECT_EQ(units_at(base), "reused");
  head = hiding;
  EXPECT_EQ(units_at(base), "reused");
  EXPECT_EQ(read_by(units[0].unit), "a.cpp");
}

// A link that the build made: each side has its own content behind it, whatever lies in the work tree.
TEST_F(IndexerTest, LinksOfTheBuildLeadToTheContentOfTheSide) {
  flags = {"-Ibuild"};
  repo.write("a.cpp", "#include <a.h>\n");
  const auto first = repo.write("src/a.h", "int f();\n").commit("first");
  const auto second = repo.write("src/a.h", "int f(int);\n").commit("second");
  std::filesystem::create_directories(repo.path() / "build");
  std::filesystem::create_symlink("../src/a.h", repo.path() / "build" / "a.h");
  test::write_file(repo.path() / "src" / "a.h", "int f(int);\n");
  EXPECT_EQ(units_at(second), "parsed");
  EXPECT_EQ(units_at(second), "reused");
  EXPECT_EQ(units_at(first), "parsed");
  EXPECT_EQ(units_at(first), "reused");
}

// Whoever wrote the index, naming a file in it opens no file that units may not read, and waits for none.
TEST_F(IndexerTest, OpensNothingThatOnlyTheIndexNames) {
  const auto commit = repo.write("a.cpp", "int a;\n").commit("first");
  EXPECT_EQ(units_at(commit), "parsed");
  const auto pipe = beside.path() / "pipe.h";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  ASSERT_EQ(::mkfifo((repo.path() / "pipe.h").c_str(), 0600), 0);
  const std::pair<std::string, bool> named[] = {
      {pipe, false}, {"/dev/zero", false}, {"pipe.h", true}, {"../../../../../../dev/zero", true}};
  for (const auto& [path, in_repository] : named) {
    auto forged = units[0].unit;
    forged.dependencies = {{path, in_repository, {1, 1}}};
    ASSERT_TRUE(store.add(key, {forged, {}}));
    EXPECT_EQ(units_at(commit), "reused") << path;
    EXPECT_EQ(read_by(units[0].unit), "a.cpp") << path;
  }
}

// Names that are there and lead nowhere are no reason to parse again and again.
TEST_F(IndexerTest, WhatLeadsNowhereIsStillMissing) {
  flags = {"-Isub", "-Inowhere", "-Isrc"};
  repo.write("a.cpp", "#include <cfg.h>\n").write("src/cfg.h", "").link("nowhere", "gone");
  repo.submodule("sub", std::string(40, '1'));
  const auto commit = repo.commit("first");
  std::filesystem::create_symlink("gone", repo.path() / "cfg.h");
  EXPECT_EQ(units_at(commit), "parsed");
  EXPECT_EQ(units_at(commit), "reused");
}

TEST_F(IndexerTest, ReadsGeneratedFilesAgainWhenTheyChange) {
  const auto commit = repo.write("a.cpp", kUnit).commit("first");
  test::write_file(repo.path() / "a.h", "int f();\n");
  EXPECT_EQ(units_at(commit), "parsed");
  EXPECT_EQ(units_at(commit), "reused");
  test::write_file(repo.path() / "a.h", "int f(int = 1);\n");
  EXPECT_EQ(units_at(commit), "parsed");
  std::filesystem::remove(repo.path() / "a.h");
  EXPECT_EQ(units_at(commit), "failed");
}

}  // namespace
}  // namespace patchgate
