#!/usr/bin/env bash
# The hash of sources in the keys of the index: another one after every change of a name or a content, and only then.
set -euo pipefail
script=$(dirname "$0")/../../cmake/source_hash.cmake
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder"/{one,two,other}
echo 'int a();' >"$folder/one/a.h"
echo 'int a() { return 1; }' >"$folder/two/a.cpp"
failed=0

hash() {
  "${CMAKE:-cmake}" "-DROOT=$folder" -DFOLDERS=one,two -DNAME=seen "-DOUT=$folder/out.cpp" -P "$script"
  grep -oE '"[0-9a-f]{64}"' "$folder/out.cpp"
}
# changes yes|no WHAT: whether the hash is another one than before
changes() {
  local now expected=$1 was=no
  now=$(hash)
  [ "$now" = "$before" ] || was=yes
  before=$now
  [ "$was" = "$expected" ] && return
  printf 'FAILED: %s: another hash: %s, expected %s\n' "$2" "$was" "$expected"
  failed=1
}

before=$(hash)
changes no 'nothing'
touch "$folder/two/a.cpp"
changes no 'a time'
echo 'int b();' >"$folder/other/b.h"
echo 'text' >"$folder/one/notes.txt"
changes no 'what is no source of these folders'
echo 'int a() { return 2; }' >"$folder/two/a.cpp"
changes yes 'a content'
mv "$folder/one/a.h" "$folder/one/b.h"
changes yes 'a name'
mv "$folder/one/b.h" "$folder/two/b.h"
changes yes 'a folder'
: >"$folder/one/empty.h"
changes yes 'a new file'
exit "$failed"
