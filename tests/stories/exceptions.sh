#!/usr/bin/env bash
# Standing exceptions: until a day, a rule does not count for some paths; what else it objects to goes on blocking.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

now=2026-01-05T12:00:00Z
new_repository tool
write .patchgate/policy.json <<'J'
{ "policy": 1,
  "rules": [
    { "id": "team/gate", "title": "the gate is left alone", "level": "block", "require": { "fact": "patch.gate_files.count", "at_most": 0 } },
    { "id": "team/tested", "title": "every function is tested", "level": "block",
      "require": { "every": "symbols.touched", "has": { "field": "tests.reaching", "at_least": 1 } } },
    { "id": "team/read", "title": "all was read", "level": "final", "require": { "fact": "analysis.unread.count", "at_most": 0 } } ] }
J
write old/pay.cpp <<<"int pay(int cents) { return cents; }"
write new/fee.cpp <<'C'
int fee(int cents) { return cents; }
int tax(int cents) { return cents; }
int rest(int cents) { return cents; }
C
compile_database old/pay.cpp new/fee.cpp
echo compile_commands.json >.git/info/exclude
git switch -qc release/1
commit "start"

# exceptions JSON: these are on the base from now on
exceptions() {
  git switch -q release/1
  write .patchgate/exceptions.json <<<"{ \"exceptions\": [ $1 ] }"
  git add -A
  git commit -qm exceptions --allow-empty
}
one() {
  printf '{ "rule": "%s", "paths": [%s], "reason": "is rewritten anyway", "owner": "ana@example.org", "ticket": "OPS-1", "expires": "%s" }' "$1" "$2" "${3:-2026-02-28}"
}
check() {
  local expected=$1
  shift
  run "$expected" check --base release/1 --head hotfix --target release/1 --now "$now" --report text --report json=../r.json --report markdown=../r.md "$@"
}

touch_both() {
  git switch -q release/1
  git branch -qD hotfix 2>/dev/null || true
  git switch -qc hotfix
  write old/pay.cpp <<<"int pay(int cents) { return cents + 1; }"
  [ "${1:-}" = old ] || sed -i 's/cents;/cents + 1;/' new/fee.cpp
  git add -A
  git commit -qm "one more"
}

