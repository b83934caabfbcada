#!/usr/bin/env bash
# sarif.sh FOLDER MULTITOOL: no error and no warning of Microsoft's validator with GitHub's rules. What it says of no
# information URI is let through: there is none before somebody names the project's home.
set -euo pipefail
out=$(mktemp)
trap 'rm -f "$out"' EXIT
count=0
bad=0
for log in "$1"/*.sarif; do
  rm -f "$out"
  "$2/Sarif.Multitool" validate "$log" --rule-kind 'Sarif;Ghas' --json-schema "$2/sarif-2.1.0.json" \
    --level 'Error;Warning' --log ForceOverwrite --output "$out" >/dev/null
  # It ends with 0 whatever it found, and writes nothing where the log is broken.
  python3 - "$out" "$log" <<'END' || bad=$((bad + 1))
import json, sys
run, = json.load(open(sys.argv[1]))["runs"]
found = [result for result in run["results"]
         if result.get("level", "warning") in ("error", "warning") and "informationUri" not in json.dumps(result)]
for result in found[:5]:
    print(sys.argv[2], result["ruleId"], result["message"])
sys.exit(bool(found))
END
  count=$((count + 1))
done
echo "$count logs, $bad with findings"
[[ $bad == 0 ]]
