# shellcheck shell=bash
# Words for end-to-end stories. Source it; PATCHGATE names the program. A story runs in a folder of its own that goes away.
set -euo pipefail

: "${PATCHGATE:?the program to test}"
story_folder=$(mktemp -d)
trap 'rm -rf "$story_folder"' EXIT
export HOME=$story_folder GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=Ana GIT_AUTHOR_EMAIL=ana@example.org
export GIT_COMMITTER_NAME=Ana GIT_COMMITTER_EMAIL=ana@example.org
export GIT_AUTHOR_DATE='2026-01-05T10:00:00Z' GIT_COMMITTER_DATE='2026-01-05T10:00:00Z'
unset GITHUB_EVENT_PATH GITHUB_EVENT_NAME GITHUB_ACTIONS GITLAB_CI CI_MERGE_REQUEST_DIFF_BASE_SHA CI_COMMIT_SHA 2>/dev/null || true
cd "$story_folder"

passed=0
failed=0

# new_repository NAME: an empty repository, and the shell is in it
new_repository() {
  cd "$story_folder"
  git init -q -b main "$1"
  cd "$1"
}

# write PATH: standard input becomes that file
write() {
  mkdir -p "$(dirname "$1")"
  cat >"$1"
}

commit() {
  git add -A
  git commit -qm "$1"
}

# compile_database FILE...: a compile_commands.json for these, in this folder
compile_database() {
  {
    printf '['
    local between=''
    for file in "$@"; do
      printf '%s\n{"directory":"%s","file":"%s","arguments":["c++","-std=c++17","-c","%s"]}' "$between" "$PWD" "$file" "$file"
      between=,
    done
    printf '\n]\n'
  } >compile_commands.json
}

# run EXPECTED_EXIT ARGUMENTS...: runs patchgate; its output is in $out and $err
run() {
  local expected=$1
  shift
  set +e
  "$PATCHGATE" "$@" >"$story_folder/out" 2>"$story_folder/err"
  local code=$?
  set -e
  out=$(cat "$story_folder/out")
  err=$(cat "$story_folder/err")
  if [ "$code" = "$expected" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: patchgate %s\n  exit code %s, expected %s\n--- output\n%s\n--- errors\n%s\n' "$*" "$code" "$expected" "$out" "$err"
  fi
}

# says TEXT: what the last run printed contains it
says() {
  if [[ "$out
$err" == *"$1"* ]]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: expected to read: %s\n--- output\n%s\n--- errors\n%s\n' "$1" "$out" "$err"
  fi
}

# json_is FILE PATH VALUE: PATH is python's subscripts, e.g. "['verdict']['decision']"
json_is() {
  local value
  value=$(python3 -c "import json,sys; print(json.load(open(sys.argv[1]))$2)" "$1" 2>&1) || true
  if [ "$value" = "$3" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED: %s%s is %s, expected %s\n' "$1" "$2" "$value" "$3"
  fi
}

end_of_story() {
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" = 0 ] && [ "$passed" != 0 ]
}
