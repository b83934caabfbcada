#!/usr/bin/env bash
# --scope patch: reads what can matter to the patch and says what it did not read; --budget: nothing that there was no
# time for passes.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository service
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"] }
J
write include/fee.h <<'C'
#pragma once
int fee(int cents);
#define CHARGE(cents) fee(cents)
C
write include/all.h <<'C'
#pragma once
#include "fee.h"
#define CHARGE_TWICE(cents) (CHARGE(cents) + CHARGE(cents))
inline int charge_later(int cents) { return fee(cents) - 1; }
C
write src/fee.cpp <<'C'
#include "../include/fee.h"
int fee(int cents) { return cents; }
C
write src/order.cpp <<'C'
#include "../include/all.h"
int order(int cents) { return CHARGE_TWICE(cents); }
C
write src/lone.cpp <<'C'
static int lone(int x) { return x; }
int none() { return lone(1); }
C
write src/shop.cpp <<'C'
int order(int cents);
int shop() { return order(3); }
int mall() { return shop(); }
C
files=(src/fee.cpp src/order.cpp src/lone.cpp src/shop.cpp)
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
  printf '#include "../include/all.h"\nint other_%s() { return %s; }\n' "$i" "$i" | write src/other_$i.cpp
  files+=("src/other_$i.cpp")
done
git switch -qc release/1
commit "a shop"
compile_database "${files[@]}"
echo compile_commands.json >.git/info/exclude

git switch -qc hotfix/fee release/1
sed -i 's/return cents;/return cents + 1;/' src/fee.cpp
git commit -qam "a fee"
git switch -qc hotfix/lone release/1
sed -i 's/return x;/return x + 1;/' src/lone.cpp
git commit -qam "lone"

judge() {
  local code=$1 head=$2
  shift 2
  run "$code" check --base release/1 --head "$head" --no-cache --quiet --report text json=../report.json \
    --stats ../stats.json "$@"
}

# field PATH: of the last report
field() { python3 -c "import json; print(json.load(open('../report.json'))$1)"; }
# same_but PATTERN ONE OTHER: the reports are equal but for lines that match
same_but() {
  if diff <(grep -vE "$1" "$2") <(grep -vE "$1" "$3") >../difference; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s and %s differ\n%s\n' "$2" "$3" "$(cat ../difference)"
  fi
}

# Who is hidden in a macro of a macro of another header is found, as is an inline function; the rest is not read.
judge 0 hotfix/fee
json_is ../report.json "['risk']['level']" moderate
full=$(field "['symbols'][0]['fan_in']['direct']")
json_is ../report.json "['inputs']['scope']" full
json_is ../report.json "['inputs']['budget']" None
json_is ../report.json "['analysis']['left_out']" None
judge 1 hotfix/fee --scope patch
says "not seen"
says "--scope patch: 13 of the 16 units of the base were not read"
json_is ../report.json "['inputs']['scope']" patch
json_is ../report.json "['symbols'][0]['name']" fee
json_is ../report.json "['symbols'][0]['fan_in']['direct']" "$full"
out=$(field "['symbols'][0]['callers']") err=
says "charge_later"
says "order"
json_is ../report.json "['facts']['impact.fan_in.direct']['value']" 3
json_is ../report.json "['symbols'][0]['fan_in']['rank']" None
json_is ../report.json "['symbols'][0]['fan_in']['transitive']" "[6, None]"
json_is ../report.json "['analysis']['index']['units']" 3
json_is ../report.json "['facts']['tests.reaching.count']['unknown']" \
  "--scope patch: 13 of the 16 units of the base were not read"
# What takes the whole project is not known, and so is the risk: never lower than it is.
json_is ../report.json "['facts']['impact.percentile']['unknown']" \
  "--scope patch: 13 of the 16 units of the base were not read"
json_is ../report.json "['risk']['level']" unknown

