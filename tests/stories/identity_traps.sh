#!/usr/bin/env bash
# Where one name means several things, or one thing has several texts: who calls whom is still told right.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository traps
# Several programs: a main each, and usage() defined in each of two.
for program in get put; do
  write "$program/main.c" <<C
#include "../lib/lib.h"
static int f(void) { return ${program}_only(); }
void usage(void) { show("$program"); }
int main(void) { usage(); return f(); }
C
  printf '#include "../lib/lib.h"\nstatic int helper(void) { return 1; }\nint %s_only(void) { return helper(); }\n' "$program" | write "$program/x.c"
done
# Declared here, defined in another unit.
write lib/lib.h <<'C'
void show(const char* text);
void usage(void);
int get_only(void);
int put_only(void);
static inline int shared(void) { return 7; }
C
printf '#include "lib.h"\nvoid show(const char* text) { (void)text; (void)shared(); }\n' | write lib/show.c
# A member that nobody instantiates, beside one that somebody does; inline functions of one name in two files.
write lib/box.cpp <<'C'
int leaf(int);
template <class T> struct Box {
  int used(T t) { return leaf(t); }
  int unused(T t) { return leaf(t) + t.size(); }
};
inline int version() { return 1; }
int box() { Box<int> b; return b.used(version()); }
C
printf 'inline int version() { return 1; }\nint other() { return version(); }\n' | write lib/other.cpp
git switch -qc release/1
commit "traps"
compile_database get/main.c get/x.c put/main.c put/x.c lib/show.c lib/box.cpp lib/other.cpp
sed -i '/\.c"/ s/"-std=c++17",//; /\.c"/ s/"c++"/"cc"/' compile_commands.json
echo compile_commands.json >.git/info/exclude

"$PATCHGATE" graph export --quiet --kinds call | awk -F '\t' 'NR > 1 {print $1 "@" $2, $4 "@" $5, $8}' >../edges
# these FROM: all calls that it makes, one a line
these() {
  out=$(awk -v from="$1" '$1 == from {print $2, $3}' ../edges) err="calls of $1"
  says "$2"
  [ "$(wc -l <<<"$out")" = "$(wc -l <<<"$2")" ] || { failed=$((failed + 1)); printf 'FAILED: calls of %s\n%s\n' "$1" "$out"; }
}
these main@get/main.c "f@get/main.c exact
usage@get/main.c exact"
these main@put/main.c "f@put/main.c exact
usage@put/main.c exact"
these f@get/main.c "get_only@get/x.c exact"
these f@put/main.c "put_only@put/x.c exact"
these get_only@get/x.c "helper@get/x.c exact"
these put_only@put/x.c "helper@put/x.c exact"
these usage@put/main.c "show@lib/show.c exact"
these Box::used@lib/box.cpp "leaf@lib/box.cpp exact"
these Box::unused@lib/box.cpp "leaf@lib/box.cpp name"
these show@lib/show.c "shared@lib/lib.h exact"
these other@lib/other.cpp "version@lib/box.cpp possible
version@lib/other.cpp exact"

# A patch of one of them is a patch of that one.
git switch -qc one
sed -i 's/return 1; }/return 2; }/' put/x.c
git commit -qam "put's helper"
run 0 check --base release/1 --head one --report json=../one.json
json_is ../one.json "['symbols'][0]['file']" put/x.c
json_is ../one.json "['symbols'][0]['fan_in']['direct']" "[1, 1]"
json_is ../one.json "['symbols'][0]['fan_in']['transitive']" "[3, 3]"
json_is ../one.json "['symbols'][0]['callers'][0]['name']" put_only

end_of_story
