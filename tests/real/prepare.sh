#!/usr/bin/env bash
# prepare.sh PROJECT FOLDER COMMAND [PACKAGE PART...]: makes FOLDER/PROJECT, a git repository of a Debian source package
# (PROJECT, or PACKAGE), and its compile database. Upstream's source and a policy are the first commit of
# release/VERSION; each of debian/patches is one more.
# For the n-th patch, release/VERSION-n is the release before it and hotfix/NAME the release with it.
# PARTs are files and folders of upstream's source: only these are unpacked, and there are no patches.
# What is there already is used again, as long as neither the package's version nor the command changed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=${1:?usage: prepare.sh PROJECT FOLDER COMMAND [PACKAGE PART...]} folder=${2:?} command=${3:?}
package=${4:-$project} parts=("${@:5}")
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
repository=$folder/$project
log=$folder/$project.log

# The machine's own archives, asked for source packages; its own apt configuration stays as it is.
apt_folder=$folder/apt
apt_options=(-o "Dir::Etc::SourceList=$apt_folder/sources.list" -o "Dir::Etc::SourceParts=$apt_folder/parts"
  -o "Dir::State::Lists=$apt_folder/lists" -o "Dir::Cache=$apt_folder/cache" -o APT::Sandbox::User=root)
read_archives() {
  [[ -f $apt_folder/ready ]] && return
  mkdir -p "$apt_folder/parts" "$apt_folder/lists/partial" "$apt_folder/cache/archives/partial"
  local list
  : >"$apt_folder/sources.list"
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    if [[ -f $list ]]; then sed -n 's/^deb /deb-src /p' "$list" >>"$apt_folder/sources.list"; fi
  done
  for list in /etc/apt/sources.list.d/*.sources; do
    if [[ -f $list ]]; then sed 's/^Types:.*/Types: deb-src/' "$list" >"$apt_folder/parts/${list##*/}"; fi
  done
  apt-get "${apt_options[@]}" update -qq >"$log" 2>&1
  touch "$apt_folder/ready"
}

# fetch: the newest version that the archives really hold
fetch() {
  local version
  mkdir -p "$folder/packages"
  cd "$folder/packages"
  for version in $(apt-cache "${apt_options[@]}" showsrc --only-source "$package" | sed -n 's/^Version: //p' | sort -rVu); do
    if apt-get "${apt_options[@]}" source --download-only -qq "$package=$version" >>"$log" 2>&1; then
      echo "$version"
      return
    fi
  done
  echo "$package: no source package could be fetched, see $log" >&2
  return 1
}

# unpack VERSION: upstream's source and Debian's folder, no patch applied
unpack() {
  rm -rf "$repository"
  if [[ ${#parts[@]} -eq 0 ]]; then
    dpkg-source --skip-patches -x "$folder/packages/${package}_${1#*:}.dsc" "$repository" >>"$log" 2>&1
    return
  fi
  local upstream=${1#*:}
  mkdir -p "$repository/debian/patches"
  touch "$repository/debian/patches/series"
  tar -xf "$folder/packages/${package}_${upstream%-*}.orig.tar".* -C "$repository" --strip-components=1 \
    --no-wildcards-match-slash --wildcards "${parts[@]/#/*/}" >>"$log" 2>&1
}

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=Debian GIT_AUTHOR_EMAIL=packages@debian.example GIT_AUTHOR_DATE='2026-01-01T00:00:00Z'
export GIT_COMMITTER_NAME=Debian GIT_COMMITTER_EMAIL=packages@debian.example GIT_COMMITTER_DATE='2026-01-01T00:00:00Z'

# commit MESSAGE: all there is, whatever upstream's own .gitignore says
commit() { git add -A -f && git commit -q --allow-empty -m "$1"; }

# make_history VERSION
make_history() {
  local release=release/$1 patches=$folder/$project.patches number=0 patch level
  cd "$repository"
  rm -rf "$patches"
  mv debian/patches "$patches"
  rm -rf debian .pc .git
  git init -q -b "$release"
  mkdir -p .patchgate
  cp "$here/policy.json" .patchgate/policy.json
  commit "Release $1"
  while read -r patch level _; do
    number=$((number + 1))
    git branch "$release-$number"
    git checkout -q -b "hotfix/$(hotfix_name "$patch")"
    patch "${level:--p1}" --silent --force --no-backup-if-mismatch <"$patches/$patch" >>"$log" 2>&1
    commit "$patch"
    printf '%s\t%s\thotfix/%s\n' "$patch" "$release-$number" "$(hotfix_name "$patch")"
  done < <(sed 's/#.*//; /^[[:space:]]*$/d' "$patches/series") >"$folder/$project.tsv"
  git checkout -q "$release"
}
hotfix_name() { printf '%s' "${1%.patch}" | tr -c 'A-Za-z0-9_-' '-'; }

make_database() {
  cd "$repository"
  printf '*\n' >.git/info/exclude
  (set -euo pipefail && eval "$command") >>"$log" 2>&1 </dev/null || { tail -n 20 "$log" >&2 && return 1; }
  [[ -s compile_commands.json ]] || { echo "$project: no compile_commands.json, see $log" >&2 && return 1; }
}

: >"$log"
read_archives
version=$(fetch)
upstream=${version#*:}
upstream=${upstream%-*}
stamp=$(printf '%s\n' "$version" "$command" "$package" "${parts[@]}" "$(cat "$here/policy.json" "${BASH_SOURCE[0]}")" | sha256sum)
if [[ $(cat "$folder/$project.stamp" 2>/dev/null) != "$stamp" ]]; then
  rm -f "$folder/$project.stamp"
  echo "$project: preparing $version" >&2
  unpack "$version"
  make_history "$(printf '%s' "$upstream" | tr -c 'A-Za-z0-9.' '-')"
  make_database
  echo "$stamp" >"$folder/$project.stamp"
fi
