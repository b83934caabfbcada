
#include <sys/stat.h>

#include "pool_fixture.h"
#include "scratch_folder.h"

namespace patchgate {
namespace {

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

/// Doubles its instantiations with each level: 2^depth classes.
std::string template_bomb(int depth) {
  return "template <int N, int M> struct T { typename T<N - 1, M * 2>::own a; typename T<N - 1, M * 2 + 1>::own b;\n"
         "  using own = T; };\ntemplate <int M> struct T<0, M> { using own = T; };\nT<" +
         std::to_string(depth) + ", 0> t;\n";
}

struct HostileCase {
  const char* name;
  std::string text;
};

class HostileUnits : public PoolTest, public ::testing::WithParamInterface<HostileCase> {};

/// Each hostile unit runs beside a good one on either side of it, and costs nothing but itself.
TEST_P(HostileUnits, CostsOneUnit) {
  const ScratchFolder disk;
  ASSERT_EQ(::mkfifo((disk.path() / "pipe.h").c_str(), 0600), 0);
  options.disk_root = disk.path();
  options.unit_cpu_seconds = 1;
  options.unit_wall_seconds = 60;
  options.unit_memory_bytes = 512U << 20U;
  base = {{"good.cpp", "int good() { return 1; }\n"}, {"bad.cpp", GetParam().text}};
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  const auto how = parse(*pool, {job("good.cpp"), job("bad.cpp"), job("good.cpp"), job("good.cpp")});
  EXPECT_EQ(how[0], "");
  EXPECT_NE(how[1], "");
  EXPECT_EQ(how[2], "");
  EXPECT_EQ(how[3], "");
  EXPECT_EQ(how[1].find("took longer"), std::string::npos) << how[1];  // it only waited for something
  RecordProperty("how", how[1]);
}

/// Flags that the allow-list would have taken away: the sandbox stops them as well.
TEST_F(PoolTest, HostileFlagsNeitherWriteNorTell) {
  const ScratchFolder disk;
  const auto secret = disk.write("secret", "CANARY_CONTENT words\n").string();
  const auto canary = (disk.path() / "canary").string();
  base = {{"a.cpp", "int a;\n"}};
  auto pool = start();
  ASSERT_TRUE(pool) << to_string(pool.error());
  const std::vector<std::vector<std::string>> hostile = {{"-Xclang", "-header-include-file", "-Xclang", canary},
                                                         {"-Xclang", "-dependency-file", "-Xclang", canary},
                                                         {"--serialize-diagnostics", canary},
                                                         {"-Xclang", "-stats-file=" + canary},
                                                         {"-Xclang", "-diagnostic-log-file", "-Xclang", canary},
                                                         {"-include", secret},
                                                         {"@" + secret},
                                                         {"--config=" + secret},
                                                         {"-fplugin=" + secret},
                                                         {"-o", canary, "-c"}};
  std::vector<ParseJob> jobs;
  for (const auto& arguments : hostile) jobs.push_back(job("a.cpp", arguments));
  const auto result = pool->parse(jobs, [&](const WorkerPool::Outcome& outcome) {
    EXPECT_EQ((outcome.facts + outcome.error).find("CANARY_CONTENT"), std::string::npos) << hostile[outcome.job][0];
  });
  EXPECT_TRUE(result) << to_string(result.error());
  EXPECT_FALSE(std::filesystem::exists(canary));
}

INSTANTIATE_TEST_SUITE_P(
    All, HostileUnits,
    ::testing::Values(HostileCase{"Crash", "#pragma clang __debug crash\n"},
                      HostileCase{"ParserCrash", "#pragma clang __debug parser_crash\n"},
                      HostileCase{"FatalError", "#pragma clang __debug llvm_fatal_error\n"},
                      HostileCase{"StackOverflow", "#pragma clang __debug overflow_stack\n"},
                      HostileCase{"DeepUnary", "int x = " + repeated("- ", 200'000) + "1;\n"},
                      HostileCase{"DeepSum", "int x = 1" + repeated("+1", 300'000) + ";\nint y[x];\n#error end\n"},
                      HostileCase{"DeepPointer", "int " + repeated("*", 500'000) + "p;\n#error end\n"},
                      HostileCase{"Device", "#include \"/dev/zero\"\n"}, HostileCase{"Fifo", "#include \"pipe.h\"\n"},
                      HostileCase{"PasswordFile", "#include \"/etc/passwd\"\n"},
                      HostileCase{"IncludesItself", "#include __FILE__\n#include __FILE__\n"},
                      HostileCase{"TemplateBomb", template_bomb(24)},
                      HostileCase{"BigArray",
                                  "constexpr int f() { char b[500000000] = {}; return b[0]; }\n"
                                  "constexpr int z = f();\nint q[] = {[0 ... 500000000] = 1};\n#error end\n"},
                      HostileCase{"MacroBomb",
                                  "#define A(x) x x x x x x x x x x\n"
                                  "#define B(x) A(A(A(A(x))))\nint y = B(B(B(1)));\n"}),
    [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace patchgate
