#!/usr/bin/env bash
# What a new policy would have decided about the patches of the last weeks: merges and single commits, each by name.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository service
write .patchgate/policy.json <<'J'
{ "policy": 1, "hotfix": { "target": ["release/**"] }, "rules": [
  { "id": "team/size", "level": "warn", "require": { "fact": "patch.lines.added", "at_most": 40 } } ] }
J
{
  echo 'int encode(int value) {'
  echo '  return value;'
  echo '}'
} | write src/encode.cpp
{
  for i in $(seq 1 30); do printf 'int encode(int value);\nint form%s() { return encode(%s); }\n' "$i" "$i"; done
} | write src/forms.cpp
commit 'the first'
git tag v1
git branch -m release/2.4

sed -i 's/return value;/return value + 1;/' src/encode.cpp
GIT_COMMITTER_DATE='2026-01-05T10:00:00Z' commit 'encode counts from one'
echo 'notes' >notes.txt
GIT_COMMITTER_DATE='2026-01-09T17:00:00Z' commit $'notes \x1b[31mof a friday ::error::x'
git switch -qc feature
seq 1 60 >table.txt
commit 'a table'
git switch -q release/2.4
GIT_COMMITTER_DATE='2026-01-12T10:00:00Z' git merge -q --no-ff -m 'merge the table' feature
compile_database src/encode.cpp src/forms.cpp
echo compile_commands.json >.git/info/exclude
git update-index --refresh -q || true

# The policy of the branch alone: how much it blocks, and what it does not allow.
run 0 policy replay --since v1 --quiet
says '3 patches of release/2.4 since'
says '1 merge, 2 single commits; 3 of them hotfixes'
says 'policy: base:.patchgate/policy.json'
says '0 blocked (0.0 %), 1 warned, 2 allowed'
says 'warn  merge the table'

# Against a new one.
write "$story_folder/new.json" <<'J'
{ "policy": 1, "hotfix": { "target": ["release/**"] }, "rules": [
  { "id": "team/size", "level": "block", "require": { "fact": "patch.lines.added", "at_most": 40 } },
  { "id": "team/friday", "level": "block", "when": { "fact": "clock.weekday", "is": "friday" }, "require": { "fact": "clock.hour", "at_most": 12 } },
  { "id": "team/fundamental", "level": "observe", "when": { "fact": "patch.hotfix", "is": true }, "require": { "fact": "impact.fan_in.direct", "at_most": 20 } } ] }
J
run 0 policy replay "$story_folder/new.json" --since v1 --report text json=replay.json markdown=replay.md
says 'old: base:.patchgate/policy.json'
says 'new: file:new.json'
says 'new      2 blocked (66.7 %), 0 warned, 1 allowed'
says 'decided otherwise'
says 'warn -> block  merge the table'
says 'allow -> block  notes \x1b[31mof a friday'
says '       0      0      1        0  team/fundamental'
json_is replay.json "['policies'][1]['blocked']" 2
json_is replay.json "['commits'][0]['subject']" 'merge the table'
json_is replay.json "['commits'][0]['merge']" True
json_is replay.json "['commits'][2]['verdicts'][1]['decision']" allow
json_is replay.json "['commits'][2]['risk']" high
grep -q 'warn → block' replay.md && passed=$((passed + 1)) || failed=$((failed + 1))

# The same again, from the index or without one, is the same to the byte.
run 0 policy replay "$story_folder/new.json" --since v1 --quiet --report json=again.json
cmp replay.json again.json && passed=$((passed + 1)) || failed=$((failed + 1))
run 0 policy replay "$story_folder/new.json" --since v1 --quiet --no-cache --report json=again.json
cmp replay.json again.json && passed=$((passed + 1)) || failed=$((failed + 1))

# A part of it; a tip that lies back; a pack instead of the branch's policy.
run 0 policy replay --since v1 --limit 1 --quiet
says '1 patch of release/2.4'
says '2 patches before these were left out (--limit)'
run 0 policy replay --since v1 --until release/2.4 --old builtin:hotfix@1 --policy "$story_folder/new.json" --quiet
says 'old: builtin:hotfix@1'
# Without a compile database code is not known, and that is said.
mv compile_commands.json elsewhere.json
run 0 policy replay --since v1 --old builtin:hotfix@1 --quiet --no-cache
says 'only because a fact is not known'
says '1: code that could not be read: database'
says 'the risk of 1 patch is not known'

# Words that do not fit.
run 2 policy replay
says 'policy replay: needs --since'
run 2 policy check --since v1
says '--since: goes with policy replay only'
run 2 policy replay --since v1 --rev release/2.4
says 'takes --until, not --rev'
run 2 policy replay --since release/2.4
says 'no patch came after --since'
run 2 policy replay --since v1 --report sarif
says "'sarif' is not one of text, json, markdown"
printf '{ "policy": 1, "rules": [ { "id": "a/b", "level": "blok" } ] }' >"$story_folder/bad.json"
run 2 policy replay --since v1 "$story_folder/bad.json"
says "'blok' is not a value of 'level'; did you mean 'block'?"
end_of_story
