#include <algorithm>

#include "pool_fixture.h"

namespace patchgate {
namespace {

struct Parsed {
  std::vector<std::string> how;    ///< facts or error of each job
  std::vector<bool> shared_start;  ///< of each job
  std::size_t shared() const {
    return static_cast<std::size_t>(std::count(shared_start.begin(), shared_start.end(), true));
  }
};

class SharedStartsPool : public PoolTest {
 protected:
  Parsed run(const std::vector<ParseJob>& jobs, bool share, unsigned slots = 1) {
    options.shared_starts = share;
    options.jobs = slots;
    auto pool = start();
    Parsed parsed{std::vector<std::string>(jobs.size(), "never ended"), std::vector<bool>(jobs.size())};
    if (!pool) return parsed;
    const auto result = pool->parse(jobs, [&](WorkerPool::Outcome outcome) {
      EXPECT_EQ(parsed.how[outcome.job], "never ended") << "ended twice";
      parsed.how[outcome.job] = outcome.error.empty() ? outcome.facts : "error: " + outcome.error;
      parsed.shared_start[outcome.job] = outcome.shared_start;
    });
    EXPECT_TRUE(result) << to_string(result.error());
    return parsed;
  }

  /// Units u0.c to u`count - 1`.c, each with the same start and a text of its own.
  std::vector<ParseJob> units(const std::string& start, int count) {
    std::vector<ParseJob> jobs;
    for (int i = 0; i < count; ++i) {
      const auto number = std::to_string(i);
      base["u" + number + ".c"] = start + "int user" + number + "(void) { return f(" + number + "); }\n";
      jobs.push_back(job("u" + number + ".c", {"-std=gnu17"}));
    }
    return jobs;
  }
};

TEST_F(SharedStartsPool, FactsAreTheSameHoweverManySlots) {
  base = {{"a.h", "#pragma once\n#include <stdio.h>\nstatic inline int f(int x) { return x; }\n"},
          {"b.h", "#include \"a.h\"\nint b(void);\n"},
          {"include/c.h", "int c(void);\n"}};
  auto jobs = units("#include \"a.h\"\n", 6);
  for (int i = 0; i < 6; ++i) {
    const auto name = "v" + std::to_string(i) + ".c";
    base[name] = std::string("// text\n#include \"a.h\"\n#include \"b.h\"\n") + (i % 2 == 0 ? "#include <c.h>\n" : "") +
                 "int v" + std::to_string(i) + "(void) { return f(b()); }\n";
    jobs.push_back(job(name, {"-std=gnu17", "-Iinclude"}));
  }
  const auto alone = run(jobs, false);
  EXPECT_EQ(alone.shared(), 0U);
  for (const unsigned slots : {1U, 2U, 3U, 7U}) {
    const auto shared = run(jobs, true, slots);
    EXPECT_TRUE(shared.how == alone.how) << slots << " slots";
    EXPECT_GT(shared.shared(), 0U) << slots << " slots";
  }
  // Two leaders begin at once, each a little sooner or later each time; a unit that is handed over at the end may be
  // alone.
  for (int again = 0; again < 10; ++again) EXPECT_GT(run(jobs, true, 2).shared(), jobs.size() / 2);
  EXPECT_EQ(run(jobs, true, 1).shared(), jobs.size());
  std::reverse(jobs.begin(), jobs.end());
  auto backwards = run(jobs, true, 2).how;
  std::reverse(backwards.begin(), backwards.end());
  EXPECT_TRUE(backwards == alone.how) << "the other way round";
}

struct StartCase {
  const char* name;
  const char* start;
  std::map<std::string, std::string> files;
};
void PrintTo(const StartCase& one, std::ostream* out) { *out << one.name; }

class BadStarts : public SharedStartsPool, public ::testing::WithParamInterface<StartCase> {};

/// A start that cannot be shared costs nothing but time: what is said of its units is what each says itself.
TEST_P(BadStarts, UnitsAreParsedAlone) {
  options.unit_cpu_seconds = 2;
  options.unit_wall_seconds = 60;
  options.unit_memory_bytes = 512U << 20U;
  base = GetParam().files;
  base["good.h"] = "static inline int f(int x) { return x; }\n";
  auto jobs = units(std::string("#include \"good.h\"\n") + GetParam().start, 2);
  base["good0.c"] = "#include \"good.h\"\nint good0(void) { return f(0); }\n";
  base["good1.c"] = "#include \"good.h\"\nint good1(void) { return f(1); }\n";
  jobs.push_back(job("good0.c", {"-std=gnu17"}));
  jobs.push_back(job("good1.c", {"-std=gnu17"}));
  const auto shared = run(jobs, true);
  EXPECT_TRUE(shared.how == run(jobs, false).how) << shared.how[0];
  EXPECT_EQ(shared.shared_start, (std::vector<bool>{false, false, true, true}));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadStarts,
    ::testing::Values(
        StartCase{"MissingHeader", "#include \"gone.h\"\n", {}},
        StartCase{"Error", "#include \"bad.h\"\n", {{"bad.h", "int f(char*);\n#error no\n"}}},
        StartCase{"Crash", "#include \"bad.h\"\n", {{"bad.h", "#pragma clang __debug crash\n"}}},
        StartCase{"FatalError", "#include \"bad.h\"\n", {{"bad.h", "#pragma clang __debug llvm_fatal_error\n"}}},
        StartCase{"Level", "#include \"bad.h\"\n", {{"bad.h", "int level = __INCLUDE_LEVEL__;\n"}}},
        StartCase{"Endless",
                  "#include \"bad.h\"\n",
                  {{"bad.h",
                    "#define A(x) x x x x x x x x x x\n#define B(x) A(A(A(A(x))))\n"
                    "int y = B(B(B(1)));\n"}}}),
    [](const auto& one) { return std::string(one.param.name); });

TEST_F(SharedStartsPool, BadUnitCostsNothingButItself) {
  options.unit_cpu_seconds = 1;
  options.unit_wall_seconds = 60;
  base = {{"a.h", "static inline int f(int x) { return x; }\n"}};
  auto jobs = units("#include \"a.h\"\n", 6);
  base["u1.c"] += "#pragma clang __debug crash\n";
  base["u2.c"] += "int x = gone();\n#error no\n";
  base["u4.c"] += "#define A(x) x x x x x x x x x x\n#define B(x) A(A(A(A(x))))\nint y = B(B(B(1)));\n";
  const auto shared = run(jobs, true);
  const auto alone = run(jobs, false);
  for (const std::size_t good : {0U, 2U, 3U, 5U}) EXPECT_TRUE(shared.how[good] == alone.how[good]) << good;
  EXPECT_EQ(shared.how[1], alone.how[1]);
  EXPECT_TRUE(shared.how[4].starts_with("error: ")) << "it has no end";
  EXPECT_EQ(shared.shared_start, (std::vector<bool>{true, false, false, true, false, true}));
}

/// The sides have files of their own, and so have folders and flags.
TEST_F(SharedStartsPool, OnlyAlikeUnitsShare) {
  base = {{"a.h", "static inline int f(int x) { return x; }\n"},
          {"sub/a.h", "static inline int f(int x) { return -x; }\n"}};
  head = {{"a.h", "static inline int f(int x) { return x + 1; }\n"}};
  auto jobs = units("#include \"a.h\"\n", 2);
  head["u0.c"] = base["u0.c"];
  base["sub/u2.c"] = base["u0.c"];
  base["u3.cpp"] = base["u0.c"];
  jobs.push_back(job("u0.c", {"-std=gnu17"}, SourceSide::head));
  jobs.push_back(job("sub/u2.c", {"-std=gnu17"}));
  jobs.push_back(job("u3.cpp", {"-std=c++17"}));
  jobs.push_back(job("u1.c", {"-std=gnu17", "-DX"}));
  const auto shared = run(jobs, true);
  EXPECT_TRUE(shared.how == run(jobs, false).how);
  EXPECT_EQ(shared.shared_start, (std::vector<bool>{true, true, false, false, false, false}));
}

}  // namespace
}  // namespace patchgate
