#include "analyzers/rollout/flag_guards.h"

#include <gtest/gtest.h>

#include "analyzers/rollout/guard_regions.h"
#include "analyzers/rollout/rollout.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// One changed file, told as a difference: lines with a leading `-`, `+` or blank. Returns its hunks and both sides.
FileChange told(const std::string& path, const std::string& difference, ChangedCode& code) {
  FileChange file;
  file.path = code.path = path;
  file.c_family = true;
  file.file_class = FileClass::source;
  std::uint32_t base = 0, head = 0;
  bool open = false;
  for (const std::string& line : lines_of(difference)) {
    const char sign = line.empty() ? ' ' : line[0];
    const std::string text = line.empty() ? "" : line.substr(1);
    if (sign == ' ') open = false;
    if (sign != ' ' && !open) file.hunks.push_back({{base, 0}, {head, 0}});
    if (sign != ' ') open = true;
    if (sign != '+') {
      ++base;
      code.base += text + "\n";
    }
    if (sign != '-') {
      ++head;
      code.head += text + "\n";
    }
    if (sign == ' ') continue;
    Hunk& hunk = file.hunks.back();
    LineRange& side = sign == '-' ? hunk.base : hunk.head;
    if (side.count++ == 0) side.first = sign == '-' ? base : head;
  }
  return file;
}

/// "k=true at src/a.cpp:2", further keys, then what is not guarded.
std::string guarded(const std::string& symbols, const std::vector<std::pair<std::string, std::string>>& files) {
  test::Story story(symbols);
  for (const auto& [path, difference] : files) {
    ChangedCode code;
    story.patch.files.push_back(told(path, difference, code));
    story.context.rollout_inputs.changed_code.push_back(std::move(code));
  }
  const auto functions = parse_flag_catalogue("built-in", builtin_flag_catalogue());
  EXPECT_TRUE(functions) << to_string(functions.error());
  const GuardedPatch found = find_guards(story.context, story.findings.touched, *functions);
  std::string text;
  for (const auto& [key, when] : found.keys) text += key + "=" + (when ? "true" : "false") + " ";
  for (const FlagGuard& guard : found.guards) text += "at " + guard.at.file + ":" + std::to_string(guard.at.line) + " ";
  for (const Place& at : found.unguarded) text += "not " + at.file + ":" + std::to_string(at.line) + " ";
  return text.empty() ? "nothing" : text.substr(0, text.size() - 1);
}

struct Case {
  const char* name;
  const char* difference;
  const char* expected;
};

