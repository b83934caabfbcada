#!/usr/bin/env bash
# Code of a hotfix that cannot be read: the report says what would make it readable, by what keeps it from being read.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository service
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"] }
J
write src/a.cpp <<'C'
int fee(int cents) { return cents; }
#ifdef WITH_TAX
int tax(int cents) { return cents / 5; }
#endif
C
write src/b.cpp <<'C'
int rate() { return 3; }
C
write include/unused.h <<'C'
inline int unused() { return 1; }
C
git switch -qc release/1
commit "fees"
compile_database src/a.cpp src/b.cpp
echo compile_commands.json >.git/info/exclude

# advice: what the rule about unread code says in the last report, one line each
advice() {
  python3 - "$1" <<'P'
import json, sys
rules = {rule["id"]: rule for rule in json.load(open(sys.argv[1]))["verdict"]["rules"]}
print("\n".join(rules["hotfix/all-read"]["to_pass"]))
P
}
# advises TEXT, advises_nothing_of TEXT: about the report of the last `run`
advises() {
  out=$(advice ../report.json) err=
  says "$1"
}
advises_nothing_of() {
  if [[ "$(advice ../report.json)" == *"$1"* ]]; then
    failed=$((failed + 1))
    printf 'FAILED: expected not to read: %s\n%s\n' "$1" "$(advice ../report.json)"
  else
    passed=$((passed + 1))
  fi
}

# Lines that no configuration compiles: another configuration is asked for, with these lines; nothing about headers.
git switch -qc hotfix/inactive release/1
write src/a.cpp <<'C'
int fee(int cents) { return cents; }
#ifdef WITH_TAX
int tax(int cents) {
  return cents / 4;
}
#endif
C
git commit -qam "another tax"
run 1 check --base release/1 --head hotfix/inactive --report json=../report.json
json_is ../report.json "['analysis']['unread'][0]['cause']" inactive
json_is ../report.json "['analysis']['unread'][0]['end_line']" 5
json_is ../report.json "['facts']['analysis.unread.inactive.count']['value']" 1
json_is ../report.json "['facts']['analysis.unread.failed.count']['value']" 0
advises "No configuration of the compile database compiles src/a.cpp:3-5: add one"
advises_nothing_of "header"

# With that configuration they are read.
python3 - <<'P'
import json
commands = json.load(open("compile_commands.json"))
more = dict(commands[0], arguments=commands[0]["arguments"][:-2] + ["-DWITH_TAX"] + commands[0]["arguments"][-2:])
json.dump(commands + [more], open("compile_commands.json", "w"))
P
run 0 check --base release/1 --head hotfix/inactive --report json=../report.json
json_is ../report.json "['analysis']['unread']" "[]"
compile_database src/a.cpp src/b.cpp

# A unit with an error: the reason, and what is most often missing.
git switch -qc hotfix/generated release/1
write src/b.cpp <<'C'
#include "version.h"
int rate() { return VERSION; }
C
git commit -qam "the rate is the version"
run 1 check --base release/1 --head hotfix/generated --report json=../report.json
json_is ../report.json "['analysis']['unread'][0]['cause']" failed
advises "Make this parse: src/b.cpp ("
advises "'version.h' file not found"
advises "generate it before the check"
advises_nothing_of "No configuration"

# A header that nothing includes.
git switch -qc hotfix/header release/1
write include/unused.h <<'C'
inline int unused() { return 2; }
C
git commit -qam "a header alone"
run 1 check --base release/1 --head hotfix/header --report json=../report.json
json_is ../report.json "['analysis']['unread'][0]['cause']" no_command
advises "Nothing in the compile database compiles include/unused.h: add it to the build"

# No compile database at all.
rm compile_commands.json
run 1 check --base release/1 --head hotfix/header --report json=../report.json
json_is ../report.json "['analysis']['unread'][0]['cause']" database
advises "no compile_commands.json was found. Write the compile database"
advises_nothing_of "Nothing in the compile database"

end_of_story
