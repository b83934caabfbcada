#!/usr/bin/env bash
# index --shard and --merge: the parts of any number of shards, made in any way, unite to the very file of a single run;
# what is damaged, foreign, missing or contradicts is said, and changes nothing.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository shop
write include/fee.h <<'C'
#pragma once
int fee(int cents);
inline int twice(int cents) { return fee(cents) + fee(cents); }
C
files=()
for folder in src lib; do
  for i in 1 2 3 4 5; do
    printf '#include "../include/fee.h"\nint %s_%s() { return twice(%s); }\n' "$folder" "$i" "$i" | write "$folder/$i.cpp"
    files+=("$folder/$i.cpp")
  done
done
echo 'int fee(int cents) { return cents; }' | write src/fee.cpp
echo '#include "not_there.h"' | write src/broken.cpp
compile_database "${files[@]}" src/fee.cpp src/broken.cpp
echo compile_commands.json >.git/info/exclude
commit "a shop"

# same ONE OTHER: the files are equal to the byte
same() {
  if cmp "$1" "$2" >../difference 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s and %s differ\n%s\n' "$1" "$2" "$(cat ../difference)"
  fi
}

run 0 index --index ../whole.db --jobs 1 --quiet
for n in 1 2 3 20; do
  parts=()
  for ((i = n; i > 0; i--)); do
    run 0 index --shard "$i/$n" --index "../part-$i-of-$n.db" --jobs $((i % 3 + 1)) --quiet
    parts+=("../part-$i-of-$n.db")
  done
  run 0 index --merge "${parts[@]}" --index "../merged-$n.db" --stats ../stats.json
  says "12 units, 0 parsed, 12 reused, 1 unread"
  same ../whole.db "../merged-$n.db"
  json_is ../stats.json "['units_parsed']" 0
done
run 0 index --index ../jobs.db --jobs 4 --quiet
same ../whole.db ../jobs.db
# Parts that have too much: units twice, what an earlier revision left. What the file held before does not matter.
run 0 index --merge ../part-1-of-2.db ../whole.db ../part-1-of-3.db --index ../merged-3.db --quiet
same ../whole.db ../merged-3.db
# Nothing changed: nothing is written.
cp ../whole.db ../before.db
run 0 index --index ../whole.db --quiet
run 0 graph export --index ../whole.db --quiet
same ../whole.db ../before.db
# The usual place for a part.
run 0 index --shard 2/2 --quiet
same ../part-2-of-2.db .git/patchgate/part-2-of-2.db

# refused TEXT...: the last run says all of this and what to do; the index is as it was
refused() {
  for text in "$@"; do says "$text"; done
  says "make the part again: patchgate index --shard I/N at this revision"
  same ../whole.db ../target.db
}
cp ../whole.db ../target.db
merge=(index --index ../target.db --quiet --merge)
run 3 "${merge[@]}" ../part-1-of-3.db ../part-3-of-3.db
refused "no part has " "that is shard 2/3"
run 3 "${merge[@]}" ../part-2-of-2.db
refused "that is shard 1/2"
run 3 "${merge[@]}" ../part-1-of-2.db ../nowhere.db
refused "cannot use ../nowhere.db: it is not there"
run 3 "${merge[@]}" ../part-1-of-2.db ../target.db
refused "../target.db is the index that is to be written"
ln -s part-2-of-2.db ../link.db
run 3 "${merge[@]}" ../part-1-of-2.db ../link.db
refused "cannot use ../link.db: it is not a file"

# spoil SQL: a copy of a part, changed by somebody
spoil() {
  cp ../part-2-of-2.db ../spoilt.db
  python3 -c "import sqlite3,sys; d=sqlite3.connect('../spoilt.db'); d.executescript(sys.argv[1]); d.commit(); d.close()" "$1"
  rm -f ../spoilt.db-wal ../spoilt.db-shm
}
both=(../part-1-of-2.db ../spoilt.db)
head -c 9000 ../part-2-of-2.db >../spoilt.db
run 3 "${merge[@]}" "${both[@]}"
refused "../spoilt.db"
head -c 9000 /dev/zero >../spoilt.db
run 3 "${merge[@]}" "${both[@]}"
refused "cannot use ../spoilt.db: it is damaged"
: >../spoilt.db
run 3 "${merge[@]}" "${both[@]}"
refused "cannot use ../spoilt.db: it is empty"
spoil "PRAGMA user_version=7"
run 3 "${merge[@]}" "${both[@]}"
refused "cannot use ../spoilt.db: it was made by another version of patchgate"
spoil "CREATE VIEW v AS SELECT 1"
run 3 "${merge[@]}" "${both[@]}"
refused "cannot use ../spoilt.db: it has tables that are not ours"
spoil "UPDATE chunks SET bytes = x'00' WHERE path LIKE '%.cpp'"
run 3 "${merge[@]}" "${both[@]}"
refused "../spoilt.db: what it has about " " is damaged"
spoil "UPDATE chunks SET hash = zeroblob(16) WHERE path LIKE '%.cpp'"
run 3 "${merge[@]}" "${both[@]}"
refused "../spoilt.db: what it has about " " is damaged"
spoil "DELETE FROM units WHERE id = 1"
run 3 "${merge[@]}" "${both[@]}"
refused "no part has "

# Another revision: only what reads the file that was touched is of no use, and that is said.
write include/fee.h <<'C'
#pragma once
int fee(int cents);
inline int twice(int cents) { return 2 * fee(cents); }
C
git commit -qam "twice"
run 3 "${merge[@]}" ../part-1-of-2.db ../part-2-of-2.db
refused "with another include/fee.h than this revision has here"
run 0 index --index ../target.db --stats ../stats.json --quiet
json_is ../stats.json "['units_parsed']" 11
json_is ../stats.json "['units_reused']" 1
echo '#pragma once' | write include/unused.h
git add include/unused.h
git commit -qm "a header that nobody includes"
run 0 index --index ../target.db --stats ../stats.json --quiet
json_is ../stats.json "['units_parsed']" 1
new_repository other
echo 'int other() { return 1; }' | write other.cpp
compile_database other.cpp
echo compile_commands.json >.git/info/exclude
commit "another project"
run 3 index --index ../other.db --merge ../part-1-of-2.db --quiet
says "../part-1-of-2.db has no unit of this revision"

end_of_story
