#!/usr/bin/env bash
# What the index remembers of earlier runs changes the time that a check takes, and nothing in its report.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

# Ten units around one table of functions; one function has a name that two files define for themselves.
new_repository service
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"] }
J
write src/ops.h <<'C'
struct Ops { int (*run)(int); };
extern Ops ops;
int shared(int value);
inline int twice(int value) { return shared(value) + shared(value); }
C
write src/ops.cpp <<'C'
#include "ops.h"
static int helper(int value) { return value + 1; }
static int first(int value) { return helper(value); }
Ops ops{first};
int shared(int value) { return ops.run(value); }
C
units=(src/ops.cpp)
for i in 1 2 3 4 5 6 7 8 9; do
  write "src/u$i.cpp" <<C
#include "ops.h"
static int helper(int value) { return value * $i; }
int use$i(int value) { return helper(twice(value)); }
C
  units+=("src/u$i.cpp")
done
compile_database "${units[@]}"
echo compile_commands.json >.git/info/exclude
commit "ten units"

# patch NAME: what was changed in the work tree is a branch of that name
patch() {
  git checkout -qb "$1"
  commit "$1"
  git checkout -q main
}
sed -i 's/return helper(value)/return helper(value) + helper(0)/' src/ops.cpp && patch body
sed -i '3G' src/ops.cpp && patch lines
sed -i 's/^Ops ops{first};/static int second(int value) { return value; }\nOps ops{second};/' src/ops.cpp && patch table
sed -i 's/int shared/int common/' src/ops.h src/ops.cpp && sed -i 's/shared(value)/common(value)/g' src/ops.h && patch header
git mv src/u3.cpp src/v3.cpp && sed -i 's/helper(twice/twice(helper/' src/v3.cpp && patch moved
git rm -q src/u4.cpp && patch gone
printf '#include "ops.h"\nint more(int value) { return ops.run(value); }\n' >src/more.cpp && patch added
printf 'words\n' >README.md && patch words

# equal_reports WHAT
equal_reports() {
  if cmp -s ../fresh.json ../warm.json; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s: the report differs\n%s\n' "$1" "$(diff ../fresh.json ../warm.json | head -20)"
  fi
}

# same_as_fresh WHAT: the report with the index is that of a run without one
same_as_fresh() {
  local code
  for patch in body lines table header moved gone added words; do
    code=0
    "$PATCHGATE" check --base main --head "$patch" --no-cache --quiet --report json=../fresh.json >/dev/null 2>&1 || code=$?
    run "$code" check --base main --head "$patch" --index ../index.db --quiet --report json=../warm.json
    equal_reports "$1, patch $patch"
  done
}
run 0 index --rev main --index ../index.db --quiet
same_as_fresh "after the index was made"
same_as_fresh "the same again"

# derived PYTHON: runs that for each thing that was worked out and stored, as `key` and `bytes`
derived() {
  python3 - "$1" <<'P'
import sqlite3, sys
with sqlite3.connect("../index.db") as index:
    for key, stored in index.execute("SELECT key, bytes FROM derived").fetchall():
        index.execute("UPDATE derived SET bytes = ? WHERE key = ?", (eval(sys.argv[1], {"bytes": stored}), key))
P
}
derived 'bytes[:-9]'
same_as_fresh "what was worked out is cut short"
derived 'bytes[:40] + b"\x00\x00\x00\x00" + bytes[44:]'
same_as_fresh "what was worked out is damaged"
run 0 check --base main --head words --index ../index.db --quiet

# A header that is not what the units read: those that did are parsed again, whatever is remembered.
git checkout -q main
sed -i 's/return shared(value) + shared(value)/return shared(value)/' src/ops.h
commit "once"
for patch in body lines; do
  git checkout -q "$patch"
  git rebase -q main
done
git checkout -q main
run 0 check --base main --head lines --index ../index.db --quiet --stats ../stats.json --report json=../warm.json
"$PATCHGATE" check --base main --head lines --no-cache --quiet --report json=../fresh.json >/dev/null 2>&1 || true
equal_reports "another header"
json_is ../stats.json "['units_parsed']" 11

end_of_story
