#include <gtest/gtest.h>

#include "gate/pipeline/judge.h"
#include "tests/support/test_repository.h"

namespace patchgate {
namespace {

using test::TestRepository;

/// A patch of a file that reads a generated header, and a header of the machine that lies beside the repository.
class JudgeDigestTest : public ::testing::Test {
 protected:
  JudgeDigestTest() {
    oldest = repo.write("a.cpp", "int f();\n").commit("oldest");
    before = repo.write("a.cpp", "int f();\nint g();\n").commit("before");
    repo.write("a.cpp", "#include \"generated.h\"\n#include <machine.h>\nint f() { return GENERATED + MACHINE; }\n");
    repo.commit("base");
    repo.on("hotfix");
    repo.write("a.cpp", "#include \"generated.h\"\n#include <machine.h>\nint f() { return GENERATED - MACHINE; }\n");
    repo.commit("head");
    test::write_file(repo.path() / "generated.h", "#define GENERATED 1\n");
    put_machine_header(outside);
  }

  void put_machine_header(const test::TempFolder& folder, const std::string& value = "1") {
    test::write_file(folder.path() / "machine.h", "#define MACHINE " + value + "\n");
    const auto root = repo.path().string();
    test::write_file(folder.path() / "compile_commands.json",
                     R"([{"directory": ")" + root + R"(", "file": "a.cpp", "arguments": ["c++", "-isystem", ")" +
                         folder.path().string() + R"(", "-c", "a.cpp"]}])");
    options.graph.compile_commands = {folder.path() / "compile_commands.json"};
  }

  std::string digest() {
    options.repo = repo.path();
    options.base = "main";
    options.head = "hotfix";
    options.quiet = true;
    options.graph.index = outside.path() / "index.db";
    const auto judged = judge_patch(options, {});
    for (const auto& error : judged.errors) ADD_FAILURE() << to_string(error);
    EXPECT_EQ(judged.report.symbols.size(), 1U) << "f is touched";
    return judged.report.digest;
  }

  TestRepository repo;
  test::TempFolder outside;
  std::string oldest, before;
  CheckOptions options;
};

TEST_F(JudgeDigestTest, IsTheSameForTheSameInputs) {
  const auto first = digest();
  EXPECT_TRUE(first.starts_with("sha256:")) << first;
  EXPECT_EQ(digest(), first) << "units from the index";
  options.graph.jobs = 1;
  EXPECT_EQ(digest(), first);
}

TEST_F(JudgeDigestTest, NamesGeneratedFiles) {
  const auto first = digest();
  test::write_file(repo.path() / "generated.h", "#define GENERATED 2\n");
  EXPECT_NE(digest(), first);
  test::write_file(repo.path() / "generated.h", "#define GENERATED 1\n");
  test::write_file(repo.path() / "nobody_reads.h", "#define GENERATED 3\n");
  EXPECT_EQ(digest(), first);
}

TEST_F(JudgeDigestTest, NamesHeadersOfTheMachine) {
  const auto first = digest();
  put_machine_header(outside, "2");
  EXPECT_NE(digest(), first);
}

TEST_F(JudgeDigestTest, NamesHowMuchHistoryThereIs) {
  const auto first = digest();
  repo.lose_object(oldest);
  test::write_file(repo.git_folder() / "shallow", before + "\n");
  EXPECT_NE(digest(), first);
}

TEST(JudgeDigest, NamesWhatThereWasTimeToRead) {
  TestRepository repo;
  repo.write("a.cpp", "int f() { return 1; }\n").commit("base");
  repo.on("hotfix").write("a.cpp", "int f() { return 2; }\n").commit("head");
  const test::TempFolder outside;
  test::write_file(
      outside.path() / "compile_commands.json",
      R"([{"directory": ")" + repo.path().string() + R"(", "file": "a.cpp", "arguments": ["c++", "-c", "a.cpp"]}])");
  CheckOptions options;
  options.repo = repo.path();
  options.base = "main";
  options.head = "hotfix";
  options.quiet = true;
  options.graph.compile_commands = {outside.path() / "compile_commands.json"};
  options.graph.index = outside.path() / "index.db";
  const auto judged = [&](std::optional<std::uint32_t> budget) {
    options.budget = budget;
    return judge_patch(options, {}).report;
  };
  const auto nothing = judged(0);
  EXPECT_TRUE(nothing.budget_ran_out);
  EXPECT_TRUE(nothing.symbols.empty());
  EXPECT_EQ(judged(0).digest, nothing.digest);
  judged(std::nullopt);
  const auto from_index = judged(0);
  EXPECT_FALSE(from_index.budget_ran_out) << "what is in the index takes no time";
  EXPECT_EQ(from_index.symbols.size(), 1U);
  EXPECT_NE(from_index.digest, nothing.digest);
}

}  // namespace
}  // namespace patchgate