/// f fills the whole file.
const Case kCases[] = {
    {"new code in a branch", " void f() {\n+  if (c.BoolVariation(u, \"k\", false)) {\n+    g();\n+  }\n }\n",
     "k=true at src/a.cpp:2"},
    {"old code in the other branch",
     " void f() {\n-  g();\n+  if (ld->BoolVariation(u, \"k\", false)) {\n+    h();\n+  } else {\n+    g();\n+  }\n "
     "}\n",
     "k=true at src/a.cpp:2"},
    {"the other branch is not what stood there",
     " void f() {\n-  g(1);\n+  if (c.BoolVariation(u, \"k\", false)) {\n+    h();\n+  } else {\n+    g(2);\n+  }\n "
     "}\n",
     "nothing"},
    {"negated, with branches the other way round",
     " void f() {\n-  g();\n+  if (!c.BoolVariation(u, \"k\", false)) g();\n+  else h();\n }\n",
     "k=true at src/a.cpp:2"},
    {"new code where the flag is off", " void f() {\n+  if (!c.BoolVariation(u, \"k\", true)) g();\n }\n",
     "k=false at src/a.cpp:2"},
    {"an early return with the old code",
     " int f() {\n-  return g();\n+  if (!c.BoolVariation(u, \"k\", false)) return g();\n+  return h();\n }\n",
     "k=true at src/a.cpp:2"},
    {"an early return in front of new code alone",
     " void f() {\n   g();\n+  if (!c.BoolVariation(u, \"k\", false)) return;\n+  h();\n }\n", "k=true at src/a.cpp:3"},
    {"an early return in front of code that was there",
     " void f() {\n+  if (!c.BoolVariation(u, \"k\", false)) return;\n+  h();\n   g();\n }\n",
     "k=false at src/a.cpp:2 not src/a.cpp:2"},
    {"a guard that stood there",
     " void f() {\n   if (c.BoolVariation(u, \"k\", false)) {\n-    g(1);\n+    g(2);\n   }\n }\n", "nothing"},
    {"one more line behind a guard that stood there",
     " void f() {\n   if (c.BoolVariation(u, \"k\", false)) {\n     g(1);\n+    g(2);\n   }\n }\n",
     "k=true at src/a.cpp:2"},
    {"a guard around code that was there",
     " void f() {\n+  if (c.BoolVariation(u, \"k\", false)) {\n   g();\n+  }\n }\n", "k=false at src/a.cpp:2"},
    {"a variable", " void f() {\n+  const bool on = c.BoolVariation(u, \"k\", false);\n+  if (on) g();\n }\n",
     "k=true at src/a.cpp:2"},
    {"a variable that gets another value",
     " void f() {\n+  bool on = c.BoolVariation(u, \"k\", false);\n+  on = true;\n+  if (on) g();\n }\n", "nothing"},
    {"a variable of another block",
     " void f() {\n+  { auto on = c.BoolVariation(u, \"k\", false); }\n+  if (on) g();\n }\n", "nothing"},
    {"beside another condition", " void f(bool x) {\n+  if (x && c.BoolVariation(u, \"k\", false)) g();\n }\n",
     "k=true at src/a.cpp:2"},
    {"or another condition", " void f(bool x) {\n+  if (x || c.BoolVariation(u, \"k\", false)) g();\n }\n", "nothing"},
    {"an early return that another condition may cause as well",
     " int f(bool x) {\n-  return g();\n+  if (x || !c.BoolVariation(u, \"k\", false)) return g();\n+  return h();\n "
     "}\n",
     "k=true at src/a.cpp:2"},
    {"an early return that the flag alone does not cause",
     " int f(bool x) {\n-  return g();\n+  if (x && !c.BoolVariation(u, \"k\", false)) return g();\n+  return h();\n "
     "}\n",
     "nothing"},
    {"a condition with a statement in front",
     " void f() {\n+  if (auto u = user(); c.BoolVariation(u, \"k\", false)) g();\n }\n", "k=true at src/a.cpp:2"},
    {"else if", " void f(bool x) {\n   if (x) g();\n+  else if (c.BoolVariation(u, \"k\", false)) h();\n }\n",
     "k=true at src/a.cpp:3"},
    {"two flags",
     " void f() {\n+  if (c.BoolVariation(u, \"k\", false)) g();\n   x();\n+  if (c.isEnabled(\"j\")) h();\n }\n",
     "j=true k=true at src/a.cpp:2 at src/a.cpp:4"},
    {"a part is not guarded",
     " void f() {\n+  if (c.BoolVariation(u, \"k\", false)) g();\n   x();\n-  y(1);\n+  y(2);\n }\n",
     "k=true at src/a.cpp:2 not src/a.cpp:4"},
    {"a comment beside it",
     " void f() {\n+  if (c.BoolVariation(u, \"k\", false)) g();\n   x();\n+  // if it is on\n }\n",
     "k=true at src/a.cpp:2"},
    {"the words in a comment and in a text",
     " void f() {\n+  // if (c.BoolVariation(u, \"k\", false))\n+  g(\"if (c.BoolVariation(u, k))\");\n }\n",
     "nothing"},
    {"a key that is a name", " void f() {\n+  if (c.BoolVariation(u, kKey, false)) g();\n }\n", "nothing"},
    {"a key made of two texts", " void f() {\n+  if (c.BoolVariation(u, \"k\" \"j\", false)) g();\n }\n", "nothing"},
    {"a call of something else", " void f() {\n+  if (c.BoolVariations(u, \"k\", false)) g();\n }\n", "nothing"},
    {"a comparison beside the call", " void f() {\n+  if (c.BoolVariation(u, \"k\", false) == x) g();\n }\n",
     "nothing"},
    {"one more part of a condition around code that was there",
     " void f(bool x) {\n   if (x\n+      && c.BoolVariation(u, \"k\", false)\n   ) {\n   g();\n   }\n }\n",
     "k=false at src/a.cpp:3"},
    {"a directive beside it",
     " void f() {\n+  if (c.BoolVariation(u, \"k\", false)) g();\n   x();\n+#if 0\n   y();\n+#endif\n }\n",
     "k=true at src/a.cpp:2 not src/a.cpp:4 not src/a.cpp:6"},
    {"a text that becomes a name",
     " void f() {\n-  g(\"x\");\n+  if (c.BoolVariation(u, \"k\", false)) h(); else g(x);\n }\n", "nothing"},
    {"another character", " void f() {\n-  g('x');\n+  if (c.BoolVariation(u, \"k\", false)) h(); else g('y');\n }\n",
     "nothing"},
    {"another operator of the same signs",
     " void f() {\n-  g(a - -b);\n+  if (c.BoolVariation(u, \"k\", false)) h(); else g(a-- b);\n }\n", "nothing"},
    {"FN_ a choice in an expression", " void f() {\n-  g();\n+  c.BoolVariation(u, \"k\", false) ? h() : g();\n }\n",
     "nothing"},
    {"FN_ code that is gone behind the flag",
     " void f() {\n   if (c.BoolVariation(u, \"k\", false)) {\n-    g();\n   }\n }\n", "nothing"},
    {"FN_ the old code in a function of its own",
     " int f() {\n-  return a + b;\n+  if (!c.BoolVariation(u, \"k\", false)) return sum(a, b);\n+  return h();\n }\n",
     "nothing"},
    {"FP_ a condition with an effect of its own",
     " void f() {\n+  if (erase_all() && c.BoolVariation(u, \"k\", false)) g();\n }\n", "k=true at src/a.cpp:2"},
    {"FP_ a function of the same name that asks for no flag", " void f() {\n+  if (window.isEnabled(\"k\")) g();\n }\n",
     "k=true at src/a.cpp:2"},
};

