#include <gtest/gtest.h>

#include "analyzers/sql/statement.h"

namespace patchgate {
namespace {

SqlRows rows_of(const std::string& text) {
  const auto words = sql_words(text);
  const auto read = read_statement(text, words, sql_statements(text, words).front(), false);
  EXPECT_EQ(read.not_parsed, "") << text;
  return read.rows.front();
}

struct WhereCase {
  const char* name;
  const char* base;
  const char* head;
  bool more;
};

class Where : public testing::TestWithParam<WhereCase> {};

TEST_P(Where, CoversMore) {
  const auto& c = GetParam();
  const auto rows = [](const std::string& where) {
    return rows_of("DELETE FROM t" + (where.empty() ? "" : " WHERE " + where));
  };
  EXPECT_EQ(covers_more(rows(c.base), rows(c.head)), c.more) << c.base << "  =>  " << c.head;
}

const WhereCase kWheres[] = {
    {"Removed", "id = ?", "", true},
    {"Added", "", "id = ?", false},
    {"OneOfTwoRemoved", "id = ? AND tenant = ?", "id = ?", true},
    {"OneMore", "id = ?", "id = ? AND tenant = ?", false},
    {"OtherOrder", "id = ? AND tenant = ?", "tenant = ? AND id = ?", false},
    {"Another", "id = ?", "name = ?", false},
    {"Spelling", "id=?", "ID  =  %d", false},
    {"AlwaysTrue", "id = ?", "1 = 1", true},
    {"WithAlwaysTrue", "id = ?", "1 = 1 AND id = ?", false},
    {"Or", "id = ?", "id = ? OR parent = ?", true},
    {"MoreOrs", "a = 1 OR b = 2", "a = 1 OR b = 2 OR c = 3", true},
    {"FewerOrs", "a = 1 OR b = 2 OR c = 3", "a = 1 OR b = 2", false},
    {"EqualToLike", "name = ?", "name LIKE ?", true},
    {"EqualToAtLeast", "id = ?", "id >= ?", true},
    {"EqualToIn", "id = 1", "id IN (1, 2)", true},
    {"LessToAtMost", "age < 3", "age <= 3", true},
    {"AtMostToLess", "age <= 3", "age < 3", false},
    {"LongerIn", "id IN (1, 2)", "id IN (1, 2, 3)", true},
    {"ShorterIn", "id IN (1, 2, 3)", "id IN (1, 2)", false},
    {"NotInLonger", "id NOT IN (1, 2)", "id NOT IN (1, 2, 3)", false},
    {"FN_another_bound", "age > 30", "age > 3", false},
    {"FN_not_in_shorter", "id NOT IN (1, 2)", "id NOT IN (1)", false},
    {"FN_between", "a BETWEEN 1 AND 2", "a BETWEEN 1 AND 9", false},
    {"FN_one_went_and_another_came", "id = ? AND tenant = ?", "id = ? AND true = flag", false},
};

INSTANTIATE_TEST_SUITE_P(Sql, Where, testing::ValuesIn(kWheres),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Where, OfAnotherStatementSaysNothing) {
  EXPECT_FALSE(covers_more(rows_of("DELETE FROM t WHERE a = 1"), rows_of("UPDATE t SET b = 2")));
  EXPECT_TRUE(covers_more(rows_of("SELECT * FROM t WHERE a = 1"), rows_of("SELECT * FROM t")));
}

}  // namespace
}  // namespace patchgate
