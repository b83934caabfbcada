#include "analyzers/clang/client/compile_entries.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

std::string shown(std::string_view text) {
  const auto entries = parse_compile_entries(text, "db.json");
  if (!entries) return to_string(entries.error()).substr(0, to_string(entries.error()).find('\n'));
  std::string all;
  for (const auto& entry : *entries) {
    all += std::to_string(entry.line) + " " + entry.directory + " " + entry.file;
    for (const auto& word : entry.words) all += " [" + word + "]";
    all += entry.unusable.empty() ? ";" : " unusable: " + entry.unusable + ";";
  }
  return all;
}

TEST(CompileEntries, AreRead) {
  const struct {
    const char* text;
    const char* expected;
  } cases[] = {
      {"[]", ""},
      {R"([{"directory":"/b","file":"a.c","command":"cc -c 'a b.c'"}])", "1 /b a.c [cc] [-c] [a b.c];"},
      {R"([{"directory":"/b","file":"a.c","arguments":["cc","-DX=a b"],"output":"a.o"}])", "1 /b a.c [cc] [-DX=a b];"},
      {"[\n{\"directory\":\"/b\",\n\"file\":\"a.c\",\"command\":\"cc\"},\n\n{\"directory\":\"/"
       "b\",\"file\":\"b.c\",\"command\":"
       "\"cc\"}\n]",
       "2 /b a.c [cc];5 /b b.c [cc];"},
      {R"([{"directory":"/b","file":"a.c","command":"x y","arguments":["cc"],"extra":{"deep":[1,{"file":"z"}]}}])",
       "1 /b a.c [cc];"},
      {R"([{"file":"a.c","command":"cc"}])", "1  a.c [cc] unusable: has no \"directory\";"},
      {R"([{"directory":"/b","command":"cc"}])", "1 /b  [cc] unusable: has no \"file\";"},
      {R"([{"directory":"/b","file":"a.c"}])", "1 /b a.c unusable: has no command;"},
      {R"([{"directory":"/b","file":"a.c","arguments":[]}])", "1 /b a.c unusable: has no command;"},
      {R"([{"directory":"/b","file":"a.c","command":"cc 'x"}])", "1 /b a.c unusable: has a quote that is not closed;"},
      {R"([{"directory":"/b","file":"a\u0000.c","command":"cc"}])", nullptr},
  };
  for (const auto& one : cases) {
    if (one.expected != nullptr)
      EXPECT_EQ(shown(one.text), one.expected) << one.text;
    else
      EXPECT_NE(shown(one.text).find("unusable: holds a NUL character"), std::string::npos) << shown(one.text);
  }
}

TEST(CompileEntries, WrongDatabasesAreRefusedWithTheirLine) {
  const std::string deep = "[{\"x\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}]";
  using namespace std::string_literals;
  const struct {
    std::string text;
    const char* expected;
  } cases[] = {
      {"", "db.json:1: the compile database is not JSON"},
      {"[\n{\"directory\":\n]", "db.json:3: the compile database is not JSON"},
      {"[] trailing", "db.json:1: the compile database is not JSON"},
      {"[]\n\0garbage"s, "db.json:2: the compile database holds a NUL byte"},
      {"{}",
       "db.json:1: the compile database is not a compile database: an object where an array of entries "
       "should be"},
      {"\n7", "db.json:2: the compile database is not a compile database: a number where an entry should be"},
      {"[7]", "db.json:1: the compile database is not a compile database: a number where an entry should be"},
      {"[[]]", "db.json:1: the compile database is not a compile database: an array where an entry should be"},
      {"[{\"file\":\n7}]", "db.json:2: the compile database has an entry whose \"file\" is a number"},
      {R"([{"arguments":"cc"}])", "db.json:1: the compile database has an entry whose \"arguments\" is a string"},
      {R"([{"arguments":[1]}])", "db.json:1: the compile database has an entry whose \"arguments\" hold a number"},
      {R"([{"arguments":[["x"]]}])", "db.json:1: the compile database has an entry whose \"arguments\" hold an array"},
      {R"([{"file":"a","file":"b"}])", "db.json:1: the compile database names \"file\" twice in one entry"},
      {deep, "db.json:1: the compile database is nested deeper than 64"},
      {"[{\"file\":\"\xff\"}]", "db.json:1: the compile database is not JSON"}};
  for (const auto& one : cases) EXPECT_EQ(shown(one.text), one.expected) << one.text.substr(0, 80);
}

}  // namespace
}  // namespace patchgate
