#include "analyzers/clang/client/allowed_arguments.h"

#include <gtest/gtest.h>

#include "analyzers/clang/client/compile_database.h"
#include "analyzers/clang/client/shell_words.h"

namespace patchgate {
namespace {

/// "kept | dropped", in the repository /r with commands run in /r/build.
std::string shown(std::string_view line, Language language = Language::cplusplus, std::string target = {}) {
  FlagSetting setting;
  setting.directory = "/r/build";
  setting.include_folders = {"/r", "/elsewhere/build"};
  setting.language = language;
  setting.target = std::move(target);
  std::map<std::string, std::uint32_t> dropped;
  std::string text;
  for (const auto& word : allowed_flags(split_shell_words(line).value(), setting, dropped))
    text += (text.empty() ? "" : " ") + word;
  text += " |";
  for (const auto& [flag, times] : dropped) text += " " + flag + (times == 1 ? "" : "*" + std::to_string(times));
  return text;
}

struct Case {
  const char* line;
  const char* expected;
};

void expect_all(std::initializer_list<Case> cases, Language language = Language::cplusplus) {
  for (const auto& one : cases) EXPECT_EQ(shown(one.line, language), one.expected) << one.line;
}

TEST(AllowedArguments, WhatChangesTheMeaningStays) {
  expect_all({{"-DA -D B=1 -UC -U D", "-DA -DB=1 -UC -UD |"},
              {"-Iinc -I ../x -isystem /usr/x -isystem/usr/y -iquote q -idirafter z -F f",
               "-Iinc -I../x -isystem/usr/x -isystem/usr/y -iquoteq -idirafterz -Ff |"},
              {"-fno-exceptions -fno-rtti -fshort-enums -funsigned-char -fopenmp -pthread -ffreestanding",
               "-fno-exceptions -fno-rtti -fshort-enums -funsigned-char -fopenmp -pthread -ffreestanding |"},
              {"-fno-builtin-memcpy -fpack-struct=4 -m32 -mavx2 -mno-sse4.2",
               "-fno-builtin-memcpy -fpack-struct=4 -m32 -mavx2 -mno-sse4.2 |"},
              {"-nostdinc -nostdinc++ -stdlib=libc++ -undef -trigraphs",
               "-nostdinc -nostdinc++ -stdlib=libc++ -undef "
               "-trigraphs |"},
              {"-ftemplate-depth-900 -ftemplate-depth=1000000 -fbracket-depth=-1",
               "-ftemplate-depth=900 -ftemplate-depth=4096 | -fbracket-depth"},
              {"-Wp,-DX=1,-MD,a.d -Wp,-D_FORTIFY_SOURCE=2", "-DX=1 -D_FORTIFY_SOURCE=2 |"},
              {"-DS=\"a b\" '-DQ=\"x\"'", "-DS=a b -DQ=\"x\" |"}});
}

TEST(AllowedArguments, WhatIsOfNoMatterGoesQuietly) {
  expect_all(
      {{"-O2 -g -g3 -ggdb -Wall -Wextra -Werror=foo -w -pedantic -pipe -c -o a.o a.cc", " |"},
       {"-MD -MMD -MP -MF a.d -MT a.o -MQ a.o", " |"},
       {"-fPIC -fvisibility=hidden -fstack-protector-strong -flto=auto -fno-strict-aliasing -fsanitize=address", " |"},
       {"-fno-canonical-system-headers -fconserve-stack -fipa-pta -fno-ipa-sra -fno-var-tracking-assignments "
        "-fanalyzer -fmin-function-alignment=16 -fno-allow-store-data-races -fzero-init-padding-bits=all "
        "-flive-patching=inline -fdiagnostics-show-context=2 -fmerge-constants",
        " |"},
       {"-mtune=generic -mno-direct-extern-access -mpreferred-stack-boundary=3 -mabi=ms -mindirect-branch=thunk", " |"},
       {"-L/x -lfoo -Wl,-z,now -shared -static -rdynamic -Xlinker -x --param max=1 -specs=x", " |"},
       {"-fdebug-prefix-map=/a=b -ffile-prefix-map=/a=b --coverage -save-temps", " |"}});
}

TEST(AllowedArguments, WhatCouldDoHarmGoesAndIsCounted) {
  expect_all({{"-Xclang -load -Xclang /tmp/x.so", " | -Xclang*2"},
              {"-Xclang -header-include-file -Xclang /tmp/canary", " | -Xclang*2"},
              {"-Xclang -dependency-file -Xclang /tmp/canary", " | -Xclang*2"},
              {"-fplugin=/tmp/x.so -fplugin-arg-x-y=z -fpass-plugin=/tmp/x.so",
               " | -fpass-plugin -fplugin "
               "-fplugin-arg-x-y"},
              {"-mllvm -load=/tmp/x.so", " | -mllvm"},
              {"--serialize-diagnostics /tmp/canary -serialize-diagnostics /tmp/canary",
               " | --serialize-diagnostics -serialize-diagnostics"},
              {"--config=/etc/passwd --config /etc/passwd", " | --config*2"},
              {"@/etc/hostname", " | @file"},
              {"-include /etc/shadow -include ../../etc/shadow -imacros /etc/shadow", " | -imacros -include*2"},
              {"-ivfsoverlay x.yaml -include-pch x.pch -B /tmp -resource-dir=/tmp -resource-dir /tmp",
               " | -B -include-pch -ivfsoverlay -resource-dir*2"},
              {"-fmodule-map-file=/tmp/x -fmodules -fmodules-cache-path=/tmp/x",
               " | -fmodule-map-file -fmodules -fmodules-cache-path"},
              {"-working-directory /etc -working-directory=/etc", " | -working-directory*2"},
              {"-wrapper /bin/sh,-c", " | -wrapper"},
              {"-index-store-path /tmp/x -fsave-optimization-record=/tmp/x",
               " | -fsave-optimization-record -index-store-path"},
              {"--sysroot=/home/x -isysroot /etc --gcc-toolchain=/home/x", " | --gcc-toolchain --sysroot -isysroot"},
              {"-I- -I -Xclang -isystem -after -include -pch", " | -I*2 -include -isystem"},
              {"-D -Xclang -D= -U 1", " | -D*2 -U"},
              {"-unheard-of --also=x", " | --also"},
              {"-D", " | -D"},
              {"-- -DX @/etc/passwd", " |"}});
}

TEST(AllowedArguments, NewLinesInAMacroGo) {
  std::map<std::string, std::uint32_t> dropped;
  EXPECT_TRUE(allowed_arguments({"-DA=1\n#include \"/etc/passwd\""}, "/r", "/r", dropped).empty());
  EXPECT_EQ(dropped.size(), 1U);
}

TEST(AllowedArguments, FilesAndFoldersInsideStay) {
  expect_all({{"-include config.h -include ../a.h -include /r/b.h -include /elsewhere/build/c.h",
               "-includeconfig.h -include../a.h -include/r/b.h -include/elsewhere/build/c.h |"},
              {"--sysroot=/usr/aarch64-linux-gnu --sysroot /opt/sdk -isysroot /r/sysroot",
               "--sysroot=/usr/aarch64-linux-gnu --sysroot=/opt/sdk -isysroot/r/sysroot |"},
              {"--sysroot=/", " |"}});
}

TEST(AllowedArguments, StandardsAreThoseThatClangKnows) {
  expect_all({{"-std=c++11", "-std=c++11 |"},
              {"-std=gnu++2b", "-std=gnu++23 |"},
              {"-std=c++2c", "-std=c++26 |"},
              {"--std=c++1z", "-std=c++17 |"},
              {"-std=c++29", "-std=c++26 | -std"},
              {"-std=gnu++2d", "-std=gnu++26 | -std"},
              {"-std=c++11 -DX -std=c++17", "-std=c++17 -DX |"},
              {"-std=c11", " | -std"},
              {"-std=nonsense", " | -std"},
              {"-ansi", "-std=c++98 |"}});
  expect_all({{"-std=gnu18", "-std=gnu17 |"},
              {"-std=iso9899:2024", "-std=c23 |"},
              {"-std=gnu2x", "-std=gnu23 |"},
              {"-std=c2y", "-std=c23 | -std"},
              {"-std=c++17", " | -std"},
              {"-ansi", "-std=c89 |"},
              {"-fgnu89-inline -fcoroutines", "-fgnu89-inline |"}},
             Language::c);
}

TEST(AllowedArguments, TargetsAndProcessors) {
  expect_all(
      {{"-march=haswell -mtune=native", "-march=haswell |"},
       {"-march=native", " | -march"},
       {"-march=nonsense", " | -march"},
       {"--target=aarch64-linux-gnu -march=armv8.2-a+crc -mavx2", "--target=aarch64-linux-gnu -march=armv8.2-a+crc |"},
       {"-target i686-linux-gnu -msse2", "--target=i686-linux-gnu -msse2 |"},
       {"--target=xtensa-esp32-elf", " | --target"},
       {"--target=x86_64-linux-gnu/../../x", " | --target"}});
  EXPECT_EQ(shown("-march=armv7-a -mfpu=neon", Language::c, "arm-linux-gnueabihf"),
            "--target=arm-linux-gnueabihf -march=armv7-a |");
}

TEST(AllowedArguments, LongValuesGo) {
  std::map<std::string, std::uint32_t> dropped;
  EXPECT_TRUE(allowed_arguments({"-DX=" + std::string(40'000, 'x')}, "/r", "/r", dropped).empty());
  EXPECT_EQ(allowed_arguments({"-DX=" + std::string(30'000, 'x')}, "/r", "/r", dropped).size(), 1U);
  allowed_arguments({"-" + std::string(1000, 'y')}, "/r", "/r", dropped);
  for (const auto& [flag, times] : dropped) EXPECT_LE(flag.size(), 48U);
}

}  // namespace
}  // namespace patchgate
