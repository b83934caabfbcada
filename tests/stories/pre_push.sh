#!/usr/bin/env bash
# The pre-push hook, by real pushes: what is pushed is judged, whatever lies in the work tree.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

git init -q --bare -b main remote.git
new_repository service
git remote add origin ../remote.git
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"],
  "rules": [{ "id": "team/no-debug", "title": "no debug file", "level": "block",
              "require": { "fact": "patch.files.count", "at_most": 1 }, "fix": "Push one file at a time." }] }
J
write fee.cpp <<'C'
int fee(int cents) { return cents; }
C
commit "fees"
compile_database fee.cpp
echo compile_commands.json >.git/info/exclude

# push EXPECTED ARGUMENTS...: git push; 0 = it arrives
push() {
  local expected=$1 code=0
  shift
  out=$(git push "$@" 2>&1) && code=0 || code=1
  err=
  if [ "$code" = "$expected" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: git push %s: %s, expected %s\n%s\n' "$*" "$code" "$expected" "$out"
  fi
}

run 0 hook install
says "git runs it before each push"
run 0 hook install
says "written anew"

# The first push of all: there is nothing to compare with, and it is said.
push 0 origin main
says "has nothing on the remote to be compared with"
push 0 origin main:refs/heads/release/1
says "refs/heads/release/1 brings nothing that is not on origin/main: nothing to judge"
git fetch -q origin

# A new branch, judged against the branch that it left last; the work tree is not looked at.
git switch -qc hotfix/half
write fee.cpp <<'C'
int fee(int cents) { return cents / 2; }
C
commit "half"
echo 'this is no C++' >fee.cpp
touch another
git add another
push 0 origin hotfix/half
says "refs/heads/hotfix/half, meant for main: "
push 0 origin hotfix/half
git reset -q --hard

# Two files: blocked, with the report and the way round it. Nothing arrives.
write rate.cpp <<'C'
int rate() { return 3; }
C
write fee.cpp <<'C'
int fee(int cents) { return cents / 3; }
C
commit "thirds"
push 1 origin hotfix/half
says "team/no-debug"
says "Push one file at a time."
says "is not pushed; to push all the same: PATCHGATE_SKIP='why' git push"
[ "$(git -C ../remote.git rev-parse hotfix/half)" = "$(git rev-parse hotfix/half~1)" ] && passed=$((passed + 1)) || failed=$((failed + 1))

# By HEAD and by id it is the same push; straight to the release branch it is compared with what is there.
push 1 origin HEAD:refs/heads/new
push 1 origin "$(git rev-parse HEAD):refs/heads/new"
push 1 origin HEAD:refs/heads/release/1
says "refs/heads/release/1"
push 0 origin HEAD~1:refs/heads/release/1

# Several refs: the worst counts. Deletion, tags, notes.
push 1 origin main:refs/heads/copy hotfix/half
git tag -am "one" v1 main
push 0 origin v1
says "refs/tags/v1 brings nothing that is not on origin/main: nothing to judge"
git tag -am "two" v2 hotfix/half
push 1 origin v2
git notes add -m note
push 0 origin refs/notes/commits
says "refs/notes/commits is neither a branch nor a tag: nothing to judge"
push 0 -f origin main:release/1
says "refs/heads/release/1 only takes back commits that are there: nothing to judge"
push 0 origin :release/1
says "refs/heads/release/1 is deleted: nothing to judge"

# A force push, of a commit that the remote has never seen.
git switch -qc other main
git commit -q --allow-empty -m "other"
push 0 -f origin other:hotfix/half
git switch -q hotfix/half

# The way round it says why, and stays on record; an empty reason is none.
out=$(PATCHGATE_SKIP='' git push -f origin hotfix/half 2>&1) && failed=$((failed + 1)) || passed=$((passed + 1))
err=
says "PATCHGATE_SKIP is empty"
out=$(PATCHGATE_SKIP='the shop is down' git push -f origin hotfix/half 2>&1) && passed=$((passed + 1)) || failed=$((failed + 1))
says "not judged (PATCHGATE_SKIP: the shop is down)"
out=$(cat .git/patchgate/skipped-pushes.log)
says "$(git rev-parse hotfix/half) refs/heads/hotfix/half the shop is down"

# A light tag is the commit itself; two tags and a branch of one push are each judged.
git tag v3 hotfix/half
push 1 origin v3
says "refs/tags/v3, meant for main"
git tag v4 main
push 1 origin v4 v3 main
says "refs/tags/v4 brings nothing that is not on origin/main: nothing to judge"
says "refs/tags/v3, meant for main"

# Somebody else has pushed to the default branch what this clone has never seen: it is not guessed at.
git clone -q ../remote.git ../other
git -C ../other commit -q --allow-empty -m "from elsewhere"
git -C ../other push -q origin HEAD:main
push 1 -f origin hotfix/half:main
says "what is on origin/main now"
says "git fetch origin"
git -C ../remote.git update-ref refs/heads/main "$(git rev-parse origin/main)"

# Nothing to push: git calls the hook with nothing to read.
push 0 origin main

# By its address instead of its name, and from a bare repository.
push 1 "$PWD/../remote.git" hotfix/half:refs/heads/by-address
git clone -q --bare . ../bare.git
git -C ../bare.git remote add up "$PWD/../remote.git"
git -C ../bare.git fetch -q up '+refs/heads/*:refs/remotes/up/*'
run 0 hook install --repo ../bare.git --compile-commands "$PWD/compile_commands.json"
out=$(git -C ../bare.git push up hotfix/half:refs/heads/from-bare 2>&1) && failed=$((failed + 1)) || passed=$((passed + 1))
says "team/no-debug"

# No common ancestor with anything there.
git switch -q --orphan alone
write alone.cpp <<<'int alone() { return 1; }'
commit "alone"
push 0 origin alone
says "shares no history with a branch of the remote: nothing to judge"
git switch -q -f hotfix/half

# From a linked work tree, where git sets GIT_DIR for the hook.
git worktree add -q ../linked main
cd ../linked
git switch -qc hotfix/linked
write a.txt <<<a
write b.txt <<<b
commit "two files"
push 1 origin hotfix/linked
says "team/no-debug"
cd ../service

# A hook that was there runs first, with the same words and lines, and can refuse.
run 0 hook uninstall
[ ! -e .git/hooks/pre-push ] && passed=$((passed + 1)) || failed=$((failed + 1))
run 0 hook uninstall
says "there is no hook of patchgate here"
write .git/hooks/pre-push <<'H'
#!/bin/sh
cat >../seen
echo "$1" >>../seen
[ ! -e ../refuse ]
H
chmod +x .git/hooks/pre-push
run 0 hook install
says "is kept as pre-push.pre-patchgate and runs first"
push 1 origin hotfix/half~0:refs/heads/again
out=$(cat ../seen)
says "refs/heads/again"
says "origin"
touch ../refuse
push 1 origin main:refs/heads/refused
rm ../refuse
run 0 hook uninstall
says "the hook from before is back"
out=$(cat .git/hooks/pre-push)
says "../seen"
rm .git/hooks/pre-push

# core.hooksPath, as in the repository's or the user's own configuration.
git config core.hooksPath our-hooks
run 0 hook install
[ -x our-hooks/pre-push ] && passed=$((passed + 1)) || failed=$((failed + 1))
push 1 origin hotfix/half:refs/heads/once-more
run 0 hook uninstall
git config --unset core.hooksPath
git config --global core.hooksPath "$story_folder/everywhere"
run 0 hook install
[ -x ../everywhere/pre-push ] && passed=$((passed + 1)) || failed=$((failed + 1))
run 0 hook uninstall
git config --global --unset core.hooksPath

# husky's and lefthook's files are theirs.
mkdir -p .husky/_
git config core.hooksPath .husky/_
run 0 hook install
[ -x .husky/pre-push ] && passed=$((passed + 1)) || failed=$((failed + 1))
run 0 hook uninstall
[ ! -e .husky/pre-push ] && passed=$((passed + 1)) || failed=$((failed + 1))
echo 'npm test' >.husky/pre-push
run 2 hook install
says ".husky/pre-push is yours: add this line to it"
[ "$(cat .husky/pre-push)" = "npm test" ] && passed=$((passed + 1)) || failed=$((failed + 1))
git config --unset core.hooksPath
write .git/hooks/pre-push <<'H'
#!/bin/sh
exec lefthook run pre-push "$@"
H
run 2 hook install
says "use_stdin: true"

rm .git/hooks/pre-push
echo 'pre-push: {}' >lefthook.yml
run 2 hook install
says "add this to lefthook.yml"
rm lefthook.yml
git config core.hooksPath .husky
rm .husky/pre-push
run 0 hook install
says "commit it for the whole team; put patchgate on PATH, or pushes are not judged"
[ -x .husky/pre-push ] && ! grep -q "$story_folder" .husky/pre-push && passed=$((passed + 1)) || failed=$((failed + 1))
push 0 origin hotfix/half:refs/heads/unjudged
says "patchgate is not installed: this push is not judged"
out=$(PATH=$(dirname "$PATCHGATE"):$PATH git push origin hotfix/half:refs/heads/judged 2>&1) && failed=$((failed + 1)) || passed=$((passed + 1))
says "team/no-debug"
run 0 hook uninstall
git config --unset core.hooksPath

# pre-commit gives variables and no lines.
export PRE_COMMIT_TO_REF PRE_COMMIT_FROM_REF PRE_COMMIT_REMOTE_BRANCH=refs/heads/x PRE_COMMIT_LOCAL_BRANCH=refs/heads/x PRE_COMMIT_REMOTE_NAME=origin
PRE_COMMIT_TO_REF=$(git rev-parse hotfix/half) PRE_COMMIT_FROM_REF=$(git rev-parse main)
run 1 hook pre-push </dev/null
says "team/no-debug"
unset PRE_COMMIT_TO_REF PRE_COMMIT_FROM_REF
run 0 hook pre-push </dev/null

# What git would never write.
run 2 hook pre-push origin url <<<"nonsense"
says "standard input:1: not a line of a pre-push hook"
run 3 hook pre-push origin url <<<"refs/heads/a $(printf '1%.0s' {1..64}) refs/heads/a $(printf '0%.0s' {1..64})"
says "SHA-256"
new_repository other-ids
git init -q --object-format=sha256 ../sha256
run 3 hook install --repo ../sha256
says "uses 'sha256' object ids; only SHA-1 can be read"
end_of_story
