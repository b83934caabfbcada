#include <gtest/gtest.h>

#include "analyzers/sql/sql.h"
#include "tests/analyzers/impact/story/story.h"

namespace patchgate {
namespace {

using test::Story;

/// One changed file with both its texts; "" = not there.
struct Sides {
  std::string path, base, head;
};

/// What the analyzer says of these files: facts, findings, irreversible things, one a line.
std::string told(const std::vector<Sides>& files, const std::string& graph = "") {
  Story story(graph.empty() ? "outside function f" : graph);
  std::vector<FileChange> changes(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    changes[i].path = files[i].path;
    changes[i].file_class = classify(files[i].path);
    changes[i].c_family = is_c_family(files[i].path);
    changes[i].base_blob = files[i].base.empty() ? "" : "b";
    changes[i].head_blob = files[i].head.empty() ? "" : "h";
    story.context.sql.sources.push_back({&changes[i], files[i].base, files[i].head});
  }
  story.run(sql_statements_of_patch);
  std::string result = story.fact("sql.destructive.count") + "\n" + story.fact("sql.where_weakened.count") + "\n" +
                       story.fact("sql.unparsed.count");
  for (const auto& f : story.findings.data_at_risk.sql) {
    result += "\n" + f.at.file + ":" + std::to_string(f.at.line) + " " + name_of(f.change) + " " + name_of(f.kind) +
              (f.confidence == Confidence::exact ? "" : " possible") + ": " + f.what +
              (f.in.empty() ? "" : " in " + f.in);
    if (!f.was.empty()) result += "\n  was line " + std::to_string(f.was_at.line) + ": " + f.was;
  }
  for (const auto& m : story.findings.data_at_risk.migrations)
    result += "\nmigration " + m.at.file + " " + name_of(m.down) + (m.edited ? " edited" : "");
  for (const auto& i : story.findings.irreversible)
    result += "\nirreversible " + i.at.file + ":" + std::to_string(i.at.line) + " " + i.what;
  return result;
}

std::string counts(const std::string& destructive, const std::string& weakened = " = 0",
                   const std::string& unparsed = " = 0") {
  return "sql.destructive.count" + destructive + "\nsql.where_weakened.count" + weakened + "\nsql.unparsed.count" +
         unparsed;
}

TEST(SqlOfPatch, NothingChangedIsNothing) { EXPECT_EQ(told({}), counts(" = 0")); }

TEST(SqlOfPatch, AWhereThatGoesIsAFinding) {
  EXPECT_EQ(told({{"src/a.cpp", "void f() {\n  exec(\"DELETE FROM t WHERE id = ?\");\n}\n",
                   "void f() {\n\n  exec(\"DELETE FROM t\");\n}\n"}},
                 "src/a.cpp:1-4 function f\n touch f"),
            counts(" = 1 at src/a.cpp:3", " = 1 at src/a.cpp:3") +
                "\nsrc/a.cpp:3 changed delete_all: DELETE FROM t has no WHERE in f\n"
                "  was line 2: DELETE FROM t WHERE id = ?\n"
                "src/a.cpp:3 changed where_weakened: DELETE of t lost its WHERE in f\n"
                "  was line 2: DELETE FROM t WHERE id = ?\n"
                "irreversible src/a.cpp:3 DELETE FROM t has no WHERE");
}

TEST(SqlOfPatch, ASelectThatReadsMoreIsOneToo) {
  EXPECT_EQ(
      told({{"src/a.cpp", "q(\"SELECT * FROM t WHERE a = ? AND b = ?\");", "q(\"SELECT * FROM t WHERE a = ?\");"}}),
      counts(" = 0", " = 1 at src/a.cpp:1") +
          "\nsrc/a.cpp:1 changed where_weakened: SELECT from t goes for more rows than before\n"
          "  was line 1: SELECT * FROM t WHERE a = ? AND b = ?");
}

TEST(SqlOfPatch, WhatStandsInATouchedFunctionCounts) {
  const std::string code = "void f() {\n  exec(\"DELETE FROM t\");\n}\nvoid g() {\n  exec(\"DELETE FROM u\");\n}\n";
  EXPECT_EQ(told({{"src/a.cpp", code, code}}, "src/a.cpp:1-3 function f\n src/a.cpp:4-6 function g\n touch f"),
            counts(" = 1 at src/a.cpp:2") + "\nsrc/a.cpp:2 unchanged delete_all: DELETE FROM t has no WHERE in f");
}

TEST(SqlOfPatch, AWhereThatCameInAPieceAndGoesIsSeen) {
  EXPECT_EQ(told({{"src/a.cpp", "sql = \"DELETE FROM t\";\nsql += \" WHERE id = 1\";", "sql = \"DELETE FROM t\";\n"}}),
            counts(" = 1 at src/a.cpp:1") +
                "\nsrc/a.cpp:1 changed delete_all: DELETE FROM t has no WHERE\n"
                "  was line 1: DELETE FROM t\n"
                "irreversible src/a.cpp:1 DELETE FROM t has no WHERE");
}

TEST(SqlOfPatch, WhatRunsElsewhereIsNoZero) {
  EXPECT_EQ(told({{"x.sql", "CALL old();\n", "CALL old();\nSELECT 1;\nCALL purge_all();\n"}}),
            counts(" ? x.sql:3 runs purge_all(), and what that does is not seen here") +
                "\nx.sql:3 added not_judged: runs purge_all(), and what that does is not seen here");
}

TEST(SqlOfPatch, WhatOnlyWordsShowIsNoNumber) {
  EXPECT_EQ(
      told({{"x.sql", "", "ALTER TABLE t MODIFY c INT;\nDROP TABLE u;\nPRAGMA x;\n"}}),
      counts(" ? at least 1 (x.sql:1 could only be read by its words: ALTER TABLE t may change the type of a column)"
             " at x.sql:2",
             " = 0", " = 2 at x.sql:1 x.sql:3") +
          "\nx.sql:1 added change_type possible: ALTER TABLE t may change the type of a column\n"
          "x.sql:2 added drop: DROP TABLE u\n"
          "x.sql:3 added not_judged: not PostgreSQL's SQL: syntax error at or near \"PRAGMA\"\n"
          "irreversible x.sql:1 ALTER TABLE t may change the type of a column\n"
          "irreversible x.sql:2 DROP TABLE u");
}

TEST(SqlOfPatch, OfAFileOfSqlOnlyWhatIsNewCounts) {
  EXPECT_EQ(told({{"x.sql", "DROP TABLE a;\n", "-- more\nDROP TABLE a;\nTRUNCATE b;\n"}}),
            counts(" = 1 at x.sql:3") + "\nx.sql:3 added truncate: TRUNCATE b\nirreversible x.sql:3 TRUNCATE b");
  EXPECT_EQ(told({{"x.sql", "DROP TABLE a;\n", ""}}), counts(" = 0"));
}

TEST(SqlOfPatch, AWayDownIsNoStepOfThePatch) {
  EXPECT_EQ(
      told({{"db/migrations/1_x.sql", "", "-- migrate:up\nCREATE TABLE t (a int);\n-- migrate:down\nDROP TABLE t;\n"},
            {"db/2_y.up.sql", "", "ALTER TABLE t DROP COLUMN a;\n"},
            {"db/2_y.down.sql", "", "DROP TABLE x;\n"}}),
      counts(" = 1 at db/2_y.up.sql:1") +
          "\ndb/2_y.up.sql:1 added drop_column: ALTER TABLE t DROP COLUMN a\n"
          "migration db/migrations/1_x.sql yes\nmigration db/2_y.up.sql yes\n"
          "irreversible db/2_y.up.sql:1 ALTER TABLE t DROP COLUMN a");
}

TEST(SqlOfPatch, AnEditedMigrationIsNamed) {
  EXPECT_EQ(told({{"db/V1__x.sql", "CREATE TABLE t (a int);", "CREATE TABLE t (a int, b int);"}}),
            counts(" = 0") + "\nmigration db/V1__x.sql no edited");
  EXPECT_EQ(told({{"db/R__x.sql", "CREATE VIEW v AS SELECT 1;", "CREATE VIEW v AS SELECT 2;"}}),
            counts(" = 0") + "\nmigration db/R__x.sql unknown");
}

TEST(SqlOfPatch, AMigrationInAnotherLanguageIsReadByItsWords) {
  EXPECT_EQ(told({{"alembic/versions/1_x.py", "", "def upgrade():\n  op.drop_table('t')\n"}}),
            counts(" ? alembic/versions/1_x.py:2 could only be read by its words: drops a table") +
                "\nalembic/versions/1_x.py:2 added drop possible: drops a table\n"
                "migration alembic/versions/1_x.py no\n"
                "irreversible alembic/versions/1_x.py:2 drops a table");
}

TEST(SqlOfPatch, AFileThatIsNotReadIsNotZero) {
  Story story("outside function f");
  story.context.sql.unread = {{"big.sql", "too large to be looked at for SQL"}};
  story.run(sql_statements_of_patch);
  EXPECT_EQ(story.fact("sql.destructive.count"),
            "sql.destructive.count ? big.sql could not be read: too large to be looked at for SQL");
}

TEST(SqlOfPatch, ThereIsAnEndToStatements) {
  std::string all;
  for (int i = 0; i < 20001; ++i) all += "SELECT 1;\n";
  EXPECT_EQ(told({{"x.sql", "", all}}),
            counts(" ? the patch holds more than 20000 statements", " ? the patch holds more than 20000 statements",
                   " ? the patch holds more than 20000 statements"));
}

}  // namespace
}  // namespace patchgate
