#include "analyzers/sql/statement.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

/// One line an act; `? why` where the text was not parsed.
std::string told(const std::string& text, bool open_end = false) {
  const auto words = sql_words(text);
  std::string result;
  const auto line = [&](const std::string& more) { result += (result.empty() ? "" : "\n") + more; };
  for (const SqlStretch& stretch : sql_statements(text, words)) {
    const ReadStatement read = read_statement(text, words, stretch, open_end);
    if (!read.not_parsed.empty()) line("?");
    if (!read.not_seen.empty()) line("hidden: " + read.not_seen.substr(0, read.not_seen.find(',')));
    for (const SqlAct& act : read.acts) {
      line(std::string(name_of(act.kind)) + (act.confidence == Confidence::exact ? "" : " possible") +
           (act.loses_data ? ": " : " (no data): ") + act.what);
    }
  }
  return result;
}

struct StatementCase {
  const char* name;
  const char* sql;
  const char* expected;
};

class Statement : public testing::TestWithParam<StatementCase> {};

TEST_P(Statement, Says) { EXPECT_EQ(told(GetParam().sql), GetParam().expected) << GetParam().sql; }

const StatementCase kStatements[] = {
    {"Delete", "DELETE FROM sessions", "delete_all: DELETE FROM sessions has no WHERE"},
    {"DeleteWhere", "DELETE FROM sessions WHERE id = 1", ""},
    {"DeleteQualified", "delete from only app.sessions s", "delete_all: DELETE FROM app.sessions has no WHERE"},
    {"DeleteTrue", "DELETE FROM t WHERE true", "delete_all: DELETE FROM t has a WHERE that is always true"},
    {"DeleteOne", "DELETE FROM t WHERE 1", "delete_all: DELETE FROM t has a WHERE that is always true"},
    {"DeleteOneIsOne", "DELETE FROM t WHERE 1=1", "delete_all: DELETE FROM t has a WHERE that is always true"},
    {"DeleteOneIsTwo", "DELETE FROM t WHERE 1=2", ""},
    {"DeleteTextIsText", "DELETE FROM t WHERE 'a' = 'a'", "delete_all: DELETE FROM t has a WHERE that is always true"},
    {"DeleteColumnIsItself", "DELETE FROM t WHERE id = id",
     "delete_all: DELETE FROM t has a WHERE that is always true"},
    {"DeleteAnyText", "DELETE FROM t WHERE name LIKE '%'", "delete_all: DELETE FROM t has a WHERE that is always true"},
    {"DeleteNotAnyText", "DELETE FROM t WHERE name NOT LIKE '%'", ""},
    {"DeleteTrueOrMore", "DELETE FROM t WHERE id = 3 OR 1 = 1",
     "delete_all: DELETE FROM t has a WHERE that is always true"},
    {"DeleteTrueAndMore", "DELETE FROM t WHERE 1 = 1 AND id = 3", ""},
    {"DeleteTwoConstants", "DELETE FROM t WHERE 1 <> 2", "delete_all: DELETE FROM t has a WHERE that is always true"},
    {"DeleteUsing", "DELETE FROM t USING u", "delete_all: DELETE FROM t has no WHERE"},
    {"DeleteInWith", "WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d", "delete_all: DELETE FROM t has no WHERE"},
    {"DeleteCursor", "DELETE FROM t WHERE CURRENT OF c", ""},
    {"Update", "UPDATE users SET name = NULL", "update_all: UPDATE users has no WHERE"},
    {"UpdateWhere", "UPDATE users SET name = NULL WHERE id = $1", ""},
    {"UpdateFrom", "UPDATE a SET x = b.x FROM b", "update_all: UPDATE a has no WHERE"},
    {"InsertOnConflict", "INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET x = 1", ""},
    {"SelectForUpdate", "SELECT * FROM t FOR UPDATE", ""},
    {"DropTable", "DROP TABLE IF EXISTS a.b, c CASCADE", "drop: DROP TABLE a.b, c CASCADE"},
    {"DropIndex", "DROP INDEX CONCURRENTLY i", "drop (no data): DROP INDEX i"},
    {"DropView", "DROP MATERIALIZED VIEW v", "drop (no data): DROP MATERIALIZED VIEW v"},
    {"DropSchema", "DROP SCHEMA s", "drop: DROP SCHEMA s"},
    {"DropType", "DROP TYPE t", "drop (no data): DROP TYPE t"},
    {"DropTypeCascade", "DROP TYPE t CASCADE", "drop: DROP TYPE t CASCADE"},
    {"DropFunction", "DROP FUNCTION f(int)", "drop (no data): DROP FUNCTION f"},
    {"DropTrigger", "DROP TRIGGER g ON t", "drop (no data): DROP TRIGGER t.g"},
    {"DropDatabase", "DROP DATABASE d", "drop: DROP DATABASE d"},
    {"DropOwned", "DROP OWNED BY r", "drop: DROP OWNED"},
    {"DropRole", "DROP ROLE r", "drop (no data): DROP of a role, user mapping or subscription"},
    {"Truncate", "TRUNCATE a, b RESTART IDENTITY", "truncate: TRUNCATE a, b"},
    {"AlterDropColumn", "ALTER TABLE t DROP COLUMN c", "drop_column: ALTER TABLE t DROP COLUMN c"},
    {"AlterDropTwo", "ALTER TABLE t DROP a, DROP COLUMN IF EXISTS b",
     "drop_column: ALTER TABLE t DROP COLUMN a\ndrop_column: ALTER TABLE t DROP COLUMN b"},
    {"AlterType", "ALTER TABLE t ALTER COLUMN c TYPE int USING c::int",
     "change_type: ALTER TABLE t changes the type of c"},
    {"AlterDropConstraint", "ALTER TABLE t DROP CONSTRAINT k", ""},
    {"AlterDropDefault", "ALTER TABLE t ALTER c DROP DEFAULT", ""},
    {"AlterAdd", "ALTER TABLE t ADD COLUMN c int", ""},
    {"AlterRename", "ALTER TABLE t RENAME COLUMN a TO b", ""},
    {"AlterTypeAttribute", "ALTER TYPE t DROP ATTRIBUTE a", "drop_column: ALTER TYPE t DROP COLUMN a"},
    {"Several", "BEGIN; DELETE FROM a; TRUNCATE b; COMMIT",
     "delete_all: DELETE FROM a has no WHERE\ntruncate: TRUNCATE b"},
    {"Block", "DO $$ BEGIN DELETE FROM t; DROP TABLE u; END $$",
     "delete_all possible: DELETE FROM t has no WHERE\ndrop possible: DROP TABLE u"},
    {"Function", "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM t'",
     "delete_all possible: DELETE FROM t has no WHERE"},
    // Other ways to write a value or a name.
    {"QuestionMark", "DELETE FROM t WHERE id = ?", ""},
    {"NumberedMark", "UPDATE t SET a = ?1 WHERE id = ?2", ""},
    {"NamedMark", "UPDATE t SET a = :a WHERE id = :id", ""},
    {"AtMark", "UPDATE t SET a = @a WHERE id = @id", ""},
    {"Conversion", "DELETE FROM %s WHERE id = %lld AND name = '%s'", ""},
    {"ConversionOfTable", "DELETE FROM %s", "delete_all: DELETE FROM (a name) has no WHERE"},
    {"ConversionInName", "DROP TABLE log_%d", "drop: DROP TABLE (a name)"},
    {"Braces", "TRUNCATE TABLE {}", "truncate: TRUNCATE (a name)"},
    {"NamedBraces", "DELETE FROM ${schema}.t", "delete_all: DELETE FROM (a name) has no WHERE"},
    {"QtMark", "UPDATE t SET a = %1 WHERE id = %2", ""},
    {"Backticks", "DELETE FROM `app`.`t` WHERE `id` = 1", ""},
    {"BackticksAll", "DELETE FROM `t`", "delete_all: DELETE FROM t has no WHERE"},
    {"Cast", "DELETE FROM t WHERE id = '7'::int", ""},
    {"Modulo", "DELETE FROM t WHERE id % 2 = 0", ""},
    // More may come where the text ends.
    {"EndsInPiece", "DELETE FROM t %s", "delete_all possible: DELETE FROM t has no WHERE that can be seen"},
    {"EndsInPieceOfWhere", "DELETE FROM t WHERE %s", ""},
    {"EndsInGluedPiece", "DELETE FROM t%s", "delete_all possible: DELETE FROM (a name) has no WHERE that can be seen"},
    // Not PostgreSQL's.
    {"OtherDialect", "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)", "?"},
    {"MySqlLimit", "DELETE FROM t LIMIT 10", "?"},
    {"MySqlModify", "ALTER TABLE t MODIFY c BIGINT",
     "?\nchange_type possible: ALTER TABLE t may change the type of a column"},
    {"MySqlDropMany", "ALTER TABLE t DROP COLUMN a, DROP INDEX i, ENGINE = InnoDB",
     "?\ndrop_column possible: ALTER TABLE t DROP COLUMN a"},
    {"MySqlDelete", "DELETE LOW_PRIORITY FROM t", "?\ndelete_all possible: DELETE FROM t has no WHERE"},
    {"SqliteUpdate", "UPDATE OR IGNORE t SET a = 1", "update_all: UPDATE t has no WHERE"},
    {"SqliteUpdateWhere", "UPDATE OR IGNORE t SET a = 1 WHERE b = 2", ""},
    {"SqliteInsert", "INSERT OR REPLACE INTO t VALUES (1)", ""},
    {"SqliteReplace", "REPLACE INTO t VALUES (1)", ""},
    {"MySqlInsert", "INSERT IGNORE INTO t VALUES (1)", ""},
    {"SqliteNames", "DELETE FROM '%q'.'%q_data' WHERE id = ?", ""},
    {"SqliteNamesAll", "DELETE FROM %Q.'%q_data'", "delete_all: DELETE FROM (a name) has no WHERE"},
    {"TwoThingsPutIn", "DELETE FROM t WHERE %s = %Q", ""},
    {"MarkBeforeAWord", "UPDATE t SET a = ?WHERE id = ?", ""},
    {"DollarName", "SELECT * FROM t WHERE id = $id", ""},
    {"HoleBeforeQuotes", "DROP TABLE {schema}\"{prefix}_x\"", "drop: DROP TABLE {prefix}_x"},
    {"HoleThatIsAClause", "CREATE INDEX ON {} USING GIST (way) {} {}", ""},
    {"HoleThatMayBeAWhere", "UPDATE t SET a = 1 {} RETURNING x",
     "update_all possible: UPDATE t has no WHERE that can be seen"},
    {"PieceOfAStatement", "UPDATE t SET ", "?"},
    {"PieceThatDrops", "ALTER TABLE t DROP a, ADD", "?\ndrop_column possible: ALTER TABLE t DROP COLUMN a"},
    {"TSqlColumn", "ALTER TABLE t ALTER COLUMN c bigint",
     "?\nchange_type possible: ALTER TABLE t may change the type of a column"},
    {"MySqlDropIndex", "DROP INDEX i ON t", "?\ndrop possible (no data): DROP INDEX i"},
    {"WhereInParenthesesOnly", "DELETE QUICK FROM t ORDER BY (SELECT a FROM u WHERE b = 1)",
     "?\ndelete_all possible: DELETE FROM t has no WHERE"},
    {"PartOfAStatement", "AND id = 3", "?"},
    {"MergeDeletesAll", "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE",
     "delete_all: MERGE INTO t deletes on a condition that is always true"},
    {"MergeUpdatesAll", "MERGE INTO t USING s ON 1 = 1 WHEN MATCHED THEN UPDATE SET a = 1",
     "update_all: MERGE INTO t updates on a condition that is always true"},
    {"MergeDeletesSome", "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE", ""},
    {"MergeDeletesOnItsOwnCondition", "MERGE INTO t USING s ON true WHEN MATCHED AND t.a > 3 THEN DELETE", ""},
    {"MergeInserts", "MERGE INTO t USING s ON true WHEN NOT MATCHED THEN INSERT VALUES (1)", ""},
    {"DeleteInItself", "DELETE FROM t WHERE id IN (SELECT id FROM t)",
     "delete_all: DELETE FROM t has a WHERE that is always true"},
    {"DeleteExistsItself", "DELETE FROM t WHERE EXISTS (SELECT 1 FROM t)",
     "delete_all: DELETE FROM t has a WHERE that is always true"},
    {"DeleteInSomeOfItself", "DELETE FROM t WHERE id IN (SELECT id FROM t WHERE a = 1)", ""},
    {"DeleteInFirstOfItself", "DELETE FROM t WHERE id IN (SELECT id FROM t LIMIT 5)", ""},
    {"DeleteInAnother", "DELETE FROM t WHERE id IN (SELECT id FROM u)", ""},
    {"DeleteInAnotherColumn", "DELETE FROM t WHERE id IN (SELECT parent FROM t)", ""},
    {"DeleteNotInItself", "DELETE FROM t WHERE id NOT IN (SELECT id FROM t)", ""},
    {"DoDeletes", "DO $$ BEGIN DELETE FROM t; END $$", "delete_all possible: DELETE FROM t has no WHERE"},
    {"DoExecutesAText", "DO $$ BEGIN IF a THEN EXECUTE 'DROP TABLE z'; END IF; END $$", "drop possible: DROP TABLE z"},
    {"DoExecutesAFormat", "DO $$ BEGIN EXECUTE format('TRUNCATE %I', n); END $$",
     "truncate possible: TRUNCATE (a name)"},
    {"DoExecutesAPlainText", "DO $$ BEGIN EXECUTE 'ANALYZE z'; END $$", ""},
    {"DoExecutesWhatIsMade", "DO $$ BEGIN EXECUTE 'A' || what; END $$",
     "hidden: runs an EXECUTE of a text that is made at run time"},
    {"DoCalls", "DO $$ BEGIN CALL app.purge(3); END $$", "hidden: runs app.purge()"},
    {"DoPerforms", "DO $$ BEGIN PERFORM purge_all(); PERFORM now(); END $$", "hidden: runs purge_all()"},
    {"Call", "CALL nightly(1)", "hidden: runs nightly()"},
    {"ExecutePrepared", "EXECUTE foo", "hidden: runs the prepared foo"},
    {"SelectOfAFunctionThatRemoves", "SELECT app.remove_all_sessions()", "hidden: runs app.remove_all_sessions()"},
    {"SelectFromAFunctionThatRemoves", "SELECT * FROM purge_all()", "hidden: runs purge_all()"},
    {"SelectOfOthers", "SELECT now(), deleted_count(), cleared_at(x) FROM t", ""},
    {"GrantsExecute", "GRANT EXECUTE ON FUNCTION purge_all() TO app", ""},
    {"TriggerExecutes", "CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION purge_all()", ""},
    // Known limits.
    {"FN_a_name_in_one_word", "SELECT purgeall()", ""},
    {"FN_a_function_that_deletes", "SELECT run_nightly()", ""},
    {"FN_always_true_by_arithmetic", "DELETE FROM t WHERE id + 1 > id", ""},
    {"FN_always_true_by_both_arms", "DELETE FROM t WHERE a OR NOT a", ""},
    {"FP_a_temporary_table", "DROP TABLE tmp_import", "drop: DROP TABLE tmp_import"},
};

INSTANTIATE_TEST_SUITE_P(Sql, Statement, testing::ValuesIn(kStatements),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Statement, OpenEndMakesAMissingWherePossible) {
  EXPECT_EQ(told("DELETE FROM t", true), "delete_all possible: DELETE FROM t has no WHERE that can be seen");
  EXPECT_EQ(told("DELETE FROM t WHERE true", true), "delete_all: DELETE FROM t has a WHERE that is always true");
  EXPECT_EQ(told("DROP TABLE t", true), "drop: DROP TABLE t");
}

}  // namespace
}  // namespace patchgate
