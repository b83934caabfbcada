#include "analyzers/sql/looks_like_sql.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct LikenessCase {
  const char* name;
  const char* text;
  std::vector<std::string> around;
  SqlLikeness expected;
};

class LooksLikeSql : public testing::TestWithParam<LikenessCase> {};

TEST_P(LooksLikeSql, Says) {
  const std::string text = GetParam().text;
  const auto words = sql_words(text);
  const auto stretches = sql_statements(text, words);
  ASSERT_FALSE(stretches.empty());
  EXPECT_EQ(static_cast<int>(looks_like_sql(text, words, stretches.front(), GetParam().around)),
            static_cast<int>(GetParam().expected))
      << text;
}

constexpr auto kNo = SqlLikeness::no, kIfParsed = SqlLikeness::if_parsed, kYes = SqlLikeness::yes;

const LikenessCase kLikenesses[] = {
    {"Capitals", "DELETE FROM t", {}, kYes},
    {"Small", "delete from t where a = 1", {}, kIfParsed},
    {"SmallWithSemicolon", "delete from t;", {}, kIfParsed},
    {"SmallInQuery", "delete from t", {"exec"}, kYes},
    {"SmallInConstant", "delete from t", {"kDeleteSql"}, kYes},
    {"SmallInPrintf", "delete from %s", {"sprintf", "sql"}, kYes},
    {"Prose", "delete from the list", {}, kNo},
    {"ProseWithCapital", "Delete from the list", {}, kNo},
    {"ProseToLog", "DELETE FROM t failed", {"log_error"}, kNo},
    {"ProseToStream", "DELETE FROM t failed", {"cerr", "std"}, kNo},
    {"ProseToException", "UPDATE t SET a failed", {"SqlException"}, kNo},
    {"ProseUpdate", "update the set of keys", {}, kNo},
    {"ProseDrop", "drop the table", {}, kNo},
    {"DropTable", "drop table users", {}, kIfParsed},
    {"Truncate", "truncate table users", {}, kIfParsed},
    {"ProseTruncate", "truncate the file", {}, kNo},
    {"NameOfAFlag", "TRUNCATE", {}, kNo},
    {"NameOfAMethod", "DELETE", {"setopt"}, kNo},
    {"LineOfHttp", "DELETE /users/1 HTTP/1.1", {}, kNo},
    {"SelectWithoutFrom", "SELECT 1", {"exec"}, kNo},
    {"BehindAHole", "\x01 DELETE FROM t", {}, kYes},
    {"LogInAName", "DELETE FROM t", {"catalog"}, kYes},
    {"CamelCase", "DELETE FROM t", {"addLogLine"}, kNo},
    // Known limits.
    {"FN_small_letters_and_nothing_else", "delete from sessions", {}, kNo},
    {"FN_sql_that_is_printed", "DELETE FROM t;", {"fprintf"}, kNo},
    {"FP_a_message_in_capitals", "DELETE FROM CACHE", {"setText"}, kYes},
};

INSTANTIATE_TEST_SUITE_P(Sql, LooksLikeSql, testing::ValuesIn(kLikenesses),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace patchgate
