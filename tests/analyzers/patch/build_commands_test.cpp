#include "analyzers/patch/build_commands.h"

#include <chrono>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* name;
  const char* build_file;
  const char* text;
  std::uint32_t line;
};

// Each asks who runs gen.py.
const Case kCases[] = {
    {"cmake", "CMakeLists.txt",
     "project(x)\nadd_custom_command(\n  OUTPUT t.c\n  COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/gen.py > t.c)\n", 2},
    {"cmake, in capitals", "cmake/t.cmake", "ADD_CUSTOM_TARGET (t COMMAND gen.py)\n", 1},
    {"cmake, while it configures", "CMakeLists.txt", "\nexecute_process(COMMAND \"./gen.py\")\n", 2},
    {"installed, not run", "CMakeLists.txt", "install(PROGRAMS tools/gen.py DESTINATION bin)\n", 0},
    {"in a comment", "CMakeLists.txt", "add_custom_command(OUTPUT x # gen.py\n COMMAND y)\n", 0},
    {"a # in quotes is none", "CMakeLists.txt", "add_custom_command(COMMAND echo \"#\" COMMAND gen.py)\n", 1},
    {"a longer name", "CMakeLists.txt", "add_custom_command(COMMAND mygen.py gen.pyc gen.py.in)\n", 0},
    {"after the call", "CMakeLists.txt", "add_custom_command(COMMAND x)\nset(a gen.py)\n", 0},
    {"brackets that never close", "CMakeLists.txt", "add_custom_command((((gen.py", 1},
    {"meson", "src/meson.build", "t = custom_target('t',\n  command : [python, files('gen.py'), '@OUTPUT@'])\n", 1},
    {"meson, found first", "meson.build", "g = find_program('../tools/gen.py')\n", 1},
    {"bazel", "lib/BUILD.bazel", "cc_library(name = 'a')\ngenrule(name = 't', tools = [':gen.py'])\n", 2},
    {"gn", "BUILD.gn", "action(\"t\") {\n  script = \"tools/gen.py\"\n}\n", 1},
    {"a recipe", "Makefile", "t.c: t.in\n\t@python3 tools/gen.py $< > $@\n", 2},
    {"a recipe's next line", "src/Makefile.am", "t.c:\n\tpython3 \\\n  gen.py\n", 3},
    {"not a prerequisite", "Makefile", "dist: gen.py\n\ttar c x\n", 0},
    {"anything else that builds", "SConstruct", "env.Command('t.c', [], './gen.py')\n", 1},
    {"nothing", "CMakeLists.txt", "", 0},
};

/// "gen.py:2 other:5"
std::string runs(const char* build_file, const std::string& text, const std::set<std::string>& programs) {
  std::string all;
  for (const auto& [name, line] : lines_that_run(build_file, text, ProgramNames(programs)))
    all += (all.empty() ? "" : " ") + name + ":" + std::to_string(line);
  return all;
}

TEST(BuildCommands, SayWhatTheyRun) {
  for (const auto& c : kCases)
    EXPECT_EQ(runs(c.build_file, c.text, {"gen.py"}), c.line == 0 ? "" : "gen.py:" + std::to_string(c.line)) << c.name;
}

TEST(BuildCommands, SayOfEachProgramTheFirstLine) {
  const std::string text = "all:\n\tgen.py a@1\n\tgen.py; x@go a@12 go\n\t./make it.sh @go\n";
  EXPECT_EQ(runs("Makefile", text, {"gen.py", "a@1", "a@2", "@go", "make it.sh", "it.sh", "none", "@", ""}),
            "@go:4 a@1:2 gen.py:2 it.sh:4 make it.sh:4");
}

TEST(BuildCommands, ManyProgramsAreFoundInOnePass) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "\tal al al al al al al al al al al al al al al al\n";
  std::set<std::string> programs;
  for (int i = 0; i < 20'000; ++i) programs.insert("al" + std::to_string(i));
  programs.insert("a");
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(runs("Makefile", text, programs), "");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20)) << "one pass for each would take hours";
}

}  // namespace
}  // namespace patchgate
