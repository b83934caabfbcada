#!/usr/bin/env bash
# What `cmake --install` puts into a folder runs from there, wherever the folder is moved, and brings all that belongs to it.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

"${CMAKE:-cmake}" --install "${BUILD:?the build folder}" --prefix "$story_folder/first" >"$story_folder/log" ||
  { cat "$story_folder/log" && exit 1; }
mv first 'moved elsewhere'
PATCHGATE="$story_folder/moved elsewhere/bin/patchgate"

# has PATH: the installation does, and it is not empty
has() {
  if [ -s "moved elsewhere/$1" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: not installed: $1"
  fi
}

run 0 selftest
says "hotfix/bad: BLOCK"
says "hotfix/good: ALLOW"
run 0 --version
says "patchgate $(head -n 1 "$BUILD/gate/version/version.cpp.txt")"
for schema in flags policy report rollout sinks; do has "share/patchgate/schema/$schema.schema.json"; done
has share/patchgate/pre-commit-hooks.yaml
has share/bash-completion/completions/patchgate
has share/zsh/vendor-completions/_patchgate
has share/fish/vendor_completions.d/patchgate.fish
has share/doc/patchgate/README.md
out=$(zcat 'moved elsewhere/share/man/man1/patchgate.1.gz' | mandoc -T ascii | sed "s,.\x08,,g")
says "judges a patch before it is deployed"
says "--compile-commands PATH..."
run 0 man
diff <(zcat 'moved elsewhere/share/man/man1/patchgate.1.gz') "$story_folder/out" && passed=$((passed + 1)) || failed=$((failed + 1))

# Without its other half it says so, and judges nothing.
mv 'moved elsewhere/libexec' gone
run 3 selftest
says "patchgate-worker is neither beside patchgate nor in ../libexec/patchgate"
end_of_story
