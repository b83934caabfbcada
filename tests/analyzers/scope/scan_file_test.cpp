#include "analyzers/scope/scan_file.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

/// Which of the one-letter names a to h stand in a list, in order.
std::string letters(const std::vector<std::uint64_t>& words) {
  std::string found;
  for (char letter = 'a'; letter <= 'h'; ++letter)
    if (std::binary_search(words.begin(), words.end(), word_hash(std::string(1, letter)))) found += letter;
  return found;
}

std::string printed(const FileScan& scan) {
  std::string text =
      "used " + letters(scan.used) + " declared " + letters(scan.declared) + " types " + letters(scan.types);
  for (const auto& carrier : scan.carriers) {
    text += carrier.conditional ? " ?[" : " [";
    text += letters({carrier.name}) + ": " + letters(carrier.words);
    if (carrier.pastes) text += " ##";
    for (const auto& part : carrier.glued) text += " " + part;
    text += "]";
  }
  for (const auto& line : scan.includes) text += (line.quoted ? " \"" : " <") + line.name;
  if (scan.computed_include) text += " computed";
  if (!scan.conditional.empty()) text += " conditional " + letters(scan.conditional);
  if (scan.guarded) text += " guarded";
  return text;
}

struct ScanCase {
  const char* about;
  const char* text;
  const char* expected;
};

TEST(ScanFile, SaysWhichNamesAreUsedAndWhichDeclared) {
  const std::vector<ScanCase> cases = {
      {"nothing", "", "used  declared  types "},
      {"a declaration uses nothing", "int a(b c);", "used  declared abc types "},
      {"a body does", "int a(void) { return b(c); }", "used bc declared a types "},
      {"an initialiser does", "static int (*a)(void) = b;", "used b declared a types "},
      {"a table does", "struct a b[] = { { \"x\", c }, { .d = e } }; int f;", "used cde declared abf types "},
      {"a constructor's list does", "a::a() : b(c), d{e} {} int f;", "used bcde declared af types "},
      {"a default argument does, the next parameter does not", "int a(int x = b(), c y);", "used b declared ac types "},
      {"arguments of what looks like a macro are both", "HOOK(a)\nint b;", "used a declared ab types "},
      {"so are those of attributes", "int a(void) __attribute__((alias(b)));", "used b declared ab types "},
      {"a type is defined", "struct a { int b; int c(void) { return d; } }; e f;", "used d declared abcef types a"},
      {"a type that is only named is not", "struct a *b(struct c *x) { return d; }", "used d declared abc types "},
      {"with an attribute", "class EXPORT(x) a final : public b { c d; };", "used b declared acd types a"},
      {"typedef struct", "typedef struct a { b c; } d;", "used  declared abcd types a [d: abcd]"},
      {"enumerators", "enum a { b = c, d }; e f;", "used c declared abdef types a"},
      {"namespaces are no bodies", "namespace a { extern \"C\" { int b(c); } }", "used  declared abc types "},
      {"access words", "class a { public: int b; private: int c = d; };", "used d declared abc types a"},
      {"comments and texts say nothing", "/* a */ // b\nconst char *c = \"d\" R\"(e \" f)\" 'g';",
       "used  declared c types "},
      {"a spliced comment goes on", "// a \\\n b\nint c;", "used  declared c types "},
      {"both branches of a condition, with one brace each",
       "int a(void) {\n#ifdef b\n if (c) {\n#else\n if (d) {\n#endif\n }\n}\nint e(f);",
       "used bcd declared aef types  conditional cd"},
      {"declared in a body", "int a(void) { extern int b(c); return d; }", "used bcd declared abc types "},
      {"digraphs", "%:define a(x) b %:%: x\nint c(void) <% return d; %> int e(f);",
       "used d declared acef types  [a: b ## b]"},
      {"unbalanced braces are bodies", "int a(void) { {\nint b(c);", "used bc declared a types "},
      {"and too many end nothing", "} } int a(b);", "used  declared ab types "},
      {"trailing result", "auto a(b c) -> d { return e; }", "used e declared abcd types "},
  };
  for (const auto& [about, text, expected] : cases) EXPECT_EQ(printed(scan_file(text)), expected) << about;
}

