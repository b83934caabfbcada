#!/usr/bin/env bash
# hostile_repository.sh PROGRAM FOLDER OUT: makes a repository in FOLDER whose paths, branches, authors, messages, literals, test
# names and evidence are written to break out of a report, judges its patch, and leaves a report of each format in OUT. So it does
# with both hotfixes of the incident, whose names are plain.
# shellcheck disable=SC2016  # what looks like an expansion is a name
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$(realpath "$1")
folder=$2
mkdir -p "$3"
out=$(realpath "$3")
formats=(text json markdown html sarif gitlab junit rdjson github)
unset GITHUB_ACTIONS GITHUB_EVENT_NAME GITHUB_EVENT_PATH GITLAB_CI

# reports NAME: the arguments that ask for all of them
reports() {
  local format
  for format in "${formats[@]}"; do printf '%s\n' --report "$format=$out/$1.$format"; done
}
# judge NAME ARGUMENTS...: any verdict is fine, an error is not
judge() {
  local name=$1 code=0
  shift
  mapfile -t asked < <(reports "$name")
  "$program" check "$@" "${asked[@]}" --quiet || code=$?
  [[ $code == 0 || $code == 1 ]] || { echo "hostile_repository.sh: $name ended with $code" >&2 && return 1; }
}

"$here/../stories/incident/replay.sh" "$program" "$folder/incident" >/dev/null
for hotfix in null-fields null-fields-proven; do
  judge "incident-$hotfix" --repo "$folder/incident/crm-sync" --base release/2.4 --head "hotfix/$hotfix" \
    --compile-commands "$folder/incident/crm-sync/build-$hotfix/compile_commands.json" --index "$folder/incident/index.db" \
    --now 2024-03-16T12:00:00Z
done

rm -rf "$folder/repository"
mkdir -p "$folder/repository"
cd "$folder/repository"
export HOME=$PWD GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_EMAIL=ana@example.org GIT_COMMITTER_EMAIL=ana@example.org
export GIT_AUTHOR_NAME='Ana "><script>alert(1)</script> @org ##[error]x'
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_AUTHOR_DATE='2026-01-05T10:00:00Z' GIT_COMMITTER_DATE='2026-01-05T10:00:00Z'
release='release/<b>&amp;|`id`$(id){{x}}'
hotfix='hotfix/"><svg/onload=x>]]>|`x`${{x}}##x'
git init -q -b "$release" .

# The names of all files; each gets a function that the next one calls.
python3 - <<'END'
import json, os
names = ["src/<script>alert(1)<%2fscript>.c", "src/]]> --> x.c", "src/`a` | b.c", "src/a\n::error::x.c",
         "src/\u202egnp\u2066.c", "src/\x1b[2J\x1b]0;x\x07.c", "src/::add-mask::a.c", "src/{{ x }} ${{ y }} $(id).c",
         "src/n1 --> n2; click n1 \"x\"; end.c", "src/a'b\"c&d.c", "src/[x](javascript:1) @org #1.c", "src/##[group]x.c"]
commands = []
for i, name in enumerate(names):
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "w") as file:
        file.write(f"int f{i + 1}(const char *s);\nint system(const char *);\n")
        file.write(f"int f{i}(const char *s) {{\n  if (s == \"]]><script>x</script> `|` %d\" - {i}) return 0;\n")
        file.write(f"  system(\"rm -rf '</pre>'; ::error::x\");\n")
        file.write(f"  return f{i + 1}(s) + {i};\n}}\n")
    commands.append({"directory": os.getcwd(), "file": name, "arguments": ["cc", "-c", name]})
with open("tests_\u202e<i>_test.c", "w") as file:
    file.write("int f0(const char *s);\nint main(void) { return f0(\"x\"); }\n")
commands.append({"directory": os.getcwd(), "file": "tests_\u202e<i>_test.c", "arguments": ["cc", "-c", "tests_\u202e<i>_test.c"]})
with open("../compile_commands.json", "w") as file:
    json.dump(commands, file)
END
mkdir .patchgate
cat >.patchgate/policy.json <<'END'
{ "policy": 1, "extends": ["builtin:hotfix@1"], "hotfix": {"target": ["release/**"]},
  "rules": [ {"id": "team/small", "level": "block", "title": "</title><script>alert(1)</script> `|` ]]> ${{ x }} @org #1",
              "require": {"fact": "patch.lines.added", "at_most": 1},
              "fix": "see [x](javascript:alert(1)) <img src=x onerror=x> ::error::x ##[error]x"} ] }
END
git add -A
git commit -qm 'base <script>'
git checkout -qb "$hotfix"
sed -i -e '/if (s ==/d' -e 's/return f\(.*\)(s) +/return f\1(s) -/' src/*.c
mkdir 'deploy <'
printf 'x' >'deploy </details> `|`.yaml'
git add -A
git commit -qm $'fix </textarea><script>alert(1)</script>\n\n::set-output name=x::y'
cat >'../cov <b>|`x`.info' <<'END'
TN:
SF:src/a'b"c&d.c
DA:3,1
DA:5,0
end_of_record
END
cat >'../tests <b>.xml' <<'END'
<testsuite name="&lt;b&gt;]]&gt;|`x`"><testcase classname="a" name="&lt;script&gt;::error::x"><failure>x</failure></testcase></testsuite>
END
judge repository --base "$release" --head "$hotfix" --compile-commands ../compile_commands.json --no-cache \
  --coverage '../cov <b>|`x`.info' --junit '../tests <b>.xml' --now 2026-01-05T12:00:00Z
