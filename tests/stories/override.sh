#!/usr/bin/env bash
# Break glass: for one commit and some hours, named rules only warn; everybody reads who wanted it, and what was promised.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

now=2026-01-05T12:00:00Z
new_repository shop
write .patchgate/policy.json <<'J'
{ "policy": 1, "override": { "approvers": ["bo@example.org", "Cy <cy@example.org>", "ana@example.org"] },
  "rules": [
    { "id": "team/tests", "title": "a test comes with it", "level": "block",
      "require": { "fact": "patch.files.test.count", "at_least": 1 }, "fix": "Add a test." },
    { "id": "team/small", "title": "few files", "level": "block", "require": { "fact": "patch.files.count", "at_most": 3 } },
    { "id": "team/read", "title": "nothing hides", "level": "final", "require": { "fact": "patch.suspicious_text.count", "at_most": 0 } } ] }
J
write price.txt <<<"7"
git switch -qc release/1
commit "prices"
git switch -qc hotfix/price
write price.txt <<<"8"
commit "eight"
head=$(git rev-parse HEAD)
outside=$story_folder/outside
mkdir "$outside"
check() {
  local expected=$1
  shift
  run "$expected" check --base release/1 --head "$head" --target release/1 --now "$now" --report text --report json=../r.json "$@"
}

# override NAME [KEY=JSON]...: a file that is in order but for these members; null takes one out
override() {
  python3 - "$head" "$@" >"$outside/$1.json" <<'P'
import json, sys
file = {"override": 1, "head": sys.argv[1], "rules": ["team/tests"], "reason": "Outage 4411: prices are wrong in the shop",
        "ticket": "OPS-4411", "requested_by": "Ana <ana@example.org>", "approved_by": "Bo Lind <BO@example.org>",
        "issued_at": "2026-01-05T11:00:00Z", "not_after": "2026-01-06T11:00:00Z",
        "promise": {"text": "a test of the price", "test": "tests/price_test.cpp::Price.IsEight", "until": "2026-01-09"}}
for change in sys.argv[3:]:
    key, value = change.split("=", 1)
    file[key] = json.loads(value)
print(json.dumps({key: value for key, value in file.items() if value is not None}, indent=1))
P
}

check 1
says "BLOCK"

# It warns, and says so in every format.
override good
check 0 --override "$outside/good.json"
says "OVERRIDDEN"
says "Outage 4411: prices are wrong in the shop (OPS-4411)"
says "asked for by Ana <ana@example.org>, approved by Bo Lind <BO@example.org>, from 2026-01-05T11:00:00Z until 2026-01-06T11:00:00Z"
says "promised: a test of the price; the test tests/price_test.cpp::Price.IsEight by 2026-01-09"
json_is ../r.json "['verdict']['decision']" warn
json_is ../r.json "['verdict']['rules'][0]['result']" fail
json_is ../r.json "['verdict']['rules'][0]['effect']" warn
json_is ../r.json "['verdict']['rules'][0]['override']['approved_by']" "Bo Lind <BO@example.org>"
json_is ../r.json "['verdict']['rules'][0]['override']['not_after']" "2026-01-06T11:00:00Z"
json_is ../r.json "['verdict']['rules'][1]['override']" None
json_is ../r.json "['inputs']['overrides'][0]['source']" file:good.json
check 7 --override "$outside/good.json" --warn-exit 7
for format in markdown sarif gitlab junit github rdjson; do
  run 0 check --base release/1 --head "$head" --target release/1 --now "$now" --override "$outside/good.json" --report $format
  says "2026-01-06T11:00:00Z"
done

# The deploy step takes it, for this commit and as long as it lasts.
check 0 --override "$outside/good.json"
run 0 verify ../r.json --head "$head" --now "$now"
says "OVERRIDDEN"
run 1 verify ../r.json --head "$head" --now 2026-01-06T11:00:01Z
says "the override of team/tests ended at 2026-01-06T11:00:00Z"
run 1 verify ../r.json --head release/1 --now "$now"

# What is wrong with the file ends the run, with its place.
wrong() {
  local says=$1
  shift
  override bad "$@"
  check 2 --override "$outside/bad.json"
  says "$outside/bad.json:"
  says "$says"
}
wrong "there is no wildcard" 'rules=["team/*"]'
wrong "the policy has no rule 'team/test'; did you mean 'team/tests'?" 'rules=["team/test"]'
wrong "whoever asks for an override cannot approve it" 'approved_by="ANA@example.org"'
wrong "whoever asks for an override cannot approve it" 'approved_by="ana+work@example.org"'
wrong "must hold an e-mail address" 'approved_by="bo"'
wrong "at least 20 letters" 'reason="because, because...  "'
wrong "more than 72 hours after 'issued_at'; the latest is 2026-01-08T11:00:00Z" 'not_after="2026-01-08T11:00:01Z"'
wrong "full id of one commit" 'head="HEAD"'
wrong "unknown key 'aproved_by'; did you mean 'approved_by'?" 'aproved_by="bo@example.org"'
wrong "this override has no 'not_after'" 'not_after=null'
wrong "must be 1" 'override=2'
echo '{ "override": 1, "override": 1 }' >"$outside/bad.json"
check 2 --override "$outside/bad.json"
says "$outside/bad.json:1:18: "
head -c 70000 /dev/zero >"$outside/bad.json"
check 3 --override "$outside/bad.json"
check 3 --override "$outside/none.json"

