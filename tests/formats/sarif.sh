#!/usr/bin/env bash
# sarif.sh FOLDER MULTITOOL: no error and no warning of Microsoft's validator with GitHub's rules. What it says of no
# information URI is let through: there is none before somebody names the project's home.
set -euo pipefail
out=$(mktemp)
trap 'rm -f "$out"' EXIT
logs=("$1"/*.sarif)
rm -f "$out"
"$2/Sarif.Multitool" validate "${logs[@]}" --rule-kind 'Sarif;Ghas' --json-schema "$2/sarif-2.1.0.json" \
  --level 'Error;Warning' --log ForceOverwrite --output "$out" >/dev/null
# It ends with 0 whatever it found, and leaves out a log that it can't read.
python3 - "$out" "${#logs[@]}" <<'END'
import json, sys
runs = json.load(open(sys.argv[1]))["runs"]
found = [result for run in runs for result in run.get("results", [])
         if result.get("level", "warning") in ("error", "warning")
         and result["message"].get("id") != "Warning_ProvideToolnformationUri"]
told = [note for run in runs for invocation in run.get("invocations", [])
        for note in invocation.get("toolExecutionNotifications", []) if note.get("level") == "error"]
for one in (found + told)[:10]:
    print(one.get("ruleId"), one["message"], one.get("locations", [{}])[0].get("physicalLocation", {}).get("artifactLocation"))
print(f"{sys.argv[2]} logs, {len(found)} findings")
sys.exit(bool(found or told))
END
