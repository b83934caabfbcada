#!/usr/bin/env bash
# Patches of what decides about the build: each is a finding of its own kind, none is silence, none blocks by itself.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository service
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"] }
J
write src/a.c <<'C'
#ifdef FAST
int speed(void) { return 2; }
#else
int speed(void) { return 1; }
#endif
int main(void) { return speed(); }
C
write CMakeLists.txt <<'M'
project(service C)
add_custom_command(OUTPUT table.c
  COMMAND python3 ${CMAKE_SOURCE_DIR}/tools/table.py > table.c)
install(PROGRAMS tools/start.sh DESTINATION bin)
M
echo 'print("int table[1];")' | write tools/table.py
echo 'exec service' | write tools/start.sh
printf 'V1 {\n global: speed;\n local: *;\n};\n' | write src/service.map
printf 'EXPORTS\n speed\n' | write src/service.def
printf 'start: ID ;\n' | write src/parse.y
git switch -qc release/1
commit "a service"
compile_database src/a.c
echo compile_commands.json >.git/info/exclude

# finding BRANCH FILE EXPRESSION...: a patch of that file by sed, judged; its report is ../BRANCH.json
finding() {
  git switch -qc "hotfix/$1" release/1
  sed -i "$3" "$2"
  git commit -qam "$1"
  run "${4:-0}" check --base release/1 --head "hotfix/$1" --report text "json=../$1.json"
}
role() { json_is "../$1.json" "['patch']['files'][0]['build_role']" "$2"; }
file_class() { json_is "../$1.json" "['patch']['files'][0]['class']" "$2"; }
count() { json_is "../$1.json" "['facts']['$2']['value']" "$3"; }

finding flags CMakeLists.txt '1a add_compile_definitions(FAST)'
says "CMakeLists.txt: a build file changed: flags, units and what is linked may differ"
says "observe  baseline/build-kept"
role flags build
file_class flags build
count flags patch.build_files.count 1

finding script tools/table.py 's/1/2/'
says "tools/table.py: a generator changed (run by CMakeLists.txt:2): what changes in the source that it makes was not compared"
role script generator
file_class script source
count script patch.generators.count 1

# A script that no build file runs is a file that is not analysed, as before.
finding start tools/start.sh 's/service/service -v/'
says "not analysed: tools/start.sh"
role start None
count start patch.generators.count 0

finding map src/service.map 's/speed/speed; main/'
says "src/service.map: a link map changed: which symbols are seen from outside, or where they are put, may differ"
role map link
file_class map build
count map patch.link_files.count 1

# A .def that the linker reads is no header that nobody includes: it is not unread code.
finding def src/service.def '2a \ main'
says "src/service.def: a link map changed"
role def link
count def analysis.unread.count 0

finding grammar src/parse.y 's/ID/ID ID/'
says "src/parse.y: a generator changed: what changes in the source that it makes was not compared"
role grammar generator

# Code together with the flags that compile it: the one compile database that is there is not head's.
git switch -qc hotfix/both release/1
sed -i 's/return 1/return 3/' src/a.c
sed -i '1a add_compile_definitions(FAST)' CMakeLists.txt
git commit -qam "both"
run 0 check --base release/1 --head hotfix/both --report text json=../both.json
says "base and head were both read with the flags of the compile database given"
json_is ../both.json "['symbols'][0]['name']" speed

end_of_story
