#!/usr/bin/env bash
# What a patch could destroy: SQL in strings of C++, in migrations and in other languages, before and after.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository service
write src/sessions.cpp <<'C'
struct Db;
int sqlite3_exec(Db*, const char*, void*, void*, void*);
void log_error(const char*);
int purge(Db* db) {
  if (sqlite3_exec(db, "DELETE FROM sessions "
                       "WHERE expires < ?", 0, 0, 0) != 0) {
    log_error("DELETE FROM sessions failed");
  }
  return 0;
}
int count(Db* db) { return sqlite3_exec(db, "SELECT * FROM sessions WHERE user = ?", 0, 0, 0); }
int reset(Db* db) { return sqlite3_exec(db, "TRUNCATE audit", 0, 0, 0); }
C
write db/V1__start.sql <<'SQL'
CREATE TABLE sessions (id int, expires int);
SQL
git switch -qc release/1
commit "sessions"
compile_database src/sessions.cpp

# A condition that gets lost is named with both sides; what is only logged, and what stands elsewhere, is not.
git switch -qc hotfix/purge
sed -i 's/DELETE FROM sessions "/DELETE FROM sessions",/; /WHERE expires/s/.*/                       0, 0, 0) != 0) {/' src/sessions.cpp
commit "purge"
run 0 check --base release/1 --head hotfix/purge --compile-commands compile_commands.json --report text --report json=../report.json --report markdown=../report.md
says 'data at risk'
says 'DELETE FROM sessions has no WHERE, src/sessions.cpp:5 in purge'
says 'DELETE of sessions lost its WHERE, src/sessions.cpp:5 in purge: DELETE FROM sessions — was DELETE FROM sessions WHERE expires < ? (src/sessions.cpp:5)'
json_is ../report.json "['facts']['sql.destructive.count']['value']" 1
json_is ../report.json "['facts']['sql.where_weakened.count']['value']" 1
json_is ../report.json "['facts']['sql.destructive.count']['from']" "[{'file': 'src/sessions.cpp', 'line': 5}]"
json_is ../report.json "['data_at_risk']['sql'][0]['kind']" delete_all
json_is ../report.json "['data_at_risk']['sql'][0]['was']" 'DELETE FROM sessions WHERE expires < ?'
grep -q '<summary>Data at risk</summary>' ../report.md && passed=$((passed + 1))

# A migration without a way back, one with, one in another dialect, and one that was edited.
git switch -q release/1
git switch -qc hotfix/schema
write db/V2__drop.sql <<'SQL'
-- takes the column away
ALTER TABLE sessions DROP COLUMN expires;
ALTER TABLE sessions MODIFY id BIGINT;
SQL
write db/migrations/0003_tags.sql <<'SQL'
-- +goose Up
CREATE TABLE tags (id int);
-- +goose Down
DROP TABLE tags;
SQL
echo 'CREATE INDEX i ON sessions (id);' >>db/V1__start.sql
commit "schema"
run 0 check --base release/1 --head hotfix/schema --compile-commands compile_commands.json --report text --report json=../report.json
says 'ALTER TABLE sessions DROP COLUMN expires, db/V2__drop.sql:2'
says 'ALTER TABLE sessions may change the type of a column (possible), db/V2__drop.sql:3'
says 'db/V2__drop.sql (Flyway): no way back, the patch has no db/U2__*.sql'
says 'db/V1__start.sql (Flyway): no way back, the patch has no db/U1__*.sql; it was there before, and where it has run it will not run again'
json_is ../report.json "['facts']['sql.destructive.count']['at_least']" 1
json_is ../report.json "['facts']['sql.unparsed.count']['value']" 1
json_is ../report.json "['data_at_risk']['migrations'][2]['way_back']" yes
json_is ../report.json "['data_at_risk']['migrations'][2]['layout']" goose

# SQL that would be too much for a parser costs itself: the gate goes on and says so.
git switch -q release/1
git switch -qc hotfix/hostile
python3 -c 'print("DELETE FROM t WHERE " + "(" * 100000 + "a" + ")" * 100000 + ";"); print("SELECT 1" + "+1" * 16000 + ";"); print("DROP TABLE t;")' >deep.sql
commit "deep"
run 0 check --base release/1 --head hotfix/hostile --compile-commands compile_commands.json --report text --report json=../report.json
says 'DROP TABLE t, deep.sql:3'
says '2 statements not judged, the first at deep.sql:1: longer than 32 KiB'
json_is ../report.json "['facts']['sql.unparsed.count']['value']" 2

# Which sink the touched code feeds, where, and whether the project says how to look up what was there before. The
# catalogue of the base counts: a patch cannot declare its own audit.
git switch -q release/1
write src/files.cpp <<'C'
extern "C" int open(const char*, int, ...);
extern "C" int mysql_query(void*, const char*);
#define O_WRONLY 01
#define O_RDONLY 00
int read_it(const char* path) { return open(path, O_RDONLY); }
int write_it(const char* path) { return open(path, O_WRONLY | 0100, 0644); }
int store(void* db) { return mysql_query(db, "UPDATE users SET seen = 1 WHERE id = 2"); }
int both(const char* path, void* db) { return write_it(path) + store(db) + read_it(path) + 1; }
C
write .patchgate/sinks.json <<'J'
{"sinks": 1, "groups": [], "audits": [{"kind": "sql_write", "source": "table audit.users, 90 days"}]}
J
commit "files"
compile_database src/sessions.cpp src/files.cpp
git switch -qc hotfix/both
sed -i 's/+ 1; }/+ 2; }/' src/files.cpp
echo '{"sinks": 1, "groups": [], "audits": [{"kind": "file_write", "source": "mine"}]}' >.patchgate/sinks.json
commit "both"
run 0 check --base release/1 --head hotfix/both --compile-commands compile_commands.json --report text --report json=../report.json
says 'feeds file_write by call: both → write_it → open at src/files.cpp:6'
says 'feeds sql_write by call: both → store → mysql_query at src/files.cpp:7; audit: table audit.users, 90 days'
json_is ../report.json "['facts']['sinks.count']['value']" 2
json_is ../report.json "['facts']['sinks.unaudited.count']['value']" 1
json_is ../report.json "['symbols'][0]['sinks'][0]['file']" src/files.cpp

end_of_story