# What does not fit this run lifts nothing, and says why.
refused() {
  local says=$1
  shift
  override other "$@"
  check 1 --override "$outside/other.json"
  says "override refused: $outside/other.json:"
  says "refused: file:other.json:"
  says "$says"
  json_is ../r.json "['leave']['overrides'][0]['state']" refused
}
refused "it is for commit 0123456789012345678901234567890123456789, and this is $head" 'head="0123456789012345678901234567890123456789"'
refused "it ended at 2026-01-05T11:59:59Z" 'not_after="2026-01-05T11:59:59Z"'
refused "it begins at 2026-01-05T12:00:01Z" 'issued_at="2026-01-05T12:00:01Z"'
refused "it ends more than 72 hours from now" issued_at=null 'not_after="2026-01-08T12:00:01Z"'
refused "is not among those whom the policy lets approve" 'approved_by="eve@example.org"'
refused "'ana@example.org' is an author of the patch and cannot approve it" 'approved_by="ana@example.org"' 'requested_by="dee@example.org"'
refused "rule 'team/read' is final" 'rules=["team/tests","team/read"]'
refused "it is for 'production'" 'target="production"'

# Rules that it does not name go on blocking.
override small 'rules=["team/small"]'
check 1 --override "$outside/small.json"
json_is ../r.json "['verdict']['rules'][0]['effect']" block

# Where a patch could put it, it does not count; behind a link neither.
cp "$outside/good.json" ours.json
check 2 --override ours.json
says "lies in a work tree of this repository"
ln -s "$PWD/ours.json" "$outside/link.json"
check 2 --override "$outside/link.json"
git worktree add -q "$story_folder/second" release/1
cp "$outside/good.json" "$story_folder/second/ours.json"
check 2 --override "$story_folder/second/ours.json"
git worktree remove --force "$story_folder/second"
rm ours.json

# Kept in the repository: a blob, or the files of a commit.
keep() {
  git update-ref "refs/patchgate/overrides/$1" "$(git hash-object -w "$outside/$2.json")"
}
keep 4411 good
check 0
says "OVERRIDDEN"
says "from refs/patchgate/overrides/4411"
json_is ../r.json "['inputs']['overrides'][0]['source']" refs/patchgate/overrides/4411
git update-ref -d refs/patchgate/overrides/4411
blob=$(git hash-object -w "$outside/good.json")
tree=$(printf '100644 blob %s\tops-4411.json\n' "$blob" | git mktree)
git update-ref refs/patchgate/overrides/reviewed "$(git commit-tree -m reviewed "$tree")"
check 0
says "from refs/patchgate/overrides/reviewed:ops-4411.json"
git update-ref -d refs/patchgate/overrides/reviewed
# One that is broken stops nobody else, and lifts nothing.
echo '{' >"$outside/broken.json"
keep 1 broken
check 1
says "override refused: refs/patchgate/overrides/1:2:"
keep 4411 good
check 0
git update-ref -d refs/patchgate/overrides/1

# Deployed: the next patches read what was promised, until it is there.
git switch -q release/1
git merge -q --ff-only hotfix/price
git switch -qc hotfix/name
write name.txt <<<"shop"
write tests/more_test.cpp <<<"// TEST(Price, IsEight) follows"
commit "a name"
head=$(git rev-parse HEAD)
check 0
says "open: Ana <ana@example.org> promised by 2026-01-09: a test of the price (the test tests/price_test.cpp::Price.IsEight); for team/tests"
says "4 days left"
json_is ../r.json "['facts']['override.debts.open.count']['value']" 1
now=2026-01-10T00:00:00Z
check 0
says "overdue: "
says "That day has passed, and the test is not there"
write tests/price_test.cpp <<<"// TEST(Price, IsEight) {}"
commit "only a comment"
head=$(git rev-parse HEAD)
check 0
says "overdue: "
write tests/price_test.cpp <<<"TEST(Price, IsEight) { EXPECT_EQ(price(), 8); }"
commit "kept"
head=$(git rev-parse HEAD)
check 0
says "paid: "
says "This patch brings it"
git switch -q release/1
git merge -q --ff-only hotfix/name
git switch -qc hotfix/last
write tests/more_test.cpp <<<"int more();"
commit "more"
head=$(git rev-parse HEAD)
check 0
json_is ../r.json "['leave']['debts']" "[]"
json_is ../r.json "['inputs']['overrides'][0]['source']" refs/patchgate/overrides/4411
end_of_story