TEST(FlagGuards, Cases) {
  for (const Case& c : kCases) {
    ChangedCode code;
    told("src/a.cpp", c.difference, code);
    const std::string end = std::to_string(lines_of(code.head).size());
    EXPECT_EQ(guarded("src/a.cpp:1-" + end + " function f\ntouch f\n", {{"src/a.cpp", c.difference}}), c.expected)
        << c.name;
  }
}

TEST(FlagGuards, ANewFunctionThatOnlyGuardedCodeCalls) {
  const char* const symbols =
      "src/a.cpp:3-6 function f\nhead| src/b.cpp:1-3 function fresh\nhead| f -> fresh @4\ntouch f\ntouch fresh\n";
  const std::string fresh = "+void fresh() {\n+  write();\n+}\n";
  const std::string calls =
      " int x;\n+void fresh();\n void f() {\n+  if (c.BoolVariation(u, \"k\", false)) fresh();\n   g();\n }\n";
  EXPECT_EQ(guarded(symbols, {{"src/a.cpp", calls}, {"src/b.cpp", fresh}}), "k=true at src/a.cpp:4");
  const std::string twice =
      " int x;\n+void fresh();\n void f() {\n+  if (c.BoolVariation(u, \"k\", false)) fresh();\n+  fresh();\n }\n";
  EXPECT_EQ(guarded(symbols, {{"src/a.cpp", twice}, {"src/b.cpp", fresh}}), "nothing");
}

TEST(FlagGuards, ANewFunctionThatGuardsItself) {
  EXPECT_EQ(
      guarded(
          "head| src/a.cpp:1-5 function fresh\nhead| src/c.cpp:1-2 function old\nhead| old -> fresh\ntouch fresh\n",
          {{"src/a.cpp", "+void fresh()\n+{\n+  if (!c.BoolVariation(u, \"k\", false)) return;\n+  write();\n+}\n"}}),
      "k=true at src/a.cpp:3");
}

TEST(FlagGuards, WhatIsNoFunctionIsNotGuarded) {
  EXPECT_EQ(guarded("src/a.cpp:1-3 function f\nsrc/a.h:4-4 variable limit\ntouch f\ntouch limit\n",
                    {{"src/a.cpp", " void f() {\n+  if (c.BoolVariation(u, \"k\", false)) g();\n }\n"}}),
            "k=true at src/a.cpp:2 not src/a.h:4");
}

TEST(FlagGuards, TestsNeedNoGuard) {
  test::Story story("src/a.cpp:1-3 function f\ntouch f\n");
  ChangedCode code;
  story.patch.files.push_back(
      told("src/a.cpp", " void f() {\n+  if (c.BoolVariation(u, \"k\", false)) g();\n }\n", code));
  story.context.rollout_inputs.changed_code.push_back(code);
  FileChange test;
  test.path = "tests/a_test.cpp";
  test.c_family = true;
  test.file_class = FileClass::test;
  test.hunks = {{{1, 1}, {1, 1}}};
  story.patch.files.push_back(test);
  const auto functions = parse_flag_catalogue("built-in", builtin_flag_catalogue());
  EXPECT_TRUE(find_guards(story.context, story.findings.touched, *functions).unguarded.empty());
}

