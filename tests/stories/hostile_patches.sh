#!/usr/bin/env bash
# Patches that take the guard out of a fundamental function without touching its words, or that try to choose how they are read.
# Each must be judged like the plain removal of the guard.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository service
git branch -m release/1 2>/dev/null || git checkout -qb release/1
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"] }
J
write src/real.h <<'C'
#define GUARD(x) if (!(x)) return 0;
C
write src/noop.h <<'C'
#define GUARD(x)
C
write src/encode.c <<'C'
#include "real.h"

int encode(int* body, const char* value) {
  // why
  if (!value) return 0;
  GUARD(body)
  return *body += 1;
}
C
{
  echo 'int encode(int* body, const char* value);'
  for i in $(seq 1 60); do echo "int form$i(int* body) { return encode(body, \"$i\"); }"; done
  for i in $(seq 1 60); do echo "int leaf$i(void) { return $i; }"; done
  echo 'int main(void) { int body = 0; return form1(&body); }'
} | write src/forms.c
commit "forms"
printf '[{"directory":"%s","file":"src/encode.c","arguments":["cc","-std=c11","-c","src/encode.c"]},
{"directory":"%s","file":"src/forms.c","arguments":["cc","-std=c11","-c","src/forms.c"]}]\n' "$PWD" "$PWD" >../database.json

# attack NAME: what the shell does to the work tree becomes hotfix/NAME
attack() {
  git switch -q release/1
  git switch -qc "hotfix/$1"
}
# judged NAME [SYMBOL]: the encoder (or that symbol) is touched, and the hotfix blocked
judged() {
  commit "$1"
  run 1 check --base release/1 --head "hotfix/$1" --compile-commands ../database.json --report text "json=../$1.json"
  says "${2:-encode}"
}

attack plain
sed -i '/if (!value) return 0;/d' src/encode.c
judged plain

attack macro-over-a-keyword
sed -i '2i #define if(x) if (0)' src/encode.c
judged macro-over-a-keyword

attack macro-redefined
sed -i '2i #undef GUARD\n#define GUARD(x)' src/encode.c
judged macro-redefined

attack macro-in-a-header
sed -i 's/if (!(x)) return 0;//' src/real.h
judged macro-in-a-header GUARD

attack other-include
sed -i 's/real.h/noop.h/' src/encode.c
judged other-include

attack trigraph
sed -i 's|// why|// why??/|' src/encode.c
judged trigraph

# A compile database that comes with the patch does not decide how the patch is read.
attack own-database
sed -i '/if (!value) return 0;/d' src/encode.c
mkdir build-0
printf '[]' >build-0/compile_commands.json
commit "own database"
run 1 check --base release/1 --head hotfix/own-database --report json=../own.json
says "build-0/compile_commands.json is left out"

# A compile database that leaves nearly all of the project out does not make the encoder a leaf.
git switch -q release/1 && git switch -qc many
for i in $(seq 1 12); do
  printf 'int encode(int* body, const char* value);\nint other%s(int* body) { return encode(body, "x"); }\n' "$i" | write "src/other$i.c"
done
commit "more forms"
git switch -qc hotfix/narrow
sed -i '/if (!value) return 0;/d' src/encode.c
commit "narrow"
printf '[{"directory":"%s","file":"src/encode.c","arguments":["cc","-c","src/encode.c"]}]\n' "$PWD" >../narrow.json
run 1 check --base many --target release/1 --head hotfix/narrow --compile-commands ../narrow.json --report text
says "names only 1 of 14 source files"

# Base and head swapped, or the same: there is no patch, and no pass.
run 3 check --base hotfix/plain --head release/1
says "no patch to judge"
run 3 check --base release/1 --head release/1

# A large file that is no code is listed, and blocks nothing.
attack logo
head -c 9000000 /dev/zero >logo.png
sed -i 's/leaf7(void) { return 7; }/leaf7(void) { return 77; }/' src/forms.c
commit "a logo and a leaf"
run 0 check --base release/1 --head hotfix/logo --compile-commands ../database.json --report json=../logo.json
json_is ../logo.json "['verdict']['decision']" allow

# A file that code includes and that has no name of C is not overlooked.
git switch -q release/1
write src/table.xyz <<<'int table[] = { 1, 2, 3 };'
sed -i '2i #include "table.xyz"' src/encode.c
commit "a table"
attack table
: >src/table.xyz
sed -i 's/leaf7(void) { return 7; }/leaf7(void) { return 77; }/' src/forms.c
commit "no table"
run 1 check --base release/1 --head hotfix/table --compile-commands ../database.json --report text json=../table.json
says "src/table.xyz"

# Moving the code to a folder of tests makes no test of it.
attack moved
mkdir tests
git mv src/encode.c tests/encode.c
sed -i 's|"real.h"|"../src/real.h"|; s|"table.xyz"|"../src/table.xyz"|; /if (!value) return 0;/d' tests/encode.c
judged moved
json_is ../moved.json "['symbols'][0]['in_test_code']" False

# A header that nobody's line names may still be what everybody reads: put before the one on the search path, or
# uncovered by taking that one away, or behind a folder's link.
new_repository shadow
git branch -m release/1 2>/dev/null || git checkout -qb release/1
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"] }
J
write src/cfg.h <<<'static inline int fee(int n) { return n; }'
write inc/readme <<<'headers that come first'
write v1/cur.h <<<'static inline int rate(int n) { return n; }'
write v2/cur.h <<<'static inline int rate(int n) { return 2 * n; }'
ln -s v1 cur
write src/tax.h <<<'static inline int tax(int n) { return n; }'
write first/low.h <<<'#include "src/tax.h"'
write second/low.h <<<'static inline int tax(int n) { return 2 * n; }'
files=()
for i in $(seq 1 31); do
  printf '#include <cfg.h>\nint f%s(int n) { return fee(n); }\n' "$i" | write "u$i.cpp"
  files+=("u$i.cpp")
done
printf '#include <low.h>\n#include "cur/cur.h"\nint low(int n) { return tax(n) + rate(n); }\n' | write low.cpp
commit "units"
compile_database "${files[@]}" low.cpp
sed -i 's/"-c"/"-Iinc","-Inone","-Isrc","-Ifirst","-Isecond","-I.","-c"/' compile_commands.json
mv compile_commands.json ../shadow.json
shadowed() {
  commit "$1"
  run 1 check --base release/1 --head "hotfix/$1" --compile-commands ../shadow.json "${@:2}" --report text "json=../$1.json"
}

attack in-place
sed -i 's/return n/return 2 * n/' src/cfg.h
shadowed in-place
json_is ../in-place.json "['symbols'][0]['fan_in']['direct']" '[31, 31]'
for folder in inc none; do
  attack "shadow-$folder"
  write "$folder/cfg.h" <<<'static inline int fee(int n) { return 2 * n; }'
  sed -i 's/fee(n)/fee(n + 0)/' u1.cpp
  shadowed "shadow-$folder"
  json_is "../shadow-$folder.json" "['verdict']['decision']" block
  json_is "../shadow-$folder.json" "['symbols'][0]['fan_in']['direct']" '[31, 31]'
  run 1 check --base release/1 --head "hotfix/shadow-$folder" --compile-commands ../shadow.json --scope patch --no-cache
done

attack uncovered
git rm -q first/low.h
shadowed uncovered
says "second/low.h"

attack turned-link
ln -sfn v2 cur
shadowed turned-link
says "is a link that"

attack behind-a-link
sed -i 's/return n/return 3 * n/' v1/cur.h
shadowed behind-a-link
says "is read as cur/cur.h, too"

end_of_story
