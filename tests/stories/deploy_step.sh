#!/usr/bin/env bash
# The deploy step: a verdict opens the way for exactly the commit, the target and the policy that it was given on.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository service
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"] }
J
write fee.cpp <<'C'
int fee(int cents) { return cents; }
C
git switch -qc release/1
commit "fees"
compile_database fee.cpp
echo compile_commands.json >.git/info/exclude
base=$(git rev-parse HEAD)

git switch -qc hotfix/half
write fee.cpp <<'C'
int fee(int cents) { return cents / 2; }
C
commit "half"
head=$(git rev-parse HEAD)
run 0 check --base release/1 --head hotfix/half --report json=../half.json

# As the report says, as the command line says.
run 0 verify ../half.json --head "$head"
says "$head may be deployed to release/1: "
run 0 verify ../half.json --head hotfix/half --target release/1

# Another commit, a name for nothing, another target.
run 1 verify ../half.json --head release/1
says "the report judges $head, and $base is about to be deployed"
run 2 verify ../half.json --head nowhere
says "unknown revision 'nowhere'"
run 1 verify ../half.json --head "$head" --target production --policy .patchgate/policy.json
says "the report judges for release/1, and this is production"
run 3 verify ../half.json --head "$head" --target production
says "the target branch production is not in this clone"
run 2 verify ../half.json
says "needs --head"

# A report on the last commit alone does not speak for the one before it.
git switch -q hotfix/half
git commit -q --allow-empty -m "nothing more"
last=$(git rev-parse HEAD)
run 0 check --base "$head" --head "$last" --target release/1 --report json=../last.json
run 1 verify ../last.json --head "$last"
says "the report judges what came after $head, and the deploy brings all that came after $base"
run 0 verify ../last.json --head "$last" --base "$head"
run 1 verify ../half.json --head "$head" --base "$head"
git reset -q --hard "$head"
git switch -q release/1

# Once merged, the same commit is still the one that was judged; the merge itself is another one.
git switch -q release/1
git merge -q --no-ff -m "merge" hotfix/half
run 0 verify ../half.json --head "$head"
run 0 verify ../half.json --head "$head" --base "$base"
run 1 verify ../half.json --head HEAD
says "judge what is to be deployed"

# A policy that was made stricter since: what was allowed by the old one is judged again.
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"],
  "rules": [{ "id": "team/none", "title": "no files", "level": "block", "require": { "fact": "patch.files.count", "at_most": 0 }, "fix": "Change nothing." }] }
J
commit "a stricter policy"
run 1 verify ../half.json --head "$head"
says "the report was made by another policy than the one in force"

# A patch that brings a policy along is judged by the one before it, and may be deployed once it is merged.
git switch -qc hotfix/policy
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"] }
J
commit "back to the plain policy"
git switch -q release/1
run 1 check --base release/1 --head hotfix/policy --report json=../policy.json
run 1 verify ../policy.json --head hotfix/policy
says "the verdict is block"

# A word of the report was changed: it does not agree with itself any more.
sed 's/"decision": "block"/"decision": "allow"/' ../policy.json >../forged.json
run 2 verify ../forged.json --head hotfix/policy
says "the verdict is allow, and the rule team/none blocks: the report contradicts itself"
sed -i 's/"effect": "block"/"effect": "none"/' ../forged.json
run 2 verify ../forged.json --head hotfix/policy
says "contradicts itself"

git switch -q release/1
sed -i 's/"at_most": 0/"at_most": 1/' .patchgate/policy.json
commit "one file is let through"
git switch -q hotfix/policy
git rebase -q -X theirs release/1
git switch -q release/1
run 0 check --base release/1 --head hotfix/policy --report json=../allowed.json
run 0 verify ../allowed.json --head hotfix/policy
before=$(git rev-parse HEAD)
git merge -q --ff-only hotfix/policy
run 0 verify ../allowed.json --head hotfix/policy
says "name what is deployed now: --base REV"
run 0 verify ../allowed.json --head hotfix/policy --base "$before"
run 1 verify ../allowed.json --head hotfix/policy --base "$base"
commit_after() {
  git commit -q --allow-empty -m "$1"
}
commit_after "more"
run 0 verify ../allowed.json --head hotfix/policy

# A freeze counts at the deploy: the same report passes before it, and not within.
git switch -q -C release/2 "$base"
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"], "rules": [{ "id": "baseline/freeze", "level": "block" }] }
J
write .patchgate/calendar.json <<'J'
{ "calendar": 1, "windows": [{ "id": "winter", "reason": "holidays", "tz": "UTC",
    "from": "2024-01-01T00:00", "to": "2030-01-01T00:00" }] }
J
commit "a freeze"
git switch -qc hotfix/third
write fee.cpp <<'C'
int fee(int cents) { return cents / 3; }
C
commit "third"
git switch -q release/2
run 0 check --base release/2 --head hotfix/third --now 2023-06-16T12:00:00Z --report json=../third.json
run 0 verify ../third.json --head hotfix/third --now 2023-06-17T12:00:00Z
run 1 verify ../third.json --head hotfix/third --now 2026-06-17T12:00:00Z
says "release/2 is frozen until 2030-01-01 00:00 UTC (window now: winter); baseline/freeze blocks"
sed -i 's/2030-01-01/2031-01-01/' .patchgate/calendar.json
commit "a longer freeze"
run 1 verify ../third.json --head hotfix/third --now 2023-06-17T12:00:00Z
says ".patchgate/calendar.json on release/2 is another one than the report was made by"
git switch -q release/1

# A policy from outside of the repository has to be named again; without a repository everything has to be.
write ../outside.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"], "hotfix": { "target": ["release/*"] } }
J
run 0 check --base "$base" --head "$head" --target release/1 --policy ../outside.json --report json=../outside-report.json
run 2 verify ../outside-report.json --head "$head"
says "name it: --policy FILE"
run 0 verify ../outside-report.json --head "$head" --policy ../outside.json
cd ..
run 0 verify outside-report.json --head "$head" --policy outside.json --target release/1
echo '{ "policy": 1, "extends": ["builtin:hotfix@1"] }' >outside.json
run 1 verify outside-report.json --head "$head" --policy outside.json
says "another policy"
run 3 verify half.json --head "$head"

# What is no verdict.
run 3 verify nowhere.json --head "$head"
says "nowhere.json"
echo '{' >broken.json
run 2 verify broken.json --head "$head"
says "broken.json:2: not JSON"
run 3 check --repo service --base "$head" --head "$base" --report json=none.json
run 3 verify none.json --head "$base"
says "nothing was judged"
end_of_story