TEST(ScanFile, FindsWhatTakesEffectElsewhere) {
  const std::vector<ScanCase> cases = {
      {"a macro that another condition keeps away", "#ifdef b\n#define a c\n#endif",
       "used b declared a types  ?[a: c]"},
      {"a template under a condition", "#if b\ntemplate <class T> int a(T x) { return c(x); }\n#endif",
       "used bc declared a types  ?[a: ac] conditional ac"},
      {"a macro carries its replacement", "#define a(x) b(x, c)", "used  declared a types  [a: bc]"},
      {"a parameter is no name of its own", "#define a(b) b + c", "used  declared a types  [a: c]"},
      {"without a list, a parenthesis is replacement", "#define a (b)", "used  declared a types  [a: b]"},
      {"over lines", "#define a \\\n b \\\n c\nint d;", "used  declared ad types  [a: bc]"},
      {"an empty one carries nothing", "#define a", "used  declared a types "},
      {"pasting", "#define a(x) b ## x()", "used  declared a types  [a: b ## b]"},
      {"pasting parameters alone", "#define a(x, y) x##y", "used  declared a types  [a:  ##]"},
      {"a condition uses what it asks for", "#if a && defined(b)\n#endif", "used ab declared  types "},
      {"a template function", "template <class T> int a(T x) { return b(x); }", "used b declared a types  [a: ab]"},
      {"a template class", "template <typename T> struct a { void b() { c(); } };\nint d;",
       "used c declared abd types a [a: abc]"},
      {"a template's member", "template <class T> void a<T>::b() { c(); }", "used c declared ab types  [b: abc]"},
      {"auto parameters make a template", "void a(auto x) { b(x); }", "used b declared a types  [a: ab]"},
      {"a template of a value", "template <class T> constexpr int a = b<T>;", "used b declared a types  [a: ab]"},
      {"another name for a type", "using a = b;\ntypedef c d;", "used b declared acd types  [a: ab] [d: cd]"},
      {"no template, no carrier", "inline int a() { return b(); }", "used b declared a types "},
  };
  for (const auto& [about, text, expected] : cases) EXPECT_EQ(printed(scan_file(text)), expected) << about;
}

TEST(ScanFile, FindsIncludesAndGuards) {
  const std::vector<ScanCase> cases = {
      {"both kinds", "#include \"x/y.h\"\n# include <z.h>\n", "used  declared  types  \"x/y.h <z.h"},
      {"computed", "#include a", "used  declared  types  computed"},
      {"pragma once", "// text\n#pragma once\nint a;", "used  declared a types  guarded"},
      {"a guard", "#ifndef G_H\n#define G_H\nint a;\n#endif", "used  declared a types  guarded"},
      {"another guard", "#if !defined(G_H)\n#define G_H\n#endif", "used  declared  types  guarded"},
      {"a condition is none", "#ifndef G_H\n#include <x.h>\n#define G_H\n#endif", "used  declared  types  <x.h"},
      {"both", "#pragma once\n#ifndef G_H\n#define G_H\nint a;\n#endif", "used  declared a types  guarded"},
      {"a condition within it", "#ifndef G_H\n#define G_H\nint a;\n#if b\nint c(d);\n#endif\n#endif",
       "used b declared acd types  conditional cd guarded"},
      {"code behind it", "#ifndef G_H\n#define G_H\n#endif\nint a;", "used  declared a types "},
      {"a macro behind it", "#ifndef G_H\n#define G_H\n#endif\n#define a b", "used  declared a types  [a: b]"},
      {"another time something else", "#ifndef G_H\n#define G_H\n#else\nint a;\n#endif", "used  declared a types "},
      {"code before it", "int a;\n#ifndef G_H\n#define G_H\n#endif", "used  declared a types "},
  };
  for (const auto& [about, text, expected] : cases) EXPECT_EQ(printed(scan_file(text)), expected) << about;
}

TEST(ScanFile, KnowsOperatorsByTheirWholeName) {
  const auto scan = scan_file("struct a { bool operator==(b) const; void operator()(c); operator bool(); };");
  for (const char* name : {"operator==", "operator()", "operator bool"})
    EXPECT_TRUE(std::binary_search(scan.declared.begin(), scan.declared.end(), word_hash(name))) << name;
  EXPECT_EQ(letters(scan.declared), "abc");
}

TEST(ScanFile, AnyBytesWillDo) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "namespace a {\n#if b\nstruct {\n";
  EXPECT_EQ(letters(scan_file(deep).used), "ab");
  for (const char* text : {"\"", "'", "/*", "#", "#define", "#include \"", "R\"(", "R\"xxxxxxxxxxxxxxxxxxxxx(", "\\",
                           "operator", "a\\\r\nb", "\xff\xfe", "(((((", ")))))", "#if\n#else\n#else\n#endif\n#endif"})
    EXPECT_LE(scan_file(text).carriers.size(), 1U) << text;
}

TEST(ScanFile, TakesNoLongerThanALongTextHasTo) {
  constexpr std::size_t kBytes = 8U << 20U;
  const auto many = [](std::string_view part) {
    std::string text;
    while (text.size() < kBytes) text += part;
    return text;
  };
  for (const std::string_view part :
       {"a ", "#include <x\n", "#include \"x\n", "R\"a ", "#if a\n", "{", "(", "template<", "a ## ", "#define a(",
        "typedef ", "extern \"C\" {", "\\\n", "//", "/*"}) {
    const auto text = many(part);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_LE(scan_file(text).used.size(), 2U) << part;
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20)) << part;
  }
}

}  // namespace
}  // namespace patchgate
