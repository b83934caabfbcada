#!/usr/bin/env bash
# Bad input: one clear message that names the thing and the next step, the right exit code, and never a pass.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

# Not a repository.
mkdir plain && cd plain
run 3 check --base main
says "is not in a git repository"

# A repository with one change on a branch.
new_repository work
write src/fee.cpp <<'C'
int fee(int cents) { return cents; }
int total(int cents) { return fee(cents) + 1; }
C
commit "add fees"
git switch -qc fix
write src/fee.cpp <<'C'
int fee(int cents) { return cents - 1; }
int total(int cents) { return fee(cents) + 1; }
C
commit "round fees down"
compile_database src/fee.cpp
echo compile_commands.json >.git/info/exclude

# Unknown revisions, and forms that only git's own command line takes.
run 2 check --base mian --head fix
says "mian"
says "main"
run 2 check --base 'main~1' --head fix
says "main~1"

# Unknown words on the command line.
run 2 check --bsae main
says "--base"
run 2 chekc
says "check"
run 2 check --base main --head fix --report yaml
says "json"

# Several mistakes at once: a line each, and each says who speaks.
run 2 check --bsae main --jobs 0 --base
says "patchgate: unknown option '--bsae' of check; did you mean '--base'?
patchgate: --jobs: '0' is not a number from 1 to 256
patchgate: --base: needs REV
  hint: "

# A policy that is wrong: the file, the line, and what was probably meant.
write .patchgate/policy.json <<'J'
{ "policy": 1,
  "extends": ["builtin:hotfix@1"],
  "rules": [ { "id": "own/tests", "level": "block", "require": { "fact": "tests.reachng.count", "at_least": 1 } } ] }
J
git switch -q main
commit "a policy with a typing error"
run 2 check --base main --head fix --report json=../report.json
says ".patchgate/policy.json:3"
says "tests.reaching.count"
json_is ../report.json "['verdict']['decision']" none
git rm -q --cached .patchgate/policy.json && rm -r .patchgate && commit "without it"

# A compile database that is missing, or broken.
run 3 check --base main --head fix --compile-commands nowhere.json
says "nowhere.json"
echo '[{"directory": "/", "file": ' >../broken.json
run 3 check --base main --head fix --compile-commands ../broken.json
says "broken.json:2"


# What is named by an absolute path: a report holds none, not even in a reason; a message does where the user wrote it.
no_absolute_path() {
  out=$(grep -nE "[ \"'(]/" "$1" || echo "no absolute path")
  says "no absolute path"
}
run 3 check --base main --head fix --compile-commands "$PWD/nowhere.json" --report json=../report.json
says "at nowhere.json"
no_absolute_path ../report.json
run 3 check --base main --head fix --compile-commands "$story_folder/nowhere" --report json=../report.json
says "at $story_folder/nowhere"
no_absolute_path ../report.json
run 3 check --base main --head fix --compile-commands "$story_folder/broken.json" --report json=../report.json
says "$story_folder/broken.json:2"
no_absolute_path ../report.json
run 3 check --base main --head fix --compile-commands ../broken.json --report json=../report.json
says "../broken.json:2"
no_absolute_path ../report.json
cp ../broken.json build.json
run 3 check --base main --head fix --compile-commands "$PWD/build.json" --report json=../report.json
[[ $err == build.json:2:* ]] && out=relative || out="not relative"
says relative
no_absolute_path ../report.json
rm build.json
run 2 check --base main --head fix --policy "$story_folder/nowhere.json" --report json=../report.json
says "$story_folder/nowhere.json"
no_absolute_path ../report.json
run 3 check --base main --head fix --rollout "$story_folder/nowhere.json" --report json=../report.json
no_absolute_path ../report.json
echo '{ "stages": [ { "percent": 1, "minutes": 30 } ] }' >../rollout.json
run 0 check --base main --head fix --rollout "$story_folder/rollout.json" --report json=../report.json
no_absolute_path ../report.json
run 3 check --repo "$story_folder/plain" --base main --report json=../report.json
no_absolute_path ../report.json

# No compile database at all: judged, and says that nothing was read.
mv compile_commands.json ../kept.json
run 0 check --base main --head fix --report text --report json=../report.json
says "compile_commands.json"
json_is ../report.json "['facts']['analysis.unread.count']['value']" 1
json_is ../report.json "['impact']['level']" unknown
json_is ../report.json "['verdict']['decision']" warn
mv ../kept.json compile_commands.json

# Evidence that cannot be read, and evidence that makes no sense.
run 3 check --base main --head fix --rollout nowhere.json
says "nowhere.json"

# An output that cannot be written.
run 3 check --base main --head fix --report json=no/such/folder/report.json
says "no/such/folder/report.json"

# An index that is damaged, or of another version: said, made anew, and the same verdict.
run 0 check --base main --head fix --report json=../first.json --index ../index.db
printf 'not a database' >../index.db
rm -f ../index.db-wal ../index.db-shm
run 0 check --base main --head fix --report json=../second.json --index ../index.db
out=$(cmp ../first.json ../second.json && echo same)
says same

# Who reads standard output may be gone: the file is there all the same.
{ "$PATCHGATE" check --base main --head fix --report text json=../piped.json --index ../index.db 2>/dev/null || true; } | true
out=$(cmp ../first.json ../piped.json && echo same)
says same

# A shallow clone hides the merge base.
git switch -q fix
cd "$story_folder"
git clone -q --depth 1 "file://$PWD/work" shallow --branch fix
cd shallow
git fetch -q --depth 1 origin main:main
run 3 check --base main --head fix --report json=../report.json
says "fetch-depth: 0"
json_is ../report.json "['verdict']['decision']" none

end_of_story
