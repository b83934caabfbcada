#include "analyzers/clang/client/compiler_call.h"

#include <gtest/gtest.h>

#include "analyzers/clang/client/shell_words.h"

namespace patchgate {
namespace {

std::string shown(const char* line) {
  const auto call = read_compiler_call(split_shell_words(line).value());
  if (!call.not_ours.empty()) return "not ours: " + call.not_ours;
  std::string text = call.cplusplus_driver ? "c++" : "c";
  if (!call.target.empty()) text += " for " + call.target;
  for (const auto& argument : call.arguments) text += " " + argument;
  return text;
}

TEST(CompilerCall, IsFoundBehindWrappersAndKnownByItsName) {
  const struct {
    const char* line;
    const char* expected;
  } cases[] = {{"cc -c a.c", "c -c a.c"},
               {"/usr/bin/c++ -c a.cc", "c++ -c a.cc"},
               {"g++-12 -c a.cc", "c++ -c a.cc"},
               {"clang++-19 -c a.cc", "c++ -c a.cc"},
               {"/opt/x/clang-19.1 -c a.c", "c -c a.c"},
               {"ccache /usr/bin/g++ -c a.cc", "c++ -c a.cc"},
               {"env CCACHE_DIR=/x LANG=C ccache gcc -c a.c", "c -c a.c"},
               {"ccache max_size=1G gcc -c a.c", "c -c a.c"},
               {"/bin/sh ../libtool --tag=CC --mode=compile gcc -c a.c", "c -c a.c"},
               {"aarch64-linux-gnu-gcc-12 -c a.c", "c for aarch64-linux-gnu -c a.c"},
               {"arm-none-eabi-g++ -c a.cc", "c++ for arm-none-eabi -c a.cc"},
               {"xtensa-esp32-elf-gcc -c a.c", "c -c a.c"},
               {"my-cc -c a.c", "c -c a.c"},
               {"clang-cl /c a.cc", "not ours: clang-cl or cl"},
               {"nvcc -c a.cu", "not ours: compiler of another language"},
               {"x86_64-linux-gnu-as a.s", "not ours: assembler"},
               {"ar rcs liba.a a.o", "not ours: no compiler"},
               {"ccache", "not ours: no compiler"}};
  for (const auto& one : cases) EXPECT_EQ(shown(one.line), one.expected) << one.line;
}

TEST(CompilerCall, KnowsWhatCompilesNothing) {
  const struct {
    const char* line;
    const char* expected;
  } cases[] = {{"-c a.c", ""},
               {"-MD -MF x -c a.c", ""},
               {"-MMD -M -c a.c", ""},
               {"-E a.c", "only preprocessed (-E)"},
               {"-MM a.c", "only lists what is included (-M)"},
               {"-cc1 -triple x a.c", "a step inside of the compiler (-cc1)"}};
  for (const auto& one : cases)
    EXPECT_EQ(why_not_compiled(split_shell_words(one.line).value()).value_or(""), one.expected) << one.line;
}

TEST(CompilerCall, KnowsTheLanguage) {
  const struct {
    const char* file;
    const char* arguments;
    bool cplusplus_driver;
    Language expected;
  } cases[] = {{"a.c", "", false, Language::c},
               {"a.c", "", true, Language::cplusplus},
               {"a.cpp", "", false, Language::cplusplus},
               {"a.C", "", false, Language::cplusplus},
               {"a.c", "-x c++", false, Language::cplusplus},
               {"a.cpp", "-xc", true, Language::c},
               {"a.c", "-x c++ -x none", false, Language::c},
               {"a.h", "", false, Language::c},
               {"a.hpp", "", false, Language::cplusplus},
               {"a.S", "", false, Language::other},
               {"a.c", "-x assembler-with-cpp", false, Language::other},
               {"a.m", "", false, Language::other},
               {"a.cu", "", true, Language::other},
               {"Makefile", "", false, Language::other}};
  for (const auto& one : cases)
    EXPECT_EQ(language_of(one.file, split_shell_words(one.arguments).value(), one.cplusplus_driver), one.expected)
        << one.file << " " << one.arguments;
}

}  // namespace
}  // namespace patchgate
