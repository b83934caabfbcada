#!/usr/bin/env bash
# Patches of many kinds, each judged as a user would: committed, staged, in the work tree, renamed, in a bare repository, reverted.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

# A library of forms around one encoder, on a release branch with the hotfix policy.
new_repository service
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"] }
J
write src/encode.h <<'C'
struct Body { int size; };
int encode(Body& body, const char* value);
C
write src/encode.cpp <<'C'
#include "encode.h"

// Adds a value, unless there is none.
int encode(Body& body, const char* value) {
  if (!value) return 0;
  return body.size += 1;
}
C
{
  echo '#include "encode.h"'
  for i in $(seq 1 40); do
    echo "int form$i(Body& body) { return encode(body, \"$i\"); }"
    echo "int leaf$i() { return $i; }"
  done
  echo 'int main() { Body body{}; return form1(body); }'
} | write src/forms.cpp
git switch -qc release/1 2>/dev/null || git checkout -qb release/1
commit "forms"
compile_database src/encode.cpp src/forms.cpp
echo compile_commands.json >.git/info/exclude

# In the work tree, then staged: the same verdict.
sed -i 's/if (!value) return 0;//' src/encode.cpp
run 1 check --worktree --report json=worktree.json
json_is worktree.json "['symbols'][0]['name']" encode
json_is worktree.json "['symbols'][0]['change']" body
json_is worktree.json "['symbols'][0]['fan_in']['direct']" "[40, 40]"
rm worktree.json
git add src/encode.cpp
run 1 check --staged --report json=../staged.json
json_is ../staged.json "['symbols'][0]['name']" encode

# Committed on a hotfix branch: blocked, with the reasons.
git switch -qc hotfix/encode
git commit -qam "encode all values"
run 1 check --base release/1 --head hotfix/encode --report json=../full.json
json_is ../full.json "['verdict']['decision']" block
json_is ../full.json "['patch']['hotfix']" True
json_is ../full.json "['recovery']['revert']" clean

# From a bare clone, with a compile database that was made elsewhere: the same symbols, the same verdict.
git clone -q --bare . ../bare.git
cp compile_commands.json ../database.json
run 1 check --repo ../bare.git --base release/1 --head hotfix/encode --compile-commands ../database.json --report json=../bare.json
json_is ../bare.json "['symbols'][0]['fan_in']['direct']" "[40, 40]"

# A leaf, a comment, a rename, the order of includes: allowed, and the last three touch nothing.
git switch -q release/1 && git switch -qc hotfix/leaf
sed -i 's/leaf7() { return 7; }/leaf7() { return 77; }/' src/forms.cpp
git commit -qam "a leaf"
run 0 check --base release/1 --head hotfix/leaf --report json=../leaf.json
json_is ../leaf.json "['verdict']['decision']" allow
git switch -q release/1 && git switch -qc hotfix/comment
sed -i 's/unless there is none/unless it is absent/' src/encode.cpp
git mv src/encode.cpp src/encoder.cpp
git commit -qam "words, and a better name"
run 0 check --base release/1 --head hotfix/comment --report json=../comment.json
json_is ../comment.json "['symbols']" "[]"
json_is ../comment.json "['patch']['files'][0]['status']" renamed
json_is ../comment.json "['verdict']['decision']" allow

# A function that is only removed is judged by its callers on the base.
git switch -q release/1 && git switch -qc hotfix/removed
sed -i '/^int leaf9/d' src/forms.cpp
git commit -qam "leaf9 goes"
run 0 check --base release/1 --head hotfix/removed --report json=../removed.json
json_is ../removed.json "['symbols'][0]['change']" removed
json_is ../removed.json "['symbols'][0]['side']" base

# Files that are not analysed, and nothing else: a hotfix gets a warning that says so.
git switch -q release/1 && git switch -qc hotfix/script
write deploy.py <<<'print("deploy")'
commit "a script"
run 0 check --base release/1 --head hotfix/script --report json=../script.json
json_is ../script.json "['verdict']['decision']" warn
run 7 check --base release/1 --head hotfix/script --warn-exit 7

# Code that cannot be parsed is unread, and blocks a hotfix.
git switch -q release/1 && git switch -qc hotfix/broken
sed -i '1i #include "generated_by_nobody.h"' src/encode.cpp
git commit -qam "needs a header that is not there"
sed -i 's/return 0;/return 1;/' src/encode.cpp
git commit -qam "and changes the encoder"
run 1 check --base release/1 --head hotfix/broken --report text json=../broken.json
says "generated_by_nobody.h"
json_is ../broken.json "['risk']['level']" unknown

# An exact revert needs neither a test nor a rollout.
git switch -q release/1 && git merge -q --no-edit hotfix/encode
git switch -qc hotfix/revert
git revert --no-edit HEAD >/dev/null 2>&1 || git revert --no-edit -m 1 HEAD >/dev/null
run 0 check --base release/1 --head hotfix/revert --report json=../revert.json
json_is ../revert.json "['facts']['patch.revert']['value']" True

# The same inputs give the same bytes: other folder, other time zone, other language, other number of jobs, no cache.
first=$story_folder/first.json
git switch -q hotfix/encode
git branch -qf before release/1~1
run 1 check --base before --target release/1 --head hotfix/encode --report "json=$first" --jobs 1
for jobs in 1 2 8; do
  (cd src && TZ=Asia/Tokyo LANG=tr_TR.UTF-8 "$PATCHGATE" check --base before --target release/1 --head hotfix/encode --quiet \
    --no-cache --jobs "$jobs" --report "json=$story_folder/again.json" >/dev/null 2>&1) || true
  out=$(cmp "$first" "$story_folder/again.json" && echo same)
  err=
  says same
done

end_of_story
