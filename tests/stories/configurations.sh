#!/usr/bin/env bash
# One file compiled twice with other flags is two views of one symbol: both count. What no configuration compiles says so.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository service
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"] }
J
write src/open.c <<'C'
#include "rates.h"
int open_linux(void) { return 1; }
int open_bsd(void) { return 2; }
int open_any(void) {
#ifdef BSD
  return open_bsd();
#else
  return open_linux();
#endif
}
C
write src/rates.h <<'C'
#ifndef RATES_H
#define RATES_H
#ifdef BSD
static inline int rate(int x) { return x * 2; }
#endif
#ifdef SOLARIS
static inline int rate(int x) {
  return x * 3;
}
#endif
#ifdef LATE
static inline int late(int x) { return x * 4; }
#endif
int base_rate(void);
#endif
C
# More units than are looked at for a header; the one that compiles a part of it comes last by all orders.
for i in $(seq 10 40); do
  printf '#include "rates.h"\nint use%s(void) { return base_rate(); }\n' "$i" | write "src/use$i.c"
done
printf '#define LATE\n#include "rates.h"\n#include "more.h"\nint z(void) { return late(1); }\n' | write src/z.c
printf 'int more(void);\n' | write src/more.h
git switch -qc release/1
commit "rates"
python3 - <<'P'
import glob, json, os
def entry(file, *flags):
    return {"directory": os.getcwd(), "file": file, "arguments": ["cc", *flags, "-c", file]}
files = sorted(glob.glob("src/*.c"))
json.dump([entry(f) for f in files] + [entry("src/open.c", "-DBSD")], open("compile_commands.json", "w"))
P
echo compile_commands.json >.git/info/exclude

# The union of both: each branch is a call of the one function.
run 0 graph callees open_any --rev release/1
says "open_linux"
says "open_bsd"
run 0 graph callers open_bsd --rev release/1
says "open_any"

# change NAME FILE EXPRESSION CODE: a patch of that file by sed, judged
change() {
  git switch -qc "hotfix/$1" release/1
  sed -i "$3" "$2"
  git commit -qam "$1"
  run "$4" check --base release/1 --head "hotfix/$1" --report text "json=../$1.json"
}

# Touched in one configuration alone, be it the first or the second.
change first src/open.c 's/return open_linux/return 1 + open_linux/' 0
json_is ../first.json "['symbols'][0]['name']" open_any
json_is ../first.json "['analysis']['unread']" "[]"
change second src/open.c 's/return open_bsd/return 1 + open_bsd/' 0
json_is ../second.json "['symbols'][0]['name']" open_any
json_is ../second.json "['analysis']['unread']" "[]"

# A hunk of a header that only the second configuration compiles.
change header src/rates.h 's/x \* 2/x * 20/' 0
json_is ../header.json "['symbols'][0]['name']" rate
json_is ../header.json "['analysis']['unread']" "[]"

# One that only the last of many units compiles, by a macro of its own.
change late src/rates.h 's/x \* 4/x * 40/' 0
json_is ../late.json "['symbols'][0]['name']" late
json_is ../late.json "['symbols'][0]['fan_in']['direct']" "[1, 1]"
json_is ../late.json "['analysis']['unread']" "[]"

# A new condition that only other flags fulfil: nothing on the base could tell.
change condition src/rates.h 's|^int base_rate.*|#ifdef BSD\nstatic inline int fresh(void) { return 1; }\n#endif\n&|' 0
json_is ../condition.json "['symbols'][0]['name']" fresh
json_is ../condition.json "['analysis']['unread']" "[]"

# Lines that none compiles: by range, in the report and in the facts.
change never src/rates.h 's/x \* 3/x * 30/' 1
json_is ../never.json "['analysis']['unread'][0]['cause']" inactive
json_is ../never.json "['analysis']['unread'][0]['line']" 8
json_is ../never.json "['facts']['analysis.unread.inactive.count']['value']" 1
says "src/rates.h:8"
says "inactive in every configuration"

end_of_story
