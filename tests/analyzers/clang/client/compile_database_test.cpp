#include "analyzers/clang/client/compile_database.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "scratch_folder.h"

namespace patchgate {
namespace {

class CompileDatabaseTest : public ::testing::Test {
 protected:
  CompileDatabaseTest() : root(folder.path() / "work") { std::filesystem::create_directories(root); }

  void add(const std::string& file, const std::string& command, std::string directory = {}) {
    if (directory.empty()) directory = root.string();
    entries.push_back({{"directory", directory}, {"file", file}, {"command", command}});
  }

  /// "file: arguments;" for each command, the root and the folder of the test named by a sign.
  std::string shown() {
    folder.write("work/build/compile_commands.json", entries.dump());
    auto database = load_compile_databases(
        {root / "build"}, work_folder ? root : std::filesystem::path(),
        [&](std::string_view path) { return std::find(tracked.begin(), tracked.end(), path) != tracked.end(); });
    if (!database) return to_string(database.error());
    loaded = std::move(*database);
    std::string text;
    for (const auto& command : loaded.commands) {
      text += command.file + ":";
      for (const auto& argument : command.arguments) text += " " + argument;
      text += "; ";
    }
    return text;
  }

  std::string notes() const {
    std::string text;
    for (const auto& note : loaded.notes) text += note + "\n";
    return text;
  }

