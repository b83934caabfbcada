#include "analyzers/sql/code_literals.h"

#include <gtest/gtest.h>

#include "analyzers/sql/scan.h"

namespace patchgate {
namespace {

/// `line: text <- names around it`, one a literal; a hole is `@`, an open end `...`.
std::string told(const std::string& code) {
  std::string result;
  for (const CodeLiteral& literal : code_literals(code)) {
    std::string text = literal.text;
    for (char& c : text)
      if (c == kHole) c = '@';
    result +=
        (result.empty() ? "" : "\n") + std::to_string(literal.line) + ": " + text + (literal.open_end ? "..." : "");
    if (!literal.around.empty()) result += " <-";
    for (const auto& name : literal.around) result += " " + name;
  }
  return result;
}

struct LiteralCase {
  const char* name;
  const char* code;
  const char* expected;
};

class CodeLiterals : public testing::TestWithParam<LiteralCase> {};

TEST_P(CodeLiterals, Are) { EXPECT_EQ(told(GetParam().code), GetParam().expected); }

const LiteralCase kLiterals[] = {
    {"One", "f(\"a\");", "1: a <- f"},
    {"SideBySide", "f(\"a \"\n  \"b\");", "1: a b <- f"},
    {"Escapes", R"(f("a\n\"b\"\x41\101");)", "1: a\n\"b\"AA <- f"},
    {"Raw", "f(R\"sql(a\n\"b\")sql\");", "1: a\n\"b\" <- f"},
    {"Prefixes", "f(u8\"a\" L\"b\");", "1: ab <- f"},
    {"Suffix", "f(\"a\"s);", "1: a <- f"},
    {"Comments", "// \"a\"\n/* \"b\" */ f(\"c\"); // \"d\"", "2: c <- f"},
    {"Characters", "f('\"', \"a\", '\\'');", "1: a <- f"},
    {"Digits", "f(1'000, \"a\");", "1: a <- f"},
    {"Include", "#include \"a.h\"\nf(\"b\");", "2: b <- f"},
    {"Macro", "#define DELETE_ALL \"a \" \\\n  \"b\"\nint x;", "1: a b <- DELETE_ALL"},
    {"MacroEnds", "#define A \"a\"\nf(\"b\");", "1: a <- A\n2: b <- f"},
    {"OtherDirectives", "#error \"a\"\n#if 0\n#endif\nf(\"b\");", "4: b <- f"},
    {"Variable", "const char* const kSql = \"a\";", "1: a <- kSql const char"},
    {"Plus", "q(\"a \" + name + \" b\");", "1: a @ b <- q"},
    {"PlusBefore", "q(name + \" b\");", "1: @ b <- q name"},
    {"PlusCalls", "q(\"a \" + f(x, \"y\") + \" b\" + g[1]);", "1: a @ b@ <- q"},
    {"Stream", "os << \"a \" << id << \" b\";", "1: a @ b <- os"},
    {"MacroBetween", "q(\"a %\" PRIu64 \" b\" TABLE(x) \"c\");", "1: a %@ b@c <- q"},
    {"Wrapped", "q(std::string(\"a\") + b);", "1: a@ <- q std"},
    {"CallsAround", "log(db.exec(\"a\"));", "1: a <- exec log db"},
    {"LogStream", "LOG(INFO) << \"a\";", "1: a <- INFO LOG"},
    {"Condition", "if (x) q(\"a\");", "1: a <- q x if"},
    {"NextStatement", "log(1); q(\"a\");", "1: a <- q"},
    {"Lambda", "run([&] { q(\"a\"); });", "1: a <- q run"},
    {"MoreByPlus", "std::string sql = \"a\"; if (x) sql += \" b\";", "1: a... <- sql std\n1:  b <- sql x if"},
    {"MoreByAppend", "s = \"a\"; s.append(\"b\");", "1: a... <- s\n1: b <- append s"},
    {"MoreByStrcat", "char s[9] = \"a\"; strcat(s, \"b\");", "1: a... <- s char\n1: b <- strcat s"},
    {"NoMore", "s = \"a\"; t += \"b\";", "1: a <- s\n1: b <- t"},
    {"WithoutEnd", "f(\"a\nint b;", "1: a@ <- f"},
};

INSTANTIATE_TEST_SUITE_P(Sql, CodeLiterals, testing::ValuesIn(kLiterals),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(CodeLiterals, KnowTheirLines) {
  const auto literals = code_literals("f(\"a\"\n\"b\"\n R\"(c\nd)\" \"e\");");
  ASSERT_EQ(literals.size(), 1U);
  EXPECT_EQ(literals.front().text, "abc\nde");
  EXPECT_EQ(literals.front().line_at(0), 1U);
  EXPECT_EQ(literals.front().line_at(1), 2U);
  EXPECT_EQ(literals.front().line_at(2), 3U);
  EXPECT_EQ(literals.front().line_at(4), 4U);
  EXPECT_EQ(literals.front().line_at(5), 4U);
}

}  // namespace
}  // namespace patchgate
