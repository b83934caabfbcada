#!/usr/bin/env bash
# explain and drawings as a person uses them: a list to paste from, blind spots, callers by distance; check names the
# blind spots around what a patch touches.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository shop
write src/fee.c <<'C'
#include <dlfcn.h>
#include <stdlib.h>
typedef int (*rate_fn)(int, long);
int fee(int cents) { return cents; }
int total(int cents) { return fee(cents) + 1; }
int bill(int cents, rate_fn rate) { return total(cents) + rate(cents, 2); }
static int by_cents(const void *a, const void *b) { return fee(*(const int *)a) - fee(*(const int *)b); }
void sort_fees(int *all, unsigned long n) { qsort(all, n, sizeof *all, by_cents); }
void *find(void *code, const char *name) { return dlsym(code, name); }
int jump(void) {
  __asm__ volatile("call total");
  return 0;
}
static int help(void) { return fee(1); }
int one(void) { return help(); }
C
write src/other.c <<'C'
int total(int cents);
static int help(void) { return total(2); }
int two(void) { return help(); }
C
write src/jump.S <<'S'
.globl start
start: call fee
S
write src/unbuilt.c <<'C'
int fee(int cents);
int unbuilt(void) { return fee(1); }
C
commit "a shop"
compile_database src/fee.c src/other.c
sed -i 's/"c++","-std=c++17"/"cc"/' compile_commands.json
echo compile_commands.json >.git/info/exclude
git switch -qc hotfix/fee
sed -i 's/return cents;/return cents + 1;/' src/fee.c
git commit -qam "a fee"

run 0 explain fee --rev main --quiet
says "fee  function  src/fee.c:4"
says "fan-in   3 directly, 8 to 9 in all"
says "0 directly, 1 in all by name only"
says "jump → total  src/fee.c:11"
says "by_cents  src/fee.c:7   call  exact"
says "entered from outside through qsort"
says "fee is named in src/jump.S, which is assembler and is not read"
says "a lookup by a name made at run time may find any function that is not static (src/fee.c:9)"
says "names 2 of 3 source files of the base"
says "1 file of assembler is not read (src/jump.S)"
says "calls through pointers for which no target is known, in the whole project: 1, at src/fee.c:6"
run 0 explain bill --rev main --quiet
says "bill calls through a pointer for which no target is known (src/fee.c:6)"
run 0 explain src/fee.c:4 --rev main --quiet
says "fee  function  src/fee.c:4"

run 2 explain help --rev main --quiet
says "'help' may mean 2 symbols; name one of them:"
says "  help@src/fee.c:14   function  1 direct user"
run 0 explain help@src/other.c:2 --rev main --quiet
says "help  function  src/other.c:2"
says "two  src/other.c:3  call  exact"

run 0 graph callers fee --depth 2 --rev main --quiet --rules
says "jump	src/fee.c	10	total	src/fee.c	5	call	name	name"
run 0 graph callers fee --depth 2 --rev main --quiet --format dot
says 'label="total\nsrc/fee.c:5"'
run 0 graph callees bill --rev main --quiet --format mermaid
says 'n1["total<br/>src/fee.c:5"]'
mkdir ../bin
ln -s "$(command -v cat)" ../bin/cat
PATH=$PWD/../bin run 3 graph callers fee --rev main --quiet --format svg
says "needs the program dot, which is not on PATH"

run 0 check --base main --head hotfix/fee --quiet --report json=../report.json
json_is ../report.json "['analysis']['blind_spots'].count('fee is named in src/jump.S, which is assembler and is not read')" 1
end_of_story