  ScratchFolder folder;
  std::filesystem::path root;
  nlohmann::json entries = nlohmann::json::array();
  std::vector<std::string> tracked = {"src/a.cc", "src/b.c"};
  bool work_folder = true;
  CompileDatabase loaded;
};

TEST_F(CompileDatabaseTest, FormsOfFileNamesAndDrivers) {
  add("src/a.cc", "c++ -DA -c src/a.cc");
  add((root / "src/b.c").string(), "gcc -O2 -c b.c", (root / "src").string());
  add("../src/c.c", "g++ -std=c++20 -c ../src/c.c", (root / "build").string());
  EXPECT_EQ(shown(), "src/a.cc: -xc++ -std=gnu++17 -DA; src/b.c: -xc -std=gnu17; src/c.c: -xc++ -std=c++20; ");
  EXPECT_EQ(loaded.root, root);
  EXPECT_EQ(loaded.commands[2].directory, (root / "build").string());
  EXPECT_EQ(notes(), "");
}

TEST_F(CompileDatabaseTest, WhatIsLeftOutIsNoted) {
  add("src/a.cc", "c++ -c src/a.cc");
  add("src/a.cc", "c++ -O3 -c src/a.cc -o other.o");
  add("src/a.cc", "c++ -cc1 -Eonly src/a.cc");
  add("src/a.cc", "c++ -E src/a.cc");
  add("src/a.cc", "cc -MM src/a.cc");
  add("src/a.S", "cc -c src/a.S");
  add("/usr/share/x.c", "cc -c /usr/share/x.c");
  add("src/k.cu", "nvcc -c src/k.cu");
  add("src/q.c", "cc 'open");
  EXPECT_EQ(shown(), "src/a.cc: -xc++ -std=gnu++17; ");
  EXPECT_EQ(notes(),
            "1 entry left out: a step inside of the compiler (-cc1) (src/a.cc)\n"
            "1 entry left out: compiler of another language (src/k.cu)\n"
            "1 entry left out: has a quote that is not closed (q.c)\n"
            "1 entry left out: neither C nor C++ (src/a.S)\n"
            "1 entry left out: not in the repository (x.c)\n"
            "1 entry left out: only lists what is included (-M) (src/a.cc)\n"
            "1 entry left out: only preprocessed (-E) (src/a.cc)\n"
            "1 entry left out: the same as another (src/a.cc)\n");
}

TEST_F(CompileDatabaseTest, SeveralConfigurationsStayAndLibtoolDoublesGo) {
  add("src/a.cc", "c++ -DX=1 -c src/a.cc");
  add("src/a.cc", "c++ -DX=2 -c src/a.cc");
  add("src/b.c", "cc -c src/b.c");
  add("src/b.c", "cc -fPIC -DPIC -c src/b.c");
  shown();
  EXPECT_EQ(loaded.commands.size(), 3U);
  EXPECT_EQ(loaded.for_file("src/a.cc").size(), 2U);
  EXPECT_EQ(loaded.for_file("src/b.c").size(), 1U);
}

TEST_F(CompileDatabaseTest, TheHashDoesNotDependOnThePlace) {
  add("src/a.cc", "c++ -I" + root.string() + "/include -c src/a.cc");
  shown();
  const auto first = loaded.commands.at(0).hash;
  entries.clear();
  work_folder = false;
  add("/container/src/a.cc", "c++ -I/container/include -c src/a.cc", "/container");
  shown();
  EXPECT_EQ(loaded.root, "/container");
  EXPECT_EQ(loaded.commands.at(0).hash, first);
  entries.clear();
  add("/container/src/a.cc", "c++ -I/container/other -c src/a.cc", "/container");
  shown();
  EXPECT_NE(loaded.commands.at(0).hash, first);
}

TEST_F(CompileDatabaseTest, TheRootOfAnotherMachineIsFound) {
  add("/builds/x/src/a.cc", "c++ -c ../src/a.cc", "/builds/x/build");
  add("/builds/x/src/b.c", "cc -c ../src/b.c", "/builds/x/build");
  add("/builds/x/build/made.c", "cc -c made.c", "/builds/x/build");
  EXPECT_EQ(shown(), "build/made.c: -xc -std=gnu17; src/a.cc: -xc++ -std=gnu++17; src/b.c: -xc -std=gnu17; ");
  EXPECT_EQ(loaded.root, "/builds/x");
}

TEST_F(CompileDatabaseTest, ResponseFilesInsideAreRead) {
  folder.write("work/build/a.rsp", "-DFROM=1 '-DTWO=x y' @nested.rsp");
  folder.write("work/build/nested.rsp", "-Inested\n");
  folder.write("secret.rsp", "-DSECRET");
  folder.write("work/build/loop.rsp", "-DLOOP @loop.rsp");
  std::filesystem::create_symlink("../../secret.rsp", root / "build/link.rsp");
  folder.write("work/build/big.rsp", "-DBIG " + std::string(1U << 20U, ' '));
  const auto build = (root / "build").string();
  add("../src/a.cc", "c++ @a.rsp @link.rsp @/etc/hostname @../../secret.rsp @absent.rsp @big.rsp -c ../src/a.cc",
      build);
  add("../src/b.c", "cc @loop.rsp -c ../src/b.c", build);
  EXPECT_EQ(shown(),
            "src/a.cc: -xc++ -std=gnu++17 -DFROM=1 -DTWO=x y -Inested; "
            "src/b.c: -xc -std=gnu17 -DLOOP -DLOOP -DLOOP -DLOOP; ");
  EXPECT_EQ(loaded.dropped_flags["@file"], 6U);
}

TEST_F(CompileDatabaseTest, UnreadableOnesAreNamed) {
  const auto nothing = [](std::string_view) { return false; };
  const auto absent = load_compile_databases({root / "absent.json"}, root, nothing);
  ASSERT_FALSE(absent);
  EXPECT_NE(to_string(absent.error()).find("absent.json: cannot read the compile database: No such file"),
            std::string::npos);
  EXPECT_NE(absent.error().hint, "");
  const auto large = folder.write("large.json", "[]");
  std::filesystem::resize_file(large, (64U << 20U) + 1);
  const auto refused = load_compile_databases({large}, root, nothing);
  ASSERT_FALSE(refused);
  EXPECT_NE(to_string(refused.error()).find("over 64 MiB"), std::string::npos);
  const auto device = load_compile_databases({"/dev/zero"}, root, nothing);
  ASSERT_FALSE(device);
  EXPECT_NE(to_string(device.error()).find("it is not a file"), std::string::npos);
}

TEST_F(CompileDatabaseTest, DoesNotDependOnTheOrderOfEntries) {
  add("src/b.c", "cc -DX=2 -c src/b.c");
  add("src/b.c", "cc -DX=1 -c src/b.c");
  add("src/a.cc", "c++ -c src/a.cc");
  const auto first = shown();
  std::reverse(entries.begin(), entries.end());
  EXPECT_EQ(shown(), first);
}

}  // namespace
}  // namespace patchgate