# It covers what lies in its paths, and nothing else.
exceptions "$(one team/tested '"old/**"')"
touch_both old
check 0
says "team/tested: fail (excepted) pay: is rewritten anyway (ana@example.org, OPS-1, until 2026-02-28, .patchgate/exceptions.json:1)"
says "standing exceptions lift 1 rule"
json_is ../r.json "['verdict']['decision']" allow
json_is ../r.json "['verdict']['rules'][1]['result']" fail
json_is ../r.json "['verdict']['rules'][1]['effect']" none
json_is ../r.json "['verdict']['rules'][1]['excepted']['whole']" True
json_is ../r.json "['leave']['exceptions'][0]['state']" used
touch_both
check 1
says "fee"
says "team/tested: fail, but not for pay"
json_is ../r.json "['verdict']['rules'][1]['excepted']['whole']" False
json_is ../r.json "['verdict']['rules'][1]['at'][0]['file']" new/fee.cpp

# One symbol of a file.
exceptions "$(one team/tested '"new/**"' | sed 's/"reason"/"symbol": "fee", "reason"/'), $(one team/tested '"old/**"')"
touch_both
check 1
says "tax"
json_is ../r.json "['verdict']['rules'][1]['because'][0].count('fee (')" 0

# A file that the patch moves there is not covered.
exceptions "$(one team/tested '"old/**"')"
git switch -q release/1
git branch -qD hotfix
git switch -qc hotfix
git mv new/fee.cpp old/fee.cpp
sed -i 's/int fee(int cents) { return cents;/int fee(int cents) { return cents + 1;/' old/fee.cpp
compile_database old/pay.cpp old/fee.cpp
git commit -qam "moved"
check 1
says "fee"
compile_database old/pay.cpp new/fee.cpp

# The last day counts to its end, in UTC; then it is not applied, and says so.
exceptions "$(one team/tested '"old/**"')"
touch_both old
now=2026-02-28T23:59:59Z
check 0
says "expires on 2026-02-28"
now=2026-03-01T00:30:00+01:00
check 0
now=2026-03-01T00:00:00Z
check 1
says "expired on 2026-02-28 and is not applied; ana@example.org, OPS-1"
now=2026-01-05T12:00:00Z

# Unused ones are told.
exceptions "$(one team/tested '"gone/**"'), $(one team/gate '"old/**"')"
touch_both old
check 1
says "exception to team/tested for gone/** (.patchgate/exceptions.json:1) is unused: no file of the base lies in its paths"
says "exception to team/gate for old/** (.patchgate/exceptions.json:1) is unused here"

# What is wrong ends the run.
exceptions "$(one team/testet '"old/**"')"
check 2
says ".patchgate/exceptions.json:1:29: the policy has no rule 'team/testet'; did you mean 'team/tested'?"
exceptions "$(one team/tested '"old/**"' 2026-07-05)"
check 2
says "more than 180 days away; the latest day is 2026-07-04"
exceptions "$(one team/tested '"old/**"' 2026-07-04)"
check 0
exceptions "$(one team/read '"old/**"')"
check 2
says "rule 'team/read' is final: it has no exceptions"
exceptions '{ "rule": "team/tested", "paths": ["old/**"], "reason": "x" }'
check 2
says "this exception has no 'expires'"
says "this exception has no 'owner'"
exceptions ''
check 1

# A patch that changes the gate is a finding, and cannot help itself: its own exceptions do not count yet.
git switch -qc help-myself
write .patchgate/exceptions.json <<<"{ \"exceptions\": [ $(one team/gate '"**"') ] }"
write .github/workflows/gate.yml <<<"run: patchgate check"
write .github/workflows/docs.yml <<<"run: make docs"
git add -A
git commit -qm "help myself"
run 1 check --base release/1 --head help-myself --now "$now" --report text --report json=../r.json
says ".github/workflows/gate.yml: a job that runs this gate (added)"
says ".patchgate/exceptions.json: standing exceptions (modified)"
json_is ../r.json "['facts']['patch.gate_files.count']['value']" 2
says "under the new policy this patch would: ALLOW"
says "team/gate: fail (block) now, fail then"
json_is ../r.json "['verdict']['decision']" block

# The preview: the new policy is read, tested, and judges; nobody is bound.
git switch -q release/1
git switch -qc new-policy
write .patchgate/policy.json <<'J'
{ "policy": 1,
  "rules": [ { "id": "team/none", "title": "no change", "level": "block", "require": { "fact": "patch.files.count", "at_most": 0 } } ] }
J
write .patchgate/tests/t.json <<'J'
{ "tests": [ { "name": "a change blocks", "facts": { "base": { "patch.files.count": 1 } }, "expect": { "verdict": "block" } },
             { "name": "it does not", "facts": { "base": { "patch.files.count": 1 } }, "expect": { "verdict": "allow" } } ] }
J
git add -A
git commit -qm "another policy"
run 1 check --base release/1 --head new-policy --now "$now" --report text --report json=../r.json
says "its tests: 1 passed, 1 failed"
says "failed: .patchgate/tests/t.json: it does not"
says "under the new policy this patch would: BLOCK: no change"
json_is ../r.json "['leave']['preview']['changes'][0]" "team/gate: fail (block) now, gone then"
json_is ../r.json "['leave']['preview']['changes'][-1]" "team/none: new, fail (block)"
write .patchgate/policy.json <<'J'
{ "policy": 1, "rules": [ { "id": "team/none", "level": "blokc", "require": { "fact": "patch.files.count", "at_most": 0 } } ] }
J
git commit -qam "a slip"
run 1 check --base release/1 --head new-policy --now "$now"
says "error: head:.patchgate/policy.json:1:57: 'blokc' is not a value of 'level'; did you mean 'block'?"
git rm -qr .patchgate
git commit -qm "no gate"
run 1 check --base release/1 --head new-policy --now "$now"
says "the patch takes the policy away: rules would only be observed"

# What only the code host knows.
git switch -q release/1
write .patchgate/policy.json <<'J'
{ "policy": 1, "rules": [ { "id": "team/seen", "level": "block", "require": { "all": [
  { "fact": "review.approvals.count", "at_least": 2 }, { "fact": "review.owners.count", "at_least": 1 } ] } } ] }
J
rm -f .patchgate/exceptions.json
git add -A
git commit -qm "reviews"
touch_both old
head=$(git rev-parse hotfix)
context() {
  write "$story_folder/context.json" <<<"$1"
  check "$2" --context "$story_folder/context.json"
}
check 1
says "no context file was given"
context "{ \"context\": 1, \"head\": \"$head\", \"actor\": \"ana\", \"approvals\": [\"bo\", \"cy\"], \"owners\": [\"cy\"], \"labels\": [\"hotfix\"] }" 0
json_is ../r.json "['inputs']['context']" context.json
context "{ \"context\": 1, \"head\": \"$head\", \"actor\": \"ana\", \"approvals\": [\"bo\", \"Bo\", \"ana\", \"ana@example.org\"], \"owners\": [\"bo\"] }" 1
json_is ../r.json "['facts']['review.approvals.count']['value']" 1
context "{ \"context\": 1, \"head\": \"$head\", \"approvals\": [\"bo\", \"cy\"], \"owners\": [\"cy\"] }" 0
context '{ "context": 1, "head": "0123456789012345678901234567890123456789", "approvals": ["bo", "cy"], "owners": ["cy"] }' 1
says "are for commit 0123456789012345678901234567890123456789"
# Approvals of nobody knows which push count for none.
context '{ "context": 1, "actor": "ana", "approvals": ["bo", "cy"], "owners": ["cy"] }' 1
says "does not name the commit that the approvals are for (head)"
context '{ "context": 1, "aprovals": [] }' 2
says "context.json:1:17: unknown key 'aprovals'; did you mean 'approvals'?"
write "$story_folder/context.json" <<<"{ \"context\": 1, \"head\": \"$head\", \"target_ref\": \"release/9\", \"approvals\": [\"bo\", \"cy\"], \"owners\": [\"cy\"] }"
run 0 check --base release/1 --head hotfix --context "$story_folder/context.json" --report json=../r.json
json_is ../r.json "['inputs']['target_ref']" release/9
git switch -q hotfix
write context.json <<<'{ "context": 1, "approvals": ["bo", "cy"], "owners": ["cy"] }'
git add -A
git commit -qm "I am approved"
check 2 --context context.json
says "is a file of the patch, so that its author could write it"
end_of_story
