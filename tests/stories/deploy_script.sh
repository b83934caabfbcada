#!/usr/bin/env bash
# The deploy script of docs/deploy.md, as it stands there: it deploys the judged commit and nothing else.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/stories/lib.sh
. "$here/lib.sh"

mkdir "$story_folder/bin"
ln -s "$PATCHGATE" "$story_folder/bin/patchgate"
export PATH=$story_folder/bin:$PATH
# shellcheck disable=SC2016
sed -n '/^```sh$/,/^```$/p' "$here/../../docs/deploy.md" | sed '1d;$d' >"$story_folder/bin/deploy-if-judged"
chmod +x "$story_folder/bin/deploy-if-judged"

new_repository service
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"] }
J
write fee.cpp <<'C'
int fee(int cents) { return cents; }
C
write deploy <<'D'
#!/bin/sh
echo "$1" >../deployed
D
chmod +x deploy
git switch -qc release/1
commit "fees"
before=$(git rev-parse HEAD)
compile_database fee.cpp
echo compile_commands.json >.git/info/exclude
write fee.cpp <<'C'
int fee(int cents) { return cents / 2; }
C
commit "half"
half=$(git rev-parse HEAD)
run 0 check --base "$before" --head "$half" --target release/1 --report json=../half.json

# deploys EXPECTED_EXIT EXPECTED_COMMIT ARGUMENTS...
deploys() {
  local expected=$1 commit=$2 code=0 seen
  shift 2
  rm -f ../deployed
  deploy-if-judged "$@" >"$story_folder/out" 2>"$story_folder/err" || code=$?
  out=$(cat "$story_folder/out")
  err=$(cat "$story_folder/err")
  seen=$(cat ../deployed 2>/dev/null || true)
  if [ "$code $seen" = "$expected $commit" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: deploy-if-judged %s\n  %s, deployed: %s, expected %s %s\n%s\n' "$*" "$code" "$seen" "$expected" "$commit" "$err"
  fi
}

deploys 0 "$half" ../half.json release/1
deploys 0 "$half" ../half.json release/1 "$before"
deploys 3 "" ../half.json production
deploys 3 "" ../nowhere.json release/1
says "no verdict to go by"
echo '{' >../broken.json
deploys 2 "" ../broken.json release/1

# The branch moved on after the verdict.
git commit -q --allow-empty -m "one more"
deploys 1 "" ../half.json release/1
says "does not cover $(git rev-parse HEAD)"

# A verdict that blocks, and one on the last commit alone.
write .patchgate/policy.json <<'J'
{ "policy": 1,
  "rules": [{ "id": "team/none", "title": "no files", "level": "block", "require": { "fact": "patch.files.count", "at_most": 0 }, "fix": "Change nothing." }] }
J
commit "a stricter policy"
strict=$(git rev-parse HEAD)
write fee.cpp <<'C'
int fee(int cents) { return cents / 3; }
C
commit "a third"
third=$(git rev-parse HEAD)
run 1 check --base "$strict" --head "$third" --target release/1 --report json=../third.json
deploys 1 "" ../third.json release/1 "$strict"
says "the verdict is block"
git commit -q --allow-empty -m "nothing"
run 0 check --base "$third" --head HEAD --target release/1 --report json=../nothing.json
deploys 1 "" ../nothing.json release/1 "$strict"
deploys 0 "$(git rev-parse HEAD)" ../nothing.json release/1 "$third"
end_of_story
