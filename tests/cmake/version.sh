#!/usr/bin/env bash
# The version that a program says of itself: from the tag and the commits after it, in a repository, in an archive of it,
# and where git knows nothing; a file that is written anew only when it says something else.
set -euo pipefail
source_folder=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME=$folder GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=Ana GIT_AUTHOR_EMAIL=ana@example.org
export GIT_COMMITTER_NAME=Ana GIT_COMMITTER_EMAIL=ana@example.org
export GIT_AUTHOR_DATE='2026-01-05T10:00:00Z' GIT_COMMITTER_DATE='2026-01-05T10:00:00Z'
failed=0

# version FOLDER: as the script writes it
version() {
  "${CMAKE:-cmake}" "-DROOT=$1" "-DOUT=$folder/version.cpp" -P "$source_folder/cmake/version.cmake"
  head -n 1 "$folder/version.cpp.txt"
}
# is WHAT EXPECTED ACTUAL
is() {
  [ "$2" = "$3" ] && return
  printf 'FAILED: %s: %s, expected %s\n' "$1" "$3" "$2"
  failed=1
}

mkdir -p "$folder/bare/cmake"
cp "$source_folder/cmake/archived_version.txt" "$folder/bare/cmake/"
is 'neither a repository nor an archive' 0.1.0-dev "$(version "$folder/bare")"

repository=$folder/repository
git init -q -b main "$repository"
mkdir "$repository/cmake"
cp "$source_folder/cmake/archived_version.txt" "$repository/cmake/"
cp "$source_folder/.gitattributes" "$repository/"
git -C "$repository" add -A
git -C "$repository" commit -qm one
id() { git -C "$repository" rev-parse --short=12 HEAD; }
is 'no tag' "0.1.0-dev.20260105.g$(id)" "$(version "$repository")"
is 'the day' 2026-01-05 "$(tail -n 1 "$folder/version.cpp.txt")"
git -C "$repository" tag other
is 'a tag of another kind' "0.1.0-dev.20260105.g$(id)" "$(version "$repository")"
git -C "$repository" tag v1.2.0
is 'a light tag' 1.2.0 "$(version "$repository")"
git -C "$repository" tag -am 'first candidate' v1.3.0rc1
is 'an annotated tag comes first' 1.3.0rc1 "$(version "$repository")"
git -C "$repository" tag -d v1.3.0rc1 >/dev/null

touch -d 2020-01-01 "$folder/version.cpp"
version "$repository" >/dev/null
touch -d 2020-01-01 "$folder/version.cpp"
version "$repository" >/dev/null
is 'nothing changed: not written' 2020 "$(date -r "$folder/version.cpp" +%Y)"

# archived: the version in an archive of the last commit
archived() {
  rm -rf "$folder/archive"
  mkdir "$folder/archive"
  git -C "$repository" archive HEAD | tar -x -C "$folder/archive"
  version "$folder/archive"
}
is 'an archive of a tag' 1.2.0 "$(archived)"
git -C "$repository" commit -q --allow-empty -m two
is 'a commit later' "1.2.0+1.g$(id)" "$(version "$repository")"
is 'its archive' "1.2.0+1.g$(git -C "$repository" rev-parse --short HEAD)" "$(archived)"
is 'an archive inside of another repository' "1.2.0+1.g$(git -C "$repository" rev-parse --short HEAD)" \
  "$(mkdir -p "$repository/inner" && cp -a "$folder/archive/." "$repository/inner" && version "$repository/inner")"
rm -rf "$repository/inner"
echo more >>"$repository/.gitattributes"
is 'a change that is not committed' "1.2.0+1.g$(id).dirty" "$(version "$repository")"
git -C "$repository" commit -qam three
git -C "$repository" tag v1.3.0
echo more >>"$repository/.gitattributes"
is 'the same after a tag' '1.3.0+dirty' "$(version "$repository")"
exit "$failed"
