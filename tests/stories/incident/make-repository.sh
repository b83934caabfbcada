#!/usr/bin/env bash
# make-repository.sh DIR: builds the service's git repository, with the same ids every time:
#   release/2.4                what is deployed (65 commits)
#   hotfix/null-fields         the hotfix that wiped customer data
#   hotfix/null-fields-proven  the same hotfix with a test and a staged rollout
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=${1:?usage: make-repository.sh DIR}

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 TZ=UTC
export GIT_AUTHOR_NAME='Rosa Feld' GIT_AUTHOR_EMAIL=rosa@crm.example
export GIT_COMMITTER_NAME='Rosa Feld' GIT_COMMITTER_EMAIL=rosa@crm.example

# bring PATH[~K/M]: copies a file of the finished service, or its first K parts of M, cut after a function's end
bring() {
  local path=${1%%\~*} from=$here/service/${1%%\~*}
  mkdir -p "$(dirname "$path")"
  if [[ $1 != *~* ]]; then
    cp "$from" "$path"
    return
  fi
  local share=${1##*\~}
  awk -v part="${share%/*}" -v of="${share#*/}" '
    { line[NR] = $0 }
    $0 == "}  // namespace" { body = NR }
    END {
      for (end = body + 1; end < NR; end++)
        if (line[end] == "}" && (!last || end <= NR * part / of)) last = end
      for (i = 1; i <= last; i++) print line[i]
      print "\n" line[NR]
    }' "$from" >"$path"
}

day=0
# at_next_day: the dates of the next commit
at_next_day() {
  day=$((day + 1))
  GIT_AUTHOR_DATE="$((1704700800 + day * 86400)) +0000"
  GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
  export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
}

git init -q -b release/2.4 "$repository"
cd "$repository"
while IFS=$'\t' read -r message files; do
  [[ $message == \#* || -z $files ]] && continue
  for file in $files; do bring "$file"; done
  git add -A
  at_next_day
  git commit -qm "$message"
done <"$here/history.tsv"

for hotfix in null-fields null-fields-proven; do
  git checkout -q -b "hotfix/$hotfix" release/2.4
  at_next_day
  git am -q --committer-date-is-author-date "$here/patches/$hotfix.patch"
done
git checkout -q release/2.4
