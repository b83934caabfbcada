#include <gtest/gtest.h>

#include "analyzers/model/patch.h"

namespace patchgate {
namespace {

struct Case {
  const char* path;
  const char* expected;
};

const Case kCases[] = {
    // program text
    {"main.c", "source"},
    {"src/dict.c", "source"},
    {"include/re2/re2.h", "source"},
    {"src/x.C", "source"},
    {"src/x.c++", "source"},
    {"src/commands.def", "source"},
    {"src/table.inc", "source"},
    {"tools/run.py", "source"},
    {"src/lib.rs", "source"},
    {"src/start.S", "source"},
    {"migration/ram.c", "source"},
    {"db/migrate/apply.cpp", "source"},
    {"src/contest.cpp", "source"},
    {"src/Contest.cpp", "source"},
    {"src/latest.c", "source"},
    {"src/Testament.cpp", "source"},
    {"src/attestation.c", "source"},
    {"T/x.c", "source"},
    {"test.d/x.c", "source"},
    {"mytests/x.c", "source"},
    // tests by folder
    {"tests/fee.cpp", "test"},
    {"test/fee.cpp", "test"},
    {"Tests/Fee.swift", "test"},
    {"t/helper/run.c", "test"},
    {"llvm/unittests/IR/Value.cpp", "test"},
    {"src/spec/fee.rb", "test"},
    {"tools/testing/selftests/net/x.sh", "test"},
    {"tests/data/rows.sql", "test"},
    {"tests/golden/report.json", "test"},
    {"db/tests/migrations/1.py", "test"},
    // tests by name
    {"src/test_fee.c", "test"},
    {"src/fee_test.cc", "test"},
    {"src/test-fee.c", "test"},
    {"src/fee-test.c", "test"},
    {"src/feeTest.cpp", "test"},
    {"src/FeeTests.cpp", "test"},
    {"src/TestFee.java", "test"},
    {"src/fee_unittest.cc", "test"},
    {"src/fee.test.ts", "test"},
    {"src/fee_spec.rb", "test"},
    {"src/test.c", "test"},
    {"src/test12.c", "test"},
    {"docs/test_plan.txt", "other"},
    // how to build
    {"CMakeLists.txt", "build"},
    {"tests/CMakeLists.txt", "build"},
    {"cmake/folders.cmake", "build"},
    {"Makefile", "build"},
    {"src/Makefile.am", "build"},
    {"GNUmakefile", "build"},
    {"config.mk", "build"},
    {"configure.ac", "build"},
    {"configure", "build"},
    {"m4/check.m4", "build"},
    {"meson.build", "build"},
    {"meson_options.txt", "build"},
    {"pkg/BUILD", "build"},
    {"pkg/BUILD.bazel", "build"},
    {"WORKSPACE", "build"},
    {"defs.bzl", "build"},
    {"Dockerfile", "build"},
    {"package.json", "build"},
    {"setup.py", "build"},
    {"debian/rules", "build"},
    // configuration
    {"config/prod.yaml", "config"},
    {".github/workflows/ci.yml", "config"},
    {".gitlab-ci.yml", "config"},
    {"redis.conf", "config"},
    {"app.toml", "config"},
    {"deploy/values.json", "config"},
    {".clang-format", "config"},
    {".gitattributes", "config"},
    // databases
    {"schema.sql", "migration"},
    {"db/0001.SQL", "migration"},
    {"app/migrations/0002_drop.py", "migration"},
    {"db/migrate/20240101_add.rb", "migration"},
    {"alembic/versions/1a2b_add.py", "migration"},
    {"alembic/env.py", "source"},
    {"db/changelog/add.xml", "migration"},
    {"docs/changelog/2.yaml", "config"},
    // the gate's own
    {".patchgate/policy.json", "gate"},
    {".patchgate/tests/hotfix.json", "gate"},
    {"CODEOWNERS", "gate"},
    {".github/CODEOWNERS", "gate"},
    {"docs/CODEOWNERS", "gate"},
    {".github/workflows/patchgate.yml", "gate"},
    {".github/workflows/run-PatchGate.yaml", "gate"},
    {"sub/.patchgate/policy.json", "config"},
    {"src/CODEOWNERS", "other"},
    // the rest
    {"README.md", "other"},
    {"LICENSE", "other"},
    {"logo.png", "other"},
    {".c", "other"},
    {"c", "other"},
    {"", "other"},
    {"/", "other"},
    {"name.", "other"},
    {"src/x.cpp.orig", "other"},
    {"src/\xff\xfe.cpp", "source"},
};

TEST(Classify, ByNameAndFolder) {
  for (const auto& c : kCases) EXPECT_STREQ(name_of(classify(c.path)), c.expected) << c.path;
}

TEST(Classify, KnowsTheCFamily) {
  for (const char* path : {"a.c", "a.cc", "a.cpp", "a.cxx", "a.c++", "a.C", "a.cu"}) {
    EXPECT_TRUE(is_c_family(path)) << path;
    EXPECT_FALSE(is_header(path)) << path;
  }
  for (const char* path : {"a.h", "a.hh", "a.hpp", "a.hxx", "a.h++", "a.H", "a.inl", "a.ipp", "a.tpp", "a.tcc", "a.txx",
                           "a.inc", "a.def", "a.cuh", "x/y.z/a.h"}) {
    EXPECT_TRUE(is_c_family(path)) << path;
    EXPECT_TRUE(is_header(path)) << path;
  }
  for (const char* path :
       {"a.py", "a.java", "a.c.orig", "c", ".c", "a.", "a.h/b", "a.CPP", "tests/data/Makefile.inc"}) {
    EXPECT_FALSE(is_c_family(path)) << path;
    EXPECT_FALSE(is_header(path)) << path;
  }
}

TEST(IsVendored, ByTheNameOfAFolder) {
  for (const char* path : {"deps/lua/src/lua.c", "src/third_party/x.c", "Third-Party/x.c", "vendor/a/b.h",
                           "libs/external/zlib/zlib.h", "subprojects/x/y.c"}) {
    EXPECT_TRUE(is_vendored(path)) << path;
  }
  for (const char* path : {"src/deps.c", "vendor.c", "dependencies/x.c", "vendors_list/x.c", ""}) {
    EXPECT_FALSE(is_vendored(path)) << path;
  }
}

}  // namespace
}  // namespace patchgate
