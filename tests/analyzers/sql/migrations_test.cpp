#include "analyzers/sql/migrations.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct MigrationCase {
  const char* name;
  std::string path;
  std::string text;
  std::set<std::string> others;
  const char* expected;  ///< "layout down why", and a line for each thing that is taken by its words
};

class Migrations : public testing::TestWithParam<MigrationCase> {};

TEST_P(Migrations, AreRead) {
  const auto& c = GetParam();
  FileChange change;
  change.path = c.path;
  change.file_class = classify(c.path);
  ASSERT_TRUE(is_migration_step(change)) << c.path;
  const Migration migration = read_migration(change, c.text, c.others);
  std::string told = migration.layout + " ";
  told += migration.is_down ? "is a way back" : std::string(name_of(migration.down)) + ", " + migration.why;
  for (const SqlFinding& finding : migration.by_words)
    told += "\n" + std::to_string(finding.at.line) + " " + name_of(finding.kind) + " " + finding.what;
  EXPECT_EQ(told, c.expected);
}

const MigrationCase kMigrations[] = {
    {"Flyway",
     "db/migration/V2__x.sql",
     "DROP TABLE t;",
     {"db/migration/V2__x.sql"},
     "Flyway no, the patch has no db/migration/U2__*.sql"},
    {"FlywayUndo", "db/V2.1__x.sql", "DROP TABLE t;", {"db/U2.1__y.sql"}, "Flyway yes, db/U2.1__y.sql"},
    {"FlywayUndoItself", "db/U2__x.sql", "", {}, "Flyway is a way back"},
    {"FlywayRepeatable",
     "db/migration/R__v.sql",
     "",
     {},
     "Flyway unknown, a repeatable migration: the text of the base puts back what it can"},
    {"GolangMigrate", "db/1_x.up.sql", "", {"db/1_x.down.sql"}, "golang-migrate yes, db/1_x.down.sql"},
    {"GolangMigrateAlone", "db/1_x.up.sql", "", {}, "golang-migrate no, the patch has no db/1_x.down.sql"},
    {"GolangMigrateDown", "db/1_x.down.sql", "", {}, "golang-migrate is a way back"},
    {"Dbmate",
     "db/migrations/1_x.sql",
     "-- migrate:up\na;\n-- migrate:down\nb;\n",
     {},
     "dbmate yes, `-- migrate:down`"},
    {"DbmateEmpty",
     "db/migrations/1_x.sql",
     "-- migrate:up\na;\n-- migrate:down\n-- nothing\n",
     {},
     "dbmate empty, `-- migrate:down` with nothing behind it"},
    {"DbmateNone", "db/migrations/1_x.sql", "-- migrate:up\na;\n", {}, "dbmate no, no `-- migrate:down` in it"},
    {"Goose", "db/migrations/1_x.sql", "-- +goose Up\na;\n-- +goose Down\nb;\n", {}, "goose yes, `-- +goose down`"},
    {"SqlMigrate", "db/migrations/1_x.sql", "-- +migrate Up\na;\n", {}, "sql-migrate no, no `-- +migrate down` in it"},
    {"Sqitch", "deploy/x.sql", "", {"revert/x.sql"}, "sqitch yes, revert/x.sql"},
    {"SqitchAlone", "db/deploy/x.sql", "", {}, "sqitch no, the patch has no db/revert/x.sql"},
    {"SqitchRevert", "revert/x.sql", "", {}, "sqitch is a way back"},
    {"LiquibaseSql",
     "db/changelog/x.sql",
     "--liquibase formatted sql\n--changeset a:1\nb;\n--rollback c;\n--changeset a:2\nd;\n",
     {},
     "Liquibase no, 1 of 2 change sets have a rollback"},
    {"LiquibaseXml",
     "db/changelog/x.xml",
     "<changeSet>\n<dropColumn tableName='t' columnName='c'/>\n</changeSet>",
     {},
     "Liquibase no, it names no rollback\n2 drop_column drops a column"},
    {"LiquibaseXmlRollback",
     "db/changelog/x.xml",
     "<changeSet><dropTable/><rollback>a</rollback></changeSet>",
     {},
     "Liquibase yes, it names a rollback\n1 drop drops a table"},
    {"LiquibaseXmlAdds",
     "db/changelog/x.xml",
     "<changeSet><addColumn/></changeSet>",
     {},
     "Liquibase yes, Liquibase undoes it"},
    {"Alembic",
     "alembic/versions/1_x.py",
     "def upgrade():\n    op.drop_column('t', 'c')\n\ndef downgrade():\n    op.add_column('t')\n",
     {},
     "Alembic yes, downgrade()\n2 drop_column drops a column"},
    {"AlembicEmpty",
     "alembic/versions/1_x.py",
     "def upgrade():\n    # op.drop_table('t')\n    pass\n\ndef downgrade():\n    \"\"\"Nothing.\"\"\"\n    pass\n",
     {},
     "Alembic empty, downgrade() does nothing"},
    {"AlembicRaises",
     "alembic/versions/1_x.py",
     "def upgrade():\n  pass\n\ndef downgrade():\n  raise NotImplementedError\n",
     {},
     "Alembic empty, downgrade() does nothing"},
    {"AlembicNone",
     "migrations/1_x.py",
     "def upgrade():\n  op.execute('x')\n",
     {},
     "Alembic no, no downgrade() in it\n2 not_judged runs SQL of its own"},
    {"Django",
     "app/migrations/0002_x.py",
     "class Migration(migrations.Migration):\n  migrations.RemoveField(\n",
     {},
     "Django yes, Django undoes it\n2 drop_column drops a column"},
    {"DjangoSql",
     "app/migrations/0002_x.py",
     "class Migration(migrations.Migration):\n  migrations.RunSQL('x')\n",
     {},
     "Django no, RunSQL without reverse_sql\n2 not_judged runs SQL of its own"},
    {"Rails", "db/migrate/1_x.rb", "def change\n  add_column :t, :c\nend\n", {}, "Rails yes, def change"},
    {"RailsOneWay",
     "db/migrate/1_x.rb",
     "def change\n  change_column :t, :c, :text\nend\n",
     {},
     "Rails unknown, `change` does what Rails may not undo by itself\n2 change_type changes the type of a column"},
    {"RailsUpDown",
     "db/migrate/1_x.rb",
     "def up\n  drop_table :t\nend\ndef down\n  create_table :t\nend\n",
     {},
     "Rails yes, def down\n2 drop drops a table"},
    {"RailsIrreversible",
     "db/migrate/1_x.rb",
     "def up\nend\ndef down\n  raise ActiveRecord::IrreversibleMigration\nend\n",
     {},
     "Rails no, it raises IrreversibleMigration"},
    {"Numbered", "sql/0007_x.sql", "", {}, "plain no, no layout with a way back is recognised"},
    {"OtherLanguage", "db/migrations/1_x.js", "", {}, "plain unknown, a migration in a language that is not read"},
    // Known limits.
    {"FN_a_way_back_that_does_something_else",
     "db/1_x.up.sql",
     "DROP TABLE t;",
     {"db/1_x.down.sql"},
     "golang-migrate yes, db/1_x.down.sql"},
};

INSTANTIATE_TEST_SUITE_P(Sql, Migrations, testing::ValuesIn(kMigrations),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Migrations, AreNotAllFilesOfSql) {
  for (const char* path : {"schema.sql", "queries/users.sql", "db/seed.sql"}) {
    FileChange change;
    change.path = path;
    change.file_class = classify(path);
    EXPECT_FALSE(is_migration_step(change)) << path;
  }
}

}  // namespace
}  // namespace patchgate
