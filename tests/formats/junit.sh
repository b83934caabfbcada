#!/usr/bin/env bash
# junit.sh FOLDER SCHEMA: all JUnit reports fit the schema that Jenkins reads by.
set -euo pipefail
files=("$1"/*.junit)
xmllint --noout --nonet --schema "$2" "${files[@]}" 2>&1 | { grep -v ' validates$' || true; }
[[ ${PIPESTATUS[0]} == 0 ]]
echo "${#files[@]} reports fit"
