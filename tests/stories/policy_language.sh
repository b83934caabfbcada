#!/usr/bin/env bash
# A policy of a team: it extends another one, says why where it asks for less, has parameters, is checked and tested; the
# organisation's floor lies under it; and each verdict says which line of which policy asked.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository tool
write .patchgate/company.json <<'J'
{ "policy": 1,
  "parameters": { "most-files": { "about": "files that one patch may touch", "default": 3 } },
  "rules": [
    { "id": "company/small", "title": "a patch is small", "level": "block",
      "require": { "fact": "patch.files.count", "at_most": { "parameter": "most-files" } } } ] }
J
policy() {
  write .patchgate/policy.json
}

write a.txt <<<"one"
commit "start"

# Asking for less without a reason is an error, with its line and column; so is what nobody ever heard of.
policy <<'J'
{ "policy": 1, "extends": ["company.json"],
  "set": { "most-files": 5 },
  "if_no_rule_applies": "allow",
  "rules": [ { "id": "team/read", "level": "warn", "require": { "fact": "analysis.unraed.count", "at_most": 0 } } ] }
J
run 2 policy check --policy .patchgate/policy.json
says "policy.json:2:26: this loosens rule 'company/small' (require)"
says "policy.json:4:73: "
says "did you mean 'analysis.unread.count'?"
policy <<'J'
{ "policy": 1, "extends": ["company.json"],
  "if_no_rule_applies": "allow",
  "rules": [] }
J
run 2 policy check --policy .patchgate/policy.json
says "policy.json:2:3: this loosens 'if_no_rule_applies' (none → allow); say why with 'loosens'"

# With reasons it is fine; what the author of a patch can avoid by a word is a warning.
policy <<'J'
{ "policy": 1, "extends": ["company.json"],
  "set": { "most-files": { "value": 5, "loosens": "generated files come along" } },
  "if_no_rule_applies": "allow",
  "loosens": { "if_no_rule_applies": "a young project" },
  "rules": [
    { "id": "team/no-revert", "title": "no exact revert on this branch", "level": "warn",
      "when": { "fact": "source.ref", "matches": "hotfix/**" }, "require": { "fact": "patch.revert", "is": false } } ] }
J
run 0 policy check --policy .patchgate/policy.json
says "policy.json:6:13: rule 'team/no-revert' applies by what the patch's author says (source.ref)"
says "2 rules, 1 warnings"

# Tests beside it; a threshold that no case looks at survives.
tests_with() {
  write .patchgate/tests/small.json <<J
{ "tests": [
  { "name": "few", "facts": { "set": { "patch.files.count": $1, "patch.revert": false, "source.ref": "hotfix/a" } }, "expect": { "verdict": "allow", "rules": { "company/small": "pass", "team/no-revert": "pass" } } },
  { "name": "many", "facts": { "set": { "patch.files.count": $2, "patch.revert": true, "source.ref": "hotfix/a" } }, "expect": { "verdict": "block", "rules": { "company/small": "fail", "team/no-revert": "fail" } } },
  { "name": "a branch of another name", "facts": { "set": { "patch.files.count": 5, "patch.revert": true, "source.ref": "topic" } }, "expect": { "verdict": "allow", "rules": { "team/no-revert": "not_applicable" } } } ] }
J
}
tests_with 5 9
run 1 policy test --policy .patchgate/policy.json
says "company/small"
tests_with 5 6
run 0 policy test --policy .patchgate/policy.json

# In force, on the branch: parameters, the line and the commit.
commit "a policy"
at=$(git rev-parse --short=12 HEAD)
git switch -qc topic
for i in 1 2 3 4 5 6; do echo "$i" >"more$i.txt"; done
commit "more"
run 0 policy show
says "policy base:.patchgate/policy.json at "
says "parameter most-files = 5 (.patchgate/policy.json:2, set): files that one patch may touch"
says "note: rule company/small is loosened by .patchgate/policy.json:2"
says "note: 'if_no_rule_applies' (none → allow) is loosened by .patchgate/policy.json:3: a young project"
run 0 explain company/small --rev main
says "policy base:.patchgate/policy.json at $at"
says "requires patch.files.count at most 5"
run 1 check --base main --head topic --report text --report json=../r.json --report facts=../f.json
says "asked by .patchgate/company.json:4 at $at"
says "loosened by .patchgate/policy.json:3: a young project"
json_is ../r.json "['verdict']['rules'][0]['commit'][:12]" "$at"
json_is ../r.json "['verdict']['rules'][0]['floor']" False
json_is ../f.json "['facts']['patch.files.count']['value']" 6

# The floor asks for more than the team: its rule counts, and the verdict says whose it is.
write ../floor.json <<'J'
{ "policy": 1, "rules": [
    { "id": "company/small", "title": "a patch is small", "level": "block",
      "require": { "fact": "patch.files.count", "at_most": 4 } } ] }
J
git switch -q main
git switch -qc five
for i in 1 2 3 4 5; do echo "$i" >"more$i.txt"; done
commit "five"
run 0 check --base main --head five --report text
run 1 check --base main --head five --floor ../floor.json --report text --report json=../r.json
says "of the organisation's floor"
says "the floor holds rule company/small"
json_is ../r.json "['verdict']['rules'][0]['floor']" True
run 0 explain company/small --floor ../floor.json
says "of the organisation's floor: nothing of the repository lifts it"

end_of_story
