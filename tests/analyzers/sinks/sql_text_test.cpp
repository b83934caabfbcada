#include "analyzers/sinks/sql_text.h"

#include <string>

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* name;
  std::string sql;
  SqlEffect expected;
};

const Case kCases[] = {
    {"select", "SELECT * FROM t", SqlEffect::reads},
    {"lower case, blanks and comments first", "  -- DELETE\n /* UPDATE */ select 1", SqlEffect::reads},
    {"pragma", "PRAGMA user_version", SqlEffect::reads},
    {"update", "UPDATE t SET a = ?", SqlEffect::writes},
    {"truncate", "truncate t", SqlEffect::writes},
    {"schema", "CREATE TABLE t(a)", SqlEffect::writes},
    {"second statement writes", "SELECT 1; DELETE FROM t", SqlEffect::writes},
    {"a semicolon in quotes ends nothing", "SELECT '; DELETE FROM t'", SqlEffect::reads},
    {"a quote that stays open", "SELECT 'x; DELETE FROM t", SqlEffect::reads},
    {"with that reads", "WITH a AS (SELECT 1) SELECT * FROM a", SqlEffect::reads},
    {"with that writes", "WITH a AS (SELECT 1) DELETE FROM t", SqlEffect::writes},
    {"explain analyze runs what it explains", "EXPLAIN ANALYZE DELETE FROM t", SqlEffect::writes},
    {"transactions alone change nothing", "BEGIN; SELECT 1; COMMIT;", SqlEffect::reads},
    {"empty", "", SqlEffect::unclear},
    {"only a comment", "-- nothing", SqlEffect::unclear},
    {"perhaps cut off", "SELECT " + std::string(113, 'a'), SqlEffect::unclear},
    {"just not cut off", "SELECT " + std::string(112, 'a'), SqlEffect::reads},
    {"cut off, and writes", "DELETE FROM " + std::string(108, 'a'), SqlEffect::writes},
};

TEST(SqlText, Cases) {
  for (const Case& c : kCases) EXPECT_EQ(sql_effect(c.sql), c.expected) << c.name;
}

}  // namespace
}  // namespace patchgate
