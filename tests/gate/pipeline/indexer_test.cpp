#include "gate/pipeline/indexer.h"

#include <algorithm>

#include <gtest/gtest.h>

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
    const Sides sides{repository.snapshot(commit).value(), repository.snapshot(commit).value()};
    WorkerOptions options;
    options.worker = PATCHGATE_WORKER;
    options.root = options.disk_root = repo.path();
    options.jobs = 1;
    auto pool = WorkerPool::start(options, source_reader(repository, sides)).value();
    Indexer indexer(store, pool, repository, sides, repo.path());
    std::vector<CompileCommand> commands;
    for (const auto& file : files) {
      CompileCommand command;
      command.file = file;
      command.directory = repo.path();
      command.arguments = flags;
      for (const auto& flag : flags) command.hash = strong_hash(command.hash, strong_hash(flag));
      commands.push_back(command);
    }
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
  std::vector<std::string> flags = {"-std=c++17"};
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
