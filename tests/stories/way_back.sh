#!/usr/bin/env bash
# The commands of the recovery card, run as they are printed: after a merge commit, a squash, a rebase and a fast-forward,
# with a target that moved on meanwhile and without.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

git_quiet() { git -c advice.detachedHead=false "$@" >/dev/null 2>&1; }

# ok WHAT COMMAND...: counts whether the command succeeds
ok() {
  local what=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s\n' "$what"
  fi
}

# card FILE: the commands of the card, one a line
card() { python3 -c "import json,sys; print('\n'.join(json.load(open(sys.argv[1]))['recovery']['commands']))" "$1"; }

# take_back FILE CLONE: runs them in a clone, whose target is the branch that the card names
take_back() {
  local command
  while IFS= read -r command; do
    (cd "$2" && eval "$command") >"$story_folder/commands" 2>&1 || {
      cat "$story_folder/commands"
      return 1
    }
  done < <(card "$1")
}

same_tree() { [ "$(git -C "$1" rev-parse "$2^{tree}")" = "$(git -C "$3" rev-parse "$4^{tree}")" ]; }

new_repository shop
write src/save.c <<'C'
#include <stdio.h>
int save(int id, const char *name) {
  if (name == 0) return -1;
  if (id < 0) fprintf(stderr, "cannot save %d\n", id);
  return id;
}
C
write src/other.c <<'C'
int other(void) { return 1; }
C
compile_database src/save.c src/other.c
write .gitignore <<<'compile_commands.json'
commit first
git branch "release/2.4 beta" 2>/dev/null && exit 1 # no branch can hold a blank
git branch 'release/2.4;beta'

git_quiet checkout -b hotfix/one
sed -i 's/if (name == 0) return -1;/if (name == 0) name = "";/' src/save.c
commit 'one commit'
git_quiet checkout -b hotfix/two
write src/more.c <<<'int more(void) { return 2; }'
git mv src/other.c src/another.c
commit 'a second commit'
git_quiet checkout -b hotfix/three main
sed -i 's/if (name == 0) return -1;/if (name == 0) name = "";/' src/save.c
commit 'on a branch'
git_quiet checkout -b aside main
write doc.txt <<<'words'
commit aside
git_quiet checkout hotfix/three
git_quiet merge --no-ff -m 'with a merge inside' aside

bring_merge() { git_quiet merge --no-ff -m merged "origin/$1"; }
bring_squash() { git_quiet merge --squash "origin/$1" && git_quiet commit -m squashed; }
bring_rebase() { git_quiet cherry-pick -m 1 "origin/$1" || git_quiet cherry-pick "main..origin/$1"; }
bring_forward() { git_quiet merge --ff-only "origin/$1"; }

for source in hotfix/one hotfix/two hotfix/three; do
  for target in main 'release/2.4;beta'; do
    run 0 check --base "$target" --head "$source" --no-cache --report json=../report.json --report text
    says 'way back: a plain revert applies cleanly'
    says '1. revert the code first'
    says "watch log: grep -F 'cannot save'  (save, src/save.c:4)"
    says 'ask Ana (1 commit)'
    for way in merge squash rebase forward; do
      # A rebase of a merge replays only what the merge brought from aside.
      [ "$way $source" = 'rebase hotfix/three' ] && continue
      for moved in no yes; do
        [ "$way $moved" = 'forward yes' ] && continue
        cd "$story_folder"
        rm -rf upstream deploy
        git_quiet clone --bare shop upstream
        git_quiet clone upstream deploy
        cd deploy
        git_quiet checkout "$target"
        if [ "$moved" = yes ]; then
          write src/later.c <<<'int later(void) { return 3; }'
          sed -i '1i // later' src/save.c
          commit later
        fi
        before=$(git rev-parse HEAD)
        ok "$way of $source" "bring_$way" "$source"
        git_quiet push origin "HEAD:refs/heads/$target"
        git_quiet checkout --detach
        cd ../shop
        ok "the way back from $source by $way (target moved on: $moved)" take_back ../report.json "$story_folder/deploy"
        ok "$source by $way is taken back whole" same_tree "$story_folder/deploy" HEAD "$story_folder/deploy" "$before"
        ok "$source by $way is pushed" same_tree "$story_folder/deploy" HEAD "$story_folder/upstream" "$target"
      done
    done
  done
done

# A target that changed the same line: the places, on both sides.
git_quiet checkout -b release/2.3 main
sed -i '1i // top' src/save.c
sed -i 's/if (name == 0) return -1;/if (name == 0) return -2;/' src/save.c
commit 'the same line'
run 0 check --base release/2.3 --head hotfix/one --no-cache --report json=../report.json --report text
says 'way back: a plain revert runs into conflicts'
says 'resolve src/save.c:3'
json_is ../report.json "['recovery']['revert']" conflicts
json_is ../report.json "['facts']['recovery.revert']['from'][0]['line']" 3

# What is not committed has no way back yet.
git_quiet checkout main
sed -i 's/return id;/return id + 1;/' src/save.c
run 0 check --worktree --no-cache --report json=../report.json
json_is ../report.json "['recovery']['commands']" '[]'
json_is ../report.json "['facts']['recovery.revert']['unknown']" 'the patch is not committed yet'

end_of_story