TEST(FlagGuards, AFileThatWasNotReadIsNotGuarded) {
  test::Story story("src/a.cpp:1-3 function f\ntouch f\n");
  ChangedCode code;
  story.patch.files.push_back(
      told("src/a.cpp", " void f() {\n+  if (c.BoolVariation(u, \"k\", false)) g();\n }\n", code));
  story.context.rollout_inputs.changed_code = {code, {"src/large.cpp", "", ""}};
  FileChange large;
  large.path = "src/large.cpp";
  large.c_family = true;
  large.file_class = FileClass::source;
  large.base_blob = large.head_blob = std::string(40, 'a');
  large.hunks = {{{1, 1}, {1, 1}}};
  story.patch.files.push_back(large);
  const auto functions = parse_flag_catalogue("built-in", builtin_flag_catalogue());
  const auto found = find_guards(story.context, story.findings.touched, *functions);
  ASSERT_EQ(found.unguarded.size(), 1U);
  EXPECT_EQ(found.unguarded.front().file, "src/large.cpp");
}

TEST(FlagGuards, FunctionsOfTheProject) {
  const auto functions = parse_flag_catalogue(
      ".patchgate/flags.json", R"({"flags": 1, "groups": [{"functions": ["ours::enabled"], "argument": 1}]})");
  ASSERT_TRUE(functions) << to_string(functions.error());
  const auto key = [&](const std::string& condition) {
    const std::string text = "void f() { if (" + condition + ") g(); }";
    const auto file = guarded_file(text, *functions);
    return file.regions.empty() ? std::string("none") : file.regions.front().key;
  };
  EXPECT_EQ(key("ours::enabled(\"a\", \"b\")"), "b");
  EXPECT_EQ(key("enabled(f(\"a\", \"c\"), R\"(b)\")"), "b");
  EXPECT_EQ(key("enabled(\"a\")"), "none");
}

struct WrongCatalogue {
  const char* text;
  const char* message;
};

const WrongCatalogue kWrong[] = {
    {"[]", "f.json:1: must be an object"},
    {"{\"flags\": 2, \"groups\": []}", "f.json:1: \"flags\" must be 1, the version of this format"},
    {"{\"flags\": 1}", "f.json:1: \"groups\" must be a list"},
    {"{\"flags\": 1, \"groups\": [{\"functions\": []}]}", "f.json:1: \"functions\" must be a list of names"},
    {"{\"flags\": 1, \"groups\": [{\"functions\": [1]}]}", "f.json:1: must be the name of a function"},
    {"{\"flags\": 1, \"groups\": [{\"functions\": [\"f\"],\n\"argument\": -1}]}",
     "f.json:2: \"argument\" must be from 0 to 100"},
    {"{\"flags\": 1, \"flags\": 1}", "f.json:1: gives the key \"flags\" twice"},
};

TEST(FlagGuards, WrongCatalogues) {
  for (const WrongCatalogue& c : kWrong) {
    const auto functions = parse_flag_catalogue("f.json", c.text);
    EXPECT_EQ(functions ? "good" : to_string(functions.error()), c.message) << c.text;
  }
}

/// Nothing here may take long or read past the end.
TEST(FlagGuards, HostileCode) {
  const auto functions = parse_flag_catalogue("built-in", builtin_flag_catalogue());
  std::string deep, chain;
  for (int i = 0; i < 50'000; ++i) deep += "if(a.isEnabled(\"k\")){";
  for (int i = 0; i < 50'000; ++i) chain += "if(a.isEnabled(\"k\"))";
  for (const std::string& text : {deep, chain, std::string("if"), std::string("if("), std::string("if(a.isEnabled(\"k"),
                                  std::string("if(a.isEnabled(\"k\"))"), std::string("R\"x("), std::string("\"\\"),
                                  std::string("'"), std::string("/*"), std::string("#\\"), std::string(100'000, '{'),
                                  std::string("}}}}"), std::string("bool x ="), std::string("\\\n\\\n")}) {
    const auto file = guarded_file(text, *functions);
    for (const GuardRegion& region : file.regions) EXPECT_LE(region.end, file.tokens.size());
  }
}

}  // namespace
}  // namespace patchgate
