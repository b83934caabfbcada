#include <chrono>

#include <gtest/gtest.h>

#include "analyzers/sql/code_literals.h"
#include "analyzers/sql/statement.h"

namespace patchgate {
namespace {

std::string times(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

struct HostileCase {
  const char* name;
  std::string sql;
};

class HostileSql : public testing::TestWithParam<HostileCase> {};

/// Ends, in time, and says that it could not look or what it saw: a parser that dies takes the gate with it.
TEST_P(HostileSql, Ends) {
  const auto begin = std::chrono::steady_clock::now();
  const std::string& text = GetParam().sql;
  const auto words = sql_words(text);
  for (const SqlStretch& stretch : sql_statements(text, words)) {
    const ReadStatement read = read_statement(text, words, stretch, false);
    const std::size_t length = words[stretch.last - 1].end - words[stretch.first].begin;
    if (length > 2 * kLongestStatement) {
      EXPECT_EQ(read.not_parsed, "longer than 32 KiB");
    }
  }
  // Far above what it takes (under a second), so that only a wrong order of growth fails.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

const HostileCase kHostile[] = {
    {"Parentheses", "SELECT " + times("(", 100000) + "1" + times(")", 100000)},
    {"FewerParentheses", "SELECT " + times("(", 9000) + "1" + times(")", 9000)},
    {"Sums", "SELECT 1" + times("+1", 100000)},
    {"LongestSums", "SELECT 1" + times("+1", 16000)},
    {"Casts", "SELECT 1" + times("::x", 10000)},
    {"Unions", "SELECT 1" + times(" UNION SELECT 1", 2000)},
    {"Joins", "SELECT 1 FROM a" + times(" NATURAL JOIN b", 2000)},
    {"Minuses", "SELECT " + times("- ", 15000) + "1"},
    {"Nots", "SELECT " + times("NOT ", 8000) + "true"},
    {"Cases", "SELECT " + times("CASE WHEN a THEN ", 1000) + "1" + times(" END", 1000)},
    {"Subqueries", times("SELECT * FROM (", 1500) + "SELECT 1" + times(") a", 1500)},
    {"OutOfDateWords", "CREATE SCHEMA s" + times(" CREATE GLOBAL TEMP TABLE a(x int)", 900)},
    {"LongNames", "SELECT " + std::string(30000, 'a')},
    {"TextWithoutEnd", "DELETE FROM t WHERE a = '" + times("x", 100000)},
    {"TagsWithoutEnd", times("$a$ $b$ $c$ ", 50000)},
    {"DifferentTags",
     [] {
       std::string all;
       for (int i = 0; i < 50000; ++i) all += "$t" + std::to_string(i) + "$ ";
       return all;
     }()},
    {"CopiesWithoutData", times("COPY a FROM stdin;\n", 50000)},
    {"ManyDrops", "ALTER TABLE t" + times(" DROP a,", 100000) + " ENGINE x"},
    {"ManyStatements", times("DELETE FROM t;", 5000)},
    {"Comments", times("/*", 200000)},
    {"Hashes", times("#", 200000)},
    {"Braces", times("{", 200000)},
    {"Percents", times("%(", 100000)},
    {"NoUtf8", "DELETE FROM \xff\xfe WHERE a = '\xc3' -- \xf0"},
    {"Nul", std::string("DELETE FROM a\0b", 15)},
    {"Nothing", ""},
};

INSTANTIATE_TEST_SUITE_P(Sql, HostileSql, testing::ValuesIn(kHostile),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(HostileCode, Ends) {
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& code :
       {times("R\"", 200000), times("R\"a(", 200000), times("\"a\" + ", 200000), times("f(", 200000),
        times("x = \"DELETE\";", 50000), times("'", 200001), times("\\\n", 100000), times("\"\\", 100000),
        times("\"\\x", 100000), times("#", 100000), times("a << \"b\" << ", 50000), times("\"a\" b(", 100000),
        std::string("\"\0\"", 3), std::string("\"a\\")})
    code_literals(code);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

}  // namespace
}  // namespace patchgate
