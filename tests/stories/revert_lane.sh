#!/usr/bin/env bash
# A patch that takes commits of the target back exactly: recognised in all its forms, judged without the whole base, by
# the same verdict with an index and without; and what a revert in a hurry breaks.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

new_repository crm
write .gitignore <<<'compile_commands.json'
write src/store.c <<'C'
#include <stdio.h>
int store(const char *path, int value) {
  FILE *out = fopen(path, "w");
  if (!out) return -1;
  fprintf(out, "%d", value);
  return fclose(out);
}
C
write src/value.c <<'C'
int store(const char *path, int value);
int save(int value) {
  if (value == 0) return -1;
  return store("value", value);
}
int last(void) { return 7; }
C
files=(src/store.c src/value.c)
for i in $(seq 30); do
  write "src/part$i.c" <<<"int part$i(void) { return $i; }"
  files+=("src/part$i.c")
done
compile_database "${files[@]}"
commit first

# The bad hotfix, brought by a merge of two commits; then other work.
git checkout -qb hotfix/bad
sed -i 's/if (value == 0) return -1;/if (value == 0) value = 1;/' src/value.c
commit 'bad: writes zero'
sed -i 's/return 7;/return 8;/' src/value.c
GIT_AUTHOR_NAME=Bo commit 'bad: another'
git checkout -q main
git merge -q --no-ff -m 'merge hotfix/bad' hotfix/bad
merge=$(git rev-parse HEAD)
write doc.txt <<<'words'
commit 'other work'
sed -i 's/return 1;/return 11;/' src/part1.c
commit 'one'
one=$(git rev-parse HEAD)
sed -i 's/return 11;/return 111;/' src/part1.c
commit 'two'
two=$(git rev-parse HEAD)

check() { run "$1" check --base main --head "$2" --target release/1 --report text --report "json=../$3.json" --stats ../stats.json "${@:4}"; }

# A merge.
git checkout -qb undo/merge
git revert --no-edit -m 1 "$merge" >/dev/null
check 0 undo/merge cold --no-cache
says "exact revert of ${merge:0:12} by Ana"
says 'feeds file_write'
says 'users of what it removes were read; --scope full reads all'
json_is ../cold.json "['patch']['revert_of']" "$merge"
json_is ../cold.json "['patch']['reverted'][0]['author']" Ana
json_is ../cold.json "['inputs']['scope']" patch
for rule in hotfix/tests-reach hotfix/rollout; do
  json_is ../cold.json "['verdict']['rules'][[r['id'] for r in json.load(open(sys.argv[1]))['verdict']['rules']].index('$rule')]['result']" not_applicable
done
# Not all of 32 units on both sides.
json_is ../stats.json "['units_parsed'] < 16" True

# The same with an index that holds the whole base.
run 0 index --rev main

run 0 check --base main --head undo/merge --target release/1 --report json=../warm.json
if cmp -s ../cold.json ../warm.json; then
  passed=$((passed + 1))
else
  failed=$((failed + 1))
  echo 'FAILED: the index changes the verdict'
fi

# All of it, where that is asked for.
check 0 undo/merge full --scope full
json_is ../full.json "['inputs']['scope']" full

# A range: in one commit, and in one each.
git checkout -qb undo/squashed main
git revert --no-commit "$one"^.."$two" && commit 'take back two'
check 0 undo/squashed squashed --no-cache
json_is ../squashed.json "['patch']['reverted']" "[{'id': '$two', 'author': 'Ana'}, {'id': '$one', 'author': 'Ana'}]"
says "exact revert of ${two:0:12} by Ana and 1 more commit"
git checkout -qb undo/each main
git revert --no-edit "$one"^.."$two" >/dev/null
check 0 undo/each each --no-cache
json_is ../each.json "['patch']['reverted'][1]['id']" "$one"

# A part of a commit is an ordinary patch.
git checkout -qb undo/part main
sed -i 's/return 8;/return 7;/; s/value = 1;/return -1; value = 1;/' src/value.c
commit 'half of it, by hand'
check 0 undo/part part --no-cache
json_is ../part.json "['patch']['revert_of']" None
json_is ../part.json "['inputs']['scope']" full

# A revert of a revert brings the bad code back: the rules apply again, and the whole project is read.
git checkout -q main
git merge -q undo/merge
git checkout -qb undo/undo
git revert --no-edit HEAD >/dev/null
run 0 check --base main --head undo/undo --target release/1 --report json=../again.json --no-cache
json_is ../again.json "['inputs']['scope']" full
json_is ../again.json "['facts']['patch.revert']['value']" False

# In a hurry: what the revert removes is used by now.
git checkout -q main
printf 'int added(void) { return 1; }\n' >>src/part2.c
commit 'adds a function'
added=$(git rev-parse HEAD)
printf 'int added(void);\nint uses(void) { return added(); }\n' >>src/part3.c
commit 'uses it'
git checkout -qb undo/added
git revert --no-edit "$added" >/dev/null
check 0 undo/added added --no-cache
json_is ../added.json "['facts']['patch.revert.users_left.count']['value']" 1
says 'the revert removes what is used since: uses uses added (src/part3.c:3)'
says 'the revert removes what code that came since uses (1)'
says 'Take the later code back as well, or give it something else to use: uses uses added (src/part3.c:3)'

end_of_story
