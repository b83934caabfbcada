#!/usr/bin/env bash
# What test runs leave behind: coverage, results at head and on the base, and tests that the patch makes weaker.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository shop
write src/fee.cpp <<'CODE'
int fee(int cents) {
  int result = cents / 100;
  return result;
}

int refund(int cents) {
  return -cents;
}
CODE
write tests/gtest.h <<'CODE'
#define TEST(suite, name) struct suite##_##name##_Test { void TestBody(); }; void suite##_##name##_Test::TestBody()
void expect(bool ok);
#define EXPECT_EQ(a, b) expect((a) == (b))
CODE
write tests/fee_test.cpp <<'CODE'
#include "gtest.h"
int fee(int cents);
TEST(Fee, Least) {
  EXPECT_EQ(fee(200), 2);
  EXPECT_EQ(fee(900), 9);
}
CODE
compile_database src/fee.cpp tests/fee_test.cpp
printf 'compile_commands.json\n*.info*\n*.xml\n*.json\n' >.gitignore
commit base
base=$(git rev-parse HEAD)
git checkout -q -b fix
write src/fee.cpp <<'CODE'
int fee(int cents) {
  if (cents <= 0) {
    return 0;
  }
  int result = cents / 100;
  return result < 1 ? 1 : result;
}

int refund(int cents) {
  return -cents;
}
CODE
commit 'A fee is never negative'
head=$(git rev-parse HEAD)

check() { run 0 check --base main --head fix --report text --report json=r.json --quiet "$@"; }

# without evidence nothing is said about it
check
says 'nearest test Fee.Least'
json_is r.json "['symbols'][0]['coverage']" None
json_is r.json "['symbols'][0]['evidence']['reached']" yes
json_is r.json "['symbols'][0]['evidence']['executed']" unknown
json_is r.json "['facts']['coverage.changed_lines.percent']['unknown']" 'no coverage was given'
json_is r.json "['facts']['tests.results.given']['value']" False
digest=$(python3 -c "import json; print(json.load(open('r.json'))['inputs']['digest'])")

# all four grades
write cov.info <<'INFO'
TN:
SF:/ci/build/shop/src/fee.cpp
FN:1,_Z3feei
FN:9,_Z6refundi
DA:1,2
DA:2,2
BRDA:2,0,0,0
BRDA:2,0,1,2
DA:3,0
DA:5,2
DA:6,2
DA:9,0
DA:10,0
end_of_record
INFO
results() {
  write "$1" <<XML
<testsuites><testsuite name="Fee" tests="1" failures="$2">
  <testcase name="Least" classname="Fee" status="run">$3</testcase>
</testsuite></testsuites>
XML
}
results head.xml 0 ''
results base.xml 1 '<failure message="0 is not 1"/>'
echo "$head" >cov.info.commit
check --coverage cov.info --junit head.xml --junit-at-base base.xml
says 'reached by 1 test, executed 2 of 3 changed lines (1 of 2 branches), passed 1 test, pins the fix: Fee.Least [claimed]'
says 'cov.info (lcov) is of head: its commit is named'
json_is r.json "['symbols'][0]['coverage']['changed_lines']" 3
json_is r.json "['symbols'][0]['coverage']['covered']" 2
json_is r.json "['symbols'][0]['evidence']['pins_the_fix']" yes
json_is r.json "['facts']['coverage.changed_lines.percent']['value']" 66.6667
json_is r.json "['facts']['coverage.changed_branches.percent']['value']" 50.0
json_is r.json "['facts']['tests.pinning.count']['value']" 1
json_is r.json "['inputs']['digest'].replace('$digest', 'the same')[:7]" sha256:

# a commit that is not head's: nothing of it counts
echo "$base" >cov.info.commit
check --coverage cov.info
says 'which is not head'
json_is r.json "['symbols'][0]['evidence']['executed']" unknown
rm cov.info.commit

# of another text: a function lies elsewhere
sed 's/^FN:9/FN:6/' cov.info >old.info
check --coverage old.info
says 'it has refund at line 6, which is at line 9'

# damaged and hostile files are unknown, with their line
sed 's/^DA:3,0/DA:3,-1/' cov.info >bad.info
check --coverage bad.info
json_is r.json "['facts']['coverage.changed_lines.percent']['unknown'][:60]" '4 of 4 changed lines: bad.info:9: DA: a count from 0 to 2^64'
printf 'SF:../../etc/passwd\nDA:1,1\nend_of_record\nSF:/etc/src/fee.c\nDA:1,1\nend_of_record\n' >out.info
check --coverage out.info
json_is r.json "['facts']['coverage.changed_lines.percent']['unknown']" '4 of 4 changed lines: no coverage file names src/fee.cpp'
run 3 check --base main --head fix --coverage missing.info --quiet
says 'cannot read missing.info'

# a failed test warns; a pass after it is flaky, not passed; no test is no evidence
results failed.xml 1 '<failure/>'
check --junit failed.xml
says 'baseline/tests-passed'
says 'FAILED Fee.Least'
check --junit failed.xml --junit head.xml
says 'FAILED Fee.Least (flaky)'
json_is r.json "['facts']['tests.results.passed']['value']" 0
json_is r.json "['facts']['tests.reaching.count']['value']" 0
json_is r.json "['symbols'][0]['tests'][0]['no_evidence']" 'is flaky'
sorted=$(python3 -c "import json; print(json.load(open('r.json'))['inputs']['digest'])")
check --junit head.xml --junit failed.xml
json_is r.json "['inputs']['digest']" "$sorted"
echo '<testsuites/>' >none.xml
check --junit none.xml
json_is r.json "['facts']['tests.results.passed']['unknown']" 'the JUnit files hold no test: that is no evidence'

# a test that is made weaker in the same patch
write tests/fee_test.cpp <<'CODE'
#include "gtest.h"
int fee(int cents);
TEST(Fee, Least) {
  EXPECT_EQ(fee(200), 2);
}
CODE
commit 'and a test is happy'
check
says 'Fee.Least: an assertion is gone (base tests/fee_test.cpp:5): EXPECT_EQ(fee(900), 9)'
says 'baseline/tests-strong'
json_is r.json "['facts']['tests.weakened.count']['value']" 1

# the same bytes twice
check --coverage cov.info --junit head.xml
cp r.json first.json
check --coverage cov.info --junit head.xml
same_bytes() { cmp -s r.json first.json && echo same; }
json_is <(printf '["%s"]' "$(same_bytes)") '[0]' same

end_of_story
