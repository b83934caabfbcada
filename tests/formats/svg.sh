#!/usr/bin/env bash
# svg.sh FOLDER: the drawings of all pages are well-formed XML for whoever copies them out.
set -euo pipefail
count=0
for page in "$1"/*.html; do
  drawing=$(sed -n '/<svg id="graph"/,/<\/svg>/p' "$page")
  [[ -n $drawing ]] || continue
  xmllint --noout --nonet - <<<"$drawing" || { echo "$page" && exit 1; }
  count=$((count + 1))
done
echo "$count drawings"
[[ $count != 0 ]]
