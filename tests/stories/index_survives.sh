#!/usr/bin/env bash
# The index file in bad times: kills, two runs at once, a full disk, a file or folder that cannot be written, files that
# are none of ours. It stays usable or is made anew, and the graph is always the same.
kill_index=$(cd "$(dirname "$0")/../real" && pwd)/kill_index.py
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository shop
files=()
for i in 1 2 3 4 5 6 7 8; do
  {
    echo 'int fee(int cents);'
    for n in $(seq 150); do echo "inline int price_${n}_of_$i(int x) { return fee(x) + $n; }"; done
    echo "int all_$i() { return price_1_of_$i(1) + price_150_of_$i(2); }"
  } | write "src/$i.cpp"
  files+=("src/$i.cpp")
done
compile_database "${files[@]}"
echo compile_commands.json >.git/info/exclude
commit "a shop"
run 0 index --index ../whole.db --quiet
run 0 graph export --index ../whole.db --quiet
cp ../out ../whole.tsv

# complete FILE: the next run completes it, and it is what an undisturbed run leaves
complete() {
  run 0 index --index "$1" --quiet
  run 0 graph export --index "$1" --quiet
  if cmp "$1" ../whole.db >../difference 2>&1 && cmp ../out ../whole.tsv >>../difference 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s is not what an undisturbed run leaves\n%s\n' "$1" "$(cat ../difference)"
  fi
}

# Killed.
if "$kill_index" "$PATCHGATE" "$PWD" 8 >../out 2>&1; then
  passed=$((passed + 1))
else
  failed=$((failed + 1))
  cat ../out
fi

# Two runs at once on one file, from nothing.
for _ in 1 2 3; do
  rm -f ../both.db*
  "$PATCHGATE" index --index ../both.db --jobs 1 --quiet >../first.out 2>&1 &
  run 0 index --index ../both.db --jobs 1 --quiet
  wait $! || { failed=$((failed + 1)) && cat ../first.out; }
  complete ../both.db
done

# Files that are none of ours are moved aside, and an index is made anew.
spoilt() {
  says "moved aside to index.db.damaged, made anew"
  rm -f ../index.db.damaged
  complete ../index.db
}
head -c 20000 /dev/zero >../index.db
run 0 index --index ../index.db
spoilt
head -c 10000 ../whole.db >../index.db
run 0 index --index ../index.db
spoilt
cp ../whole.db ../index.db
python3 -c "import sqlite3; d=sqlite3.connect('../index.db'); d.execute('PRAGMA user_version=65537'); d.close()"
run 0 index --index ../index.db
says "was made by another version of patchgate"
spoilt

# What was damaged in the middle is noticed when it is read, and costs the units that it is about.
cp ../whole.db ../index.db
python3 - <<'P'
import sqlite3
with sqlite3.connect("../index.db") as index:
    index.executescript("DELETE FROM derived; UPDATE chunks SET bytes = x'00' WHERE path = 'src/3.cpp'")
P
run 0 index --index ../index.db --quiet --stats ../stats.json
json_is ../stats.json "['units_parsed']" 1
complete ../index.db
# Any page may be lost: the graph is the same, if need be in a new file.
for page in 2 5 7 11 19 24 31; do
  cp ../whole.db ../index.db
  dd if=/dev/zero of=../index.db bs=1024 seek=$page count=1 conv=notrunc 2>/dev/null
  python3 -c "import sqlite3; d=sqlite3.connect('../index.db'); d.execute('DELETE FROM derived'); d.commit()" 2>/dev/null || true
  run 0 graph export --index ../index.db --quiet
  cmp ../out ../whole.tsv || { failed=$((failed + 1)) && echo "FAILED: another graph where page $page is lost"; }
  rm -f ../index.db.damaged
  complete ../index.db
done

# Where nothing can be mounted, what follows is left out.
alone=(unshare --mount)
[ "$(id -u)" = 0 ] || alone=(unshare --map-root-user --mount)
mkdir ../full
if "${alone[@]}" mount -t tmpfs none ../full 2>/dev/null; then
  # A full disk: said, and the next run completes what there was room for.
  # shellcheck disable=SC2016
  "${alone[@]}" bash -c '
    mount -t tmpfs -o size=100k none ../full
    "$PATCHGATE" index --index ../full/index.db --quiet; echo "code $?"
    mount -o remount,size=10m ../full
    "$PATCHGATE" index --index ../full/index.db --quiet --stats ../stats.json; echo "code $?"
    cp ../full/index.db* ..' >../out 2>&1
  out=$(cat ../out) err=
  says "cannot write to the index: database or disk is full"
  says "code 3"
  says "code 0"
  complete ../index.db
  # Room for the index, but not for packing it.
  # shellcheck disable=SC2016
  "${alone[@]}" bash -c '
    mount -t tmpfs -o size='$(($(stat -c %s ../whole.db) * 2 / 1024))'k none ../full
    "$PATCHGATE" index --index ../full/index.db --quiet; echo "code $?"
    mount -o remount,size=10m ../full
    "$PATCHGATE" index --index ../full/index.db --quiet; echo "code $?"
    ls ../full; cp ../full/index.db ..' >../out 2>&1
  out=$(cat ../out)
  says "code 0"
  complete ../index.db
  # A file, and a folder, that cannot be written.
  # shellcheck disable=SC2016
  "${alone[@]}" bash -c '
    cp ../whole.db ../full/index.db
    mount --bind ../full ../full && mount -o remount,bind,ro ../full
    "$PATCHGATE" index --index ../full/index.db --quiet; echo "code $?"
    "$PATCHGATE" index --index ../full/other.db --quiet; echo "code $?"
    "$PATCHGATE" index --merge ../whole.db --index ../full/other.db --quiet; echo "code $?"
    cmp ../full/index.db ../whole.db && ls ../full' >../out 2>&1
  out=$(cat ../out)
  says "cannot use the index ../full/index.db: it cannot be written
  hint: name another file with --index, or go without one with --no-cache
code 3"
  says "cannot use the index ../full/other.db: unable to open database file
  hint: name another file with --index, or go without one with --no-cache
code 3
patchgate: cannot use the index"
  says "code 3
index.db"
else
  echo "left out: nothing can be mounted here, so no full disk and no read-only folder"
fi

# What only a check asks for may be damaged, too: what units saw of a header that the patch changes.
new_repository header
printf 'static inline int shared(void) { return 1; }\n' | write src/shared.h
for i in 1 2 3 4; do printf '#include "shared.h"\nint user%s(void) { return shared(); }\n' $i | write src/user$i.cpp; done
echo compile_commands.json >.git/info/exclude
commit "a shared header"
compile_database src/user{1,2,3,4}.cpp
run 0 index --index ../header.db --quiet
git switch -qc another
printf 'static inline int shared(void) { return 2; }\n' | write src/shared.h
commit "another header"
cp ../header.db ../spoilt.db
python3 - <<'P'
import sqlite3
with sqlite3.connect("../spoilt.db") as index:
    index.executescript("DELETE FROM derived; UPDATE chunks SET bytes = x'00' WHERE path = 'src/shared.h'")
P
for index in header spoilt; do
  run 0 check --base main --index ../$index.db --quiet --report json --stats ../$index.stats
  cp ../out ../$index.json
done
run_cmp=$(cmp ../header.json ../spoilt.json 2>&1) || { failed=$((failed + 1)) && echo "FAILED: $run_cmp"; }
json_is ../spoilt.stats "['units_parsed'] - $(python3 -c 'import json; print(json.load(open("../header.stats"))["units_parsed"])')" 4

end_of_story
