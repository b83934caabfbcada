#!/usr/bin/env bash
# tidy.sh FOLDER: all pages are HTML without an error or a warning.
set -euo pipefail
bad=0
for page in "$1"/*.html; do
  # Its version 5.6 is older than some of what is fine today.
  if ! said=$(tidy -quiet -errors --drop-empty-elements no --warn-proprietary-attributes no "$page" 2>&1) || [[ -n $said ]]; then
    printf '%s\n%s\n' "$page" "$said" | head -n 20
    bad=$((bad + 1))
  fi
done
echo "$(find "$1" -name '*.html' | wc -l) pages, $bad not well formed"
[[ $bad == 0 ]]