# A symbol whose few users were all seen is of low impact whatever its rank is: the same verdict as with the whole graph.
judge 0 hotfix/lone
whole=$(field "['verdict']['decision']")
json_is ../report.json "['impact']['level']" low
judge 0 hotfix/lone --scope patch
json_is ../report.json "['verdict']['decision']" "$whole"
json_is ../report.json "['impact']['level']" low
json_is ../report.json "['symbols'][0]['fan_in']['transitive']" "[1, 1]"
json_is ../stats.json "['units_parsed'] <= 4" True

# The report does not depend on what an index holds, and an index is filled by it for whoever comes next.
cp ../report.json ../cold.json
run 0 check --base release/1 --head hotfix/lone --quiet --index ../index.db --report json=../filling.json
run 0 check --base release/1 --head hotfix/lone --quiet --index ../index.db --report json=../warm.json --scope patch \
  --stats ../stats.json
json_is ../stats.json "['units_parsed']" 0
same_but NOTHING ../cold.json ../warm.json
# The part of the graph is never taken for the whole.
run 0 check --base release/1 --head hotfix/lone --quiet --index ../index.db --report json=../again.json
same_but NOTHING ../filling.json ../again.json

# A budget that is enough changes nothing; one that is not makes nothing pass.
judge 0 hotfix/lone --scope patch --budget 3600
json_is ../report.json "['inputs']['budget']" "{'seconds': 3600, 'ran_out': False}"
same_but '"(digest|budget|seconds|ran_out)"|^    \},?$' ../cold.json ../report.json
for scope in full patch; do
  judge 1 hotfix/fee --scope $scope --budget 0
  says "the time was over (--budget 0)"
  says "There was no time to read src/fee.cpp: give the check more with --budget."
  json_is ../report.json "['inputs']['budget']['ran_out']" True
  json_is ../report.json "['verdict']['decision']" block
  json_is ../report.json "['risk']['level']" unknown
  json_is ../report.json "['analysis']['unread'][0]['cause']" budget
  judge 1 hotfix/lone --scope $scope --budget 0
  json_is ../report.json "['risk']['level']" unknown
done

# Without the time to look for users, nobody was seen: a unit that the index has is no answer.
run 1 check --base release/1 --head hotfix/lone --quiet --index ../index.db --report json=../report.json --scope patch \
  --budget 0
json_is ../report.json "['symbols'][0]['fan_in']['direct']" "[1, None]"
json_is ../report.json "['impact']['level']" unknown

# Names that hide in a header that the build generated, and on the command line.
new_repository generated
write src/fee.cpp <<'C'
int fee(int cents) { return cents; }
C
write src/a.cpp <<'C'
int fee(int);
#include "names.h"
int a() { return PAY(1); }
C
write src/b.cpp <<'C'
int fee(int);
int b() { return PAID(2); }
C
write src/c.cpp <<'C'
int c() { return 3; }
C
echo 'out/' >.gitignore
commit "fees"
write out/include/names.h <<'C'
#define PAY(x) fee(x)
C
python3 - <<'P'
import json, os
more = {"src/a.cpp": ["-Iout/include"], "src/b.cpp": ["-D", "PAID=fee"]}
json.dump([{"directory": os.getcwd(), "file": file, "arguments": ["c++", "-std=c++17", *more.get(file, []), "-c", file]}
           for file in ("src/fee.cpp", "src/a.cpp", "src/b.cpp", "src/c.cpp")], open("out/compile_commands.json", "w"))
P
git switch -qc hotfix/fee
sed -i 's/return cents;/return cents + 1;/' src/fee.cpp
git commit -qam "a fee"
for scope in full patch; do
  run 0 check --base main --head hotfix/fee --no-cache --quiet --scope $scope --compile-commands out --report json=../$scope.json
done
for report in full patch; do
  out=$(python3 -c "import json; print(sorted(c['name'] for c in json.load(open('../$report.json'))['symbols'][0]['callers']))") err=
  says "'a', 'b'"
done
json_is ../patch.json "['analysis']['left_out']" "--scope patch: 1 of the 4 units of the base were not read"

end_of_story
