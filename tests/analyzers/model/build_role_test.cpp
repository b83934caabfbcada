#include "analyzers/model/build_role.h"

#include <gtest/gtest.h>

#include "analyzers/model/patch.h"

namespace patchgate {
namespace {

struct Case {
  const char* path;
  const char* role;
  const char* file_class;
};

const Case kCases[] = {
    // which code is compiled, and how
    {"CMakeLists.txt", "build", "build"},
    {"cmake/flags.cmake", "build", "build"},
    {"CMakePresets.json", "build", "build"},
    {"meson.build", "build", "build"},
    {"meson_options.txt", "build", "build"},
    {"Makefile", "build", "build"},
    {"src/Makefile.am", "build", "build"},
    {"Makefile.in", "build", "build"},
    {"GNUmakefile", "build", "build"},
    {"mk/rules.mk", "build", "build"},
    {"lib/BUILD.bazel", "build", "build"},
    {"lib/BUILD", "build", "build"},
    {"tools/defs.bzl", "build", "build"},
    {"configure.ac", "build", "build"},
    {"m4/check.m4", "build", "build"},
    {"BUILD.gn", "build", "build"},
    {"debian/rules", "build", "build"},
    {"tests/CMakeLists.txt", "build", "build"},
    // what is linked
    {"src/lib.map", "link", "build"},
    {"src/kernel.ld", "link", "build"},
    {"arch/x86/kernel/vmlinux.lds", "link", "build"},
    {"arch/x86/kernel/vmlinux.lds.S", "link", "build"},
    {"src/libz.sym", "link", "build"},
    {"src/libz.map.in", "link", "build"},
    {"web/app.js.map", "none", "other"},
    {"tests/data/expected.map", "link", "test"},
    // what source is made from
    {"src/parse.y", "generator", "source"},
    {"src/scan.l", "generator", "source"},
    {"api/user.proto", "generator", "source"},
    {"src/config.h.in", "generator", "build"},
    {"src/version.c.in", "generator", "source"},
    {"src/lexer.re", "generator", "source"},
    {"src/table.tmpl", "generator", "source"},
    {"include/Ops.td", "generator", "source"},
    {"src/view.hpp.j2", "generator", "source"},
    {"tests/parse.y", "generator", "test"},
    {"t/data/1.in", "none", "test"},
    {"doc/page.html.in", "none", "other"},
    // neither; a script is a generator only where a build file runs it
    {"src/a.c", "none", "source"},
    {"src/commands.def", "none", "source"},
    {"tools/gen.py", "none", "source"},
    {"Dockerfile", "none", "build"},
    {"package.json", "none", "build"},
    {"README.md", "none", "other"},
    {"", "none", "other"},
    {".in", "none", "other"},
};

TEST(BuildRole, FollowsFromTheName) {
  for (const auto& c : kCases) {
    EXPECT_STREQ(name_of(build_role(c.path)), c.role) << c.path;
    EXPECT_STREQ(name_of(classify(c.path)), c.file_class) << c.path;
  }
}

TEST(BuildRole, Scripts) {
  for (const char* path : {"tools/gen.py", "gen.pl", "mk.sh", "tools/x.awk", "GIT-VERSION-GEN", "tools.d/run"})
    EXPECT_TRUE(may_be_script(path)) << path;
  for (const char* path : {"a.c", "a.txt", "a.md", "a.json"}) EXPECT_FALSE(may_be_script(path)) << path;
}

TEST(BuildRole, ModuleDefinitionsAreToldFromHeadersByTheirText) {
  for (const char* text : {"EXPORTS\n f\n", "; ours\n\nLIBRARY z\n", " \r\nNAME app\r\n", "VERSION 1.2", "EXPORTS"})
    EXPECT_TRUE(is_module_definition(text)) << text;
  for (const char* text :
       {"", "; only\n", "OP(add, 1)\n", "// EXPORTS\n", "EXPORTS_TABLE(x)", "#define X\n", "EXPORTS(x)"})
    EXPECT_FALSE(is_module_definition(text)) << text;
}

}  // namespace
}  // namespace patchgate
