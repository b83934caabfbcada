#include <sstream>

#include <gtest/gtest.h>

#include "analyzers/clang/worker/lex.h"
#include "analyzers/model/hash.h"

namespace patchgate {
namespace {

std::string places(std::string_view text, bool cplusplus = true) {
  std::ostringstream out;
  for (const auto& token : lex_tokens(text, cplusplus)) {
    out << token.line << ":" << token.offset << (token.starts_line ? "^" : "") << (token.in_directive ? "#" : "")
        << " ";
  }
  return out.str();
}

std::vector<Hash128> texts(std::string_view text, bool cplusplus = true) {
  std::vector<Hash128> out;
  for (const auto& token : lex_tokens(text, cplusplus)) out.push_back(token.text);
  return out;
}

TEST(Lex, PlacesOfTokens) {
  struct Row {
    const char* text;
    const char* want;
  };
  for (const auto& [text, want] :
       {Row{"", ""}, Row{"int a;", "1:0^ 1:4 1:5 "}, Row{"int /* x */ a; // y\nb", "1:0^ 1:12 1:13 2:20^ "},
        Row{"#include <a>\nx", "1:0^# 1:1# 1:9# 1:10# 1:11# 2:13^ "}, Row{"#define A b\n", "1:0^ 1:1 1:8 1:10 "},
        Row{"# if A\\\n B\nx", "1:0^# 1:2# 1:5# 2:9# 3:11^ "}, Row{"#\nx", "1:0^# 2:2^ "},
        Row{"\xEF\xBB\xBFint a", "1:3^ 1:7 "}, Row{"R\"(a\nb)\" c", "1:0^ 2:9 "}, Row{"\"open\nnext", "1:0^ 2:6^ "}}) {
    EXPECT_EQ(places(text), want) << text;
  }
}

TEST(Lex, LayoutAndCommentsChangeNoText) {
  EXPECT_EQ(texts("int f(int a) { return a; }"), texts("int\nf ( int a )\n{ // why\n\treturn/**/a;\n}\n"));
  EXPECT_EQ(texts("int abc;"), texts("int a\\\nb\\\r\nc;"));
  EXPECT_NE(texts("int abc;"), texts("int abd;"));
  EXPECT_NE(texts("R\"(a\\\nb)\""), texts("R\"(ab)\""));
}

// XXH3 multiplies eight bytes of a text with the eight before them, both first mixed with constants that everybody
// knows: where the first eight are that constant, it does not matter what the others are.
TEST(Lex, TextsThatWereMadeToLookAlikeDiffer) {
  const auto literal = [](const std::string& middle) {
    const std::string constant = "\xcb\x79\xe6\x4e\xcc\xc0\xe5\x78";
    return '"' + std::string(15, ' ') + constant + middle + std::string(31, ' ') + '"';
  };
  const auto good = literal("id = $1 "), bad = literal("1 = 1 --");
  ASSERT_EQ(hash64(good), hash64(bad));
  EXPECT_NE(texts(good), texts(bad));
}

TEST(Lex, CKnowsNoRawStringsNorScopes) {
  EXPECT_EQ(texts("R\"(a b)\"", true).size(), 1U);
  EXPECT_EQ(texts("R\"(a b)\"", false).size(), 2U);
  EXPECT_EQ(texts("a::b", true).size(), 3U);
}

TEST(Lex, AnyBytesEnd) {
  EXPECT_EQ(texts(std::string_view("a\0b", 3)).size(), 2U);
  EXPECT_EQ(texts("a /* open").size(), 1U);
  EXPECT_EQ(texts("R\"(open").size(), 1U);
  EXPECT_FALSE(texts("\xFF\xFE\x80").empty());
}

}  // namespace
}  // namespace patchgate
