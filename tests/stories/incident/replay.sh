#!/usr/bin/env bash
# replay.sh PROGRAM FOLDER: judges the hotfix that wiped customer data, and the same hotfix with its proof. Prints both
# verdicts, leaves both reports in FOLDER (.txt, .json), and fails unless the first is blocked and the second allowed.
# FOLDER is kept: what is in it is used again for as long as this story does not change.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$(realpath "${1:?usage: replay.sh PROGRAM FOLDER}")
folder=${2:?usage: replay.sh PROGRAM FOLDER}

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
repository=$folder/crm-sync
# prepare: the repository, and for each hotfix a compile database that its own CMake wrote
prepare() {
  rm -rf "$repository"
  "$here/make-repository.sh" "$repository"
  local hotfix
  for hotfix in null-fields null-fields-proven; do
    git -C "$repository" checkout -q "hotfix/$hotfix"
    cmake -S "$repository" -B "$repository/build-$hotfix" -G Ninja >"$folder/cmake.log" || {
      cat "$folder/cmake.log" >&2
      return 1
    }
  done
  git -C "$repository" checkout -q release/2.4
}

stamp=$(cd "$here" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
stamp="$stamp $repository"
if [[ $(cat "$folder/stamp" 2>/dev/null) != "$stamp" ]]; then
  prepare
  echo "$stamp" >"$folder/stamp"
fi

# Continuous integration would otherwise be asked what the base and the head are.
unset GITHUB_ACTIONS GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITLAB_CI

result=0
# judge HOTFIX EXPECTED_CODE EXPECTED_WORD
judge() {
  local hotfix=$1 expected=$2 word=$3 code=0
  printf '\n== hotfix/%s into release/2.4\n\n' "$hotfix"
  "$program" check --repo "$repository" --base release/2.4 --head "hotfix/$hotfix" \
    --compile-commands "$repository/build-$hotfix/compile_commands.json" --index "$folder/index.db" \
    --now 2024-03-16T12:00:00Z --report text "text=$folder/$hotfix.txt" "json=$folder/$hotfix.json" \
    --stats "$folder/$hotfix.stats.json" --quiet || code=$?
  if [[ $code == "$expected" ]]; then
    printf '\n== exit code %s (%s), as it has to be\n' "$code" "$word"
  else
    printf '\n== exit code %s, but it has to be %s (%s)\n' "$code" "$expected" "$word"
    result=1
  fi
}

judge null-fields 1 block
judge null-fields-proven 0 allow
exit $result
