#include "analyzers/clang/client/worker_pool.h"

#include <filesystem>
#include <fstream>

#include <sys/stat.h>

#include "analyzers/model/hash.h"
#include "pool_fixture.h"
#include "scratch_folder.h"

namespace patchgate {
namespace {

TEST_F(PoolTest, SaysWhatStands) {
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  EXPECT_TRUE(pool->sandbox().starts_with("seccomp")) << pool->sandbox();
  EXPECT_NE(pool->tool_hash(), 0U);
}

TEST_F(PoolTest, SandboxRefusesEverythingThatIsTried) {
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  for (const bool shared_start : {false, true}) {
    const auto probes = pool->probe(shared_start);
    ASSERT_TRUE(probes) << to_string(probes.error());
    EXPECT_EQ(probes->size(), 8U);
    for (const auto& probe : *probes)
      EXPECT_TRUE(probe.refused) << probe.what << ": " << probe.how << (shared_start ? ", start shared" : "");
  }
  EXPECT_FALSE(std::filesystem::exists("/tmp/patchgate-probe"));
}

TEST_F(PoolTest, ProbesNoticeWhenThereIsNoSandbox) {
  options.sandbox = SandboxMode::off;
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  EXPECT_EQ(pool->sandbox(), "off");
  const auto probes = pool->probe();
  ASSERT_TRUE(probes) << to_string(probes.error());
  EXPECT_FALSE(probes->front().refused) << probes->front().what << ": " << probes->front().how;
}

TEST_F(PoolTest, EachSideHasItsOwnFiles) {
  base = {{"a.cpp", "#include \"a.h\"\nint x = f();\n"}, {"a.h", "int f();\n"}};
  head = {{"a.cpp", "#include \"a.h\"\nint x = f();\n"}, {"a.h", "int g();\n"}};
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  const auto how = parse(*pool, {job("a.cpp"), job("a.cpp", {"-std=c++17"}, SourceSide::head)});
  EXPECT_EQ(how[0], "");
  EXPECT_NE(how[1].find("undeclared identifier 'f'"), std::string::npos) << how[1];
}

/// Keeps a parser busy for much longer than any test waits.
const char* const kEndless =
    "constexpr int f() { int n = 0; for (long i = 0; i < 4000000000; ++i) n ^= 1; return n; }\nint x[f() + 1];\n";

TEST_F(PoolTest, ParsingEndsWhenItIsTime) {
  base = {{"a.cpp", kEndless}, {"b.cpp", kEndless}, {"c.cpp", "int c;\n"}};
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  const std::vector<std::string> flags{"-std=c++17", "-fconstexpr-steps=2000000000"};
  const auto start_of_test = std::chrono::steady_clock::now();
  pool->end_parsing_at(start_of_test + std::chrono::seconds(1), "enough");
  EXPECT_EQ(parse(*pool, {job("a.cpp", flags), job("b.cpp", flags), job("c.cpp")}),
            (std::vector<std::string>{"enough", "enough", "enough"}));
  EXPECT_LT(std::chrono::steady_clock::now() - start_of_test, std::chrono::seconds(10));
  // What is not parsed can be lexed all the same.
  const auto tokens = pool->lex("int c;", true);
  ASSERT_TRUE(tokens) << to_string(tokens.error());
  EXPECT_EQ(tokens->size(), 3U);
}

TEST_F(PoolTest, TheCallerCanWorkWhileUnitsAreParsed) {
  base = {{"a.cpp", "#include <vector>\nint a = f();\n"}, {"b.cpp", "#include <vector>\nint b;\n"}};
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  const auto alone = parse(*pool, {job("a.cpp"), job("b.cpp")});
  int pieces = 0;
  pool->while_parsing([&] { return ++pieces < 3; });
  EXPECT_EQ(parse(*pool, {job("a.cpp"), job("b.cpp")}), alone);
  EXPECT_EQ(pieces, 3) << "until there is nothing left";
  EXPECT_EQ(parse(*pool, {job("b.cpp")}), (std::vector<std::string>{""}));
  pool->while_parsing([&] { return ++pieces < 100; });
  ASSERT_TRUE(pool->lex("int c;", true));
  EXPECT_EQ(pieces, 3) << "only while units are parsed";
}

TEST_F(PoolTest, MachineHeadersAreThere) {
  base = {{"a.cpp", "#include <vector>\n#include <stddef.h>\n#include <immintrin.h>\nstd::vector<size_t> v;\n"},
          {"b.c", "#include <stdio.h>\nint main(void) { return puts(\"\"); }\n"}};
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  EXPECT_EQ(parse(*pool, {job("a.cpp"), job("b.c", {"-xc", "-std=gnu17"})}), (std::vector<std::string>{"", ""}));
  EXPECT_GT(pool->cpu_seconds(), 0);
  EXPECT_GT(pool->max_rss_kb(), 1000U);
}

TEST_F(PoolTest, SaysWhatWasLookedForAndIsNotThere) {
  base = {{"src/a.cpp", "#if __has_include(\"gone.h\")\n#endif\n#include <x.h>\n"}, {"include/x.h", "\n"}};
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  std::vector<UnitFacts> facts;
  EXPECT_EQ(parse(*pool, {job("src/a.cpp", {"-I/repository/src", "-Iinclude", "-Inowhere"})}, &facts)[0], "");
  const auto missing = [&](const char* path) {
    return std::binary_search(facts[0].missing.begin(), facts[0].missing.end(), hash64(path));
  };
  EXPECT_TRUE(missing("src/gone.h"));
  EXPECT_TRUE(missing("include/gone.h"));
  EXPECT_TRUE(missing("src/x.h"));
  EXPECT_TRUE(missing("nowhere"));
  EXPECT_FALSE(missing("include/x.h"));
}

TEST_F(PoolTest, GeneratedHeadersComeFromDiskAndTrackedOnesDoNot) {
  const ScratchFolder disk;
  disk.write("build/made.h", "int made();\n");
  disk.write("tracked.h", "#error the work tree was read\n");
  std::filesystem::create_symlink("../tracked.h", disk.path() / "build/link.h");
  options.disk_root = disk.path();
  base = {{"a.cpp", "#include \"made.h\"\n#include \"link.h\"\nint x = made() + tracked();\n"},
          {"tracked.h", "int tracked();\n"}};
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  EXPECT_EQ(parse(*pool, {job("a.cpp", {"-Ibuild"})})[0], "");
}

TEST_F(PoolTest, LexesInTheSandbox) {
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  const auto tokens = pool->lex("int x; // x\n", true);
  ASSERT_TRUE(tokens) << to_string(tokens.error());
  EXPECT_FALSE(tokens->empty());
  const auto many = pool->lex(std::string(3U << 20U, 'x'), true);
  EXPECT_TRUE(many) << to_string(many.error());
}

TEST_F(PoolTest, ManyUnitsOnFewSlots) {
  std::vector<ParseJob> jobs;
  for (int i = 0; i < 20; ++i) {
    const auto name = "u" + std::to_string(i) + ".cpp";
    base[name] = "#include \"all.h\"\nint v" + std::to_string(i) + " = all();\n";
    jobs.push_back(job(name));
  }
  base["all.h"] = "#pragma once\nint all();\n";
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  EXPECT_EQ(parse(*pool, jobs), std::vector<std::string>(20));
  EXPECT_EQ(parse(*pool, {jobs[3]}), std::vector<std::string>(1)) << "a second round";
}

TEST(WorkerPool, SaysWhyTheWorkerDoesNotStart) {
  const ScratchFolder folder;
  const auto text = folder.write("no-program", "text");
  const auto other = folder.write("other", "#!/bin/sh\necho 'wrong thing' >&2\nexit 1\n");
  const auto silent = folder.write("silent", "#!/bin/sh\nexit 0\n");
  std::filesystem::permissions(other, std::filesystem::perms::owner_all);
  std::filesystem::permissions(silent, std::filesystem::perms::owner_all);
  const struct {
    std::filesystem::path program;
    std::string expected;
  } cases[] = {{folder.path() / "absent", "cannot run"},
               {text, "cannot run"},
               {other, "did not start: wrong thing"},
               {silent, "did not start"}};
  for (const auto& one : cases) {
    WorkerOptions options;
    options.worker = one.program;
    const auto pool = WorkerPool::start(options, {});
    ASSERT_FALSE(pool);
    EXPECT_EQ(pool.error().kind, Error::Kind::toolchain);
    EXPECT_NE(to_string(pool.error()).find(one.expected), std::string::npos) << to_string(pool.error());
  }
}

}  // namespace
}  // namespace patchgate
