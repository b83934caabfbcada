#!/usr/bin/env bash
# From nothing to a working gate: init looks at a repository, writes policy and jobs, says what it does not know, and
# never changes what is there; then the lines of a job are run as they are written.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

is() { # is WHAT CONDITION...
  local what=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)) && echo "FAILED: $what"; fi
}

git init -q --bare -b main remote.git
new_repository shop
git remote add origin "$story_folder/remote.git"
write CMakeLists.txt <<'T'
cmake_minimum_required(VERSION 3.20)
project(shop CXX)
add_library(shop fee.cpp)
enable_testing()
add_executable(fee_test tests/fee_test.cpp)
target_link_libraries(fee_test shop)
add_test(NAME fee_test COMMAND fee_test)
T
write fee.cpp <<<'int fee(int cents) { return cents; }'
write tests/fee_test.cpp <<'C'
#if __has_include(<gtest/gtest.h>)
#include <gtest/gtest.h>
#endif
int fee(int cents);
int main() { return fee(1) == 1 ? 0 : 1; }
C
write Jenkinsfile <<<'node {}'
write .circleci/config.yml <<<'version: 2.1'
write deploy/shop.yaml <<'Y'
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: shop }
spec: { strategy: { canary: { steps: [{ setWeight: 5 }, { pause: { duration: 1h } }] } } }
Y
commit "a shop"
git branch stable/1
git branch hotfixes/a

run 0 init
says "wrote  .patchgate/policy.json"
says "wrote  Jenkinsfile.patchgate"
says "build     CMake (CMakeLists.txt)"
says "tests     GoogleTest (tests/fee_test.cpp), run by ctest (CMakeLists.txt)"
says "CI        Jenkins, CircleCI"
says "hotfixes  go to stable/**, come from hotfixes/** (there is stable/1)"
says "rollout   deploy/shop.yaml"
says "which packages the build needs besides g++ cmake ninja-build: add them to the apt-get line of the job"
says "where your image of patchgate is: put it for PATCHGATE_IMAGE in Jenkinsfile.patchgate"
says "how a job of CircleCI has to look: docs/jenkins.md has the words for any CI system"
run 0 policy check .patchgate/policy.json

# Nothing that exists is changed, not even what init wrote.
echo '// ours' >>.patchgate/policy.json
git add -A
before=$(git write-tree)
run 0 init
says "kept   .patchgate/policy.json (it exists)"
says "kept   Jenkinsfile.patchgate (it exists)"
git add -A
is "init changed nothing" [ "$before" = "$(git write-tree)" ]
commit "gate"
git push -q origin main main:stable/1

# The two jobs of Jenkins, as a shell runs their lines; apt-get is not ours to try.
git switch -qc hotfixes/half
write fee.cpp <<<'int fee(int cents) { return cents / 2; }'
commit "half"
export CHANGE_TARGET=stable/1 CHANGE_BRANCH=hotfixes/half
sed -n "s/^ *sh '\(.*\)'$/\1/p; s/^ *sh '\(.*\)' +$/\1\\\\/p; s/^ *'\(.*\)'$/\1/p" Jenkinsfile.patchgate |
  grep -v '^apt-get' >../lines.sh
is "the job builds, fetches and judges" [ "$(grep -cE '^(cmake|git|patchgate)' ../lines.sh)" = 4 ]
out=$(PATH=$(dirname "$PATCHGATE"):$PATH sh -e ../lines.sh 2>../err) || { failed=$((failed + 1)) && cat ../lines.sh ../err; }
err=
says "→ stable/1 | hotfix | policy base:.patchgate/policy.json"
says "units 2/2"
json_is patchgate.json "['patch']['hotfix']" True
is "a JUnit report" grep -q '<testsuite' patchgate.xml

# A repository that shows nothing, without a commit: all is asked for, nothing is guessed in silence.
new_repository empty
run 0 init
says "how it is built: the job has CMake's words; docs/compile-commands.md has those of others"
says "how it is tested: no C or C++ file has \`test\` in its path"
says "which CI system runs here: the job is GitHub's; docs/jenkins.md has the words for others"
says "which branch is deployed: none is named like a release"
says "how a change reaches its users: no manifest of a staged rollout was recognised"
is "GitHub's job" [ -s .github/workflows/patchgate.yml ]

# A name that would be more than a name in a script is not used.
new_repository hostile
# shellcheck disable=SC2016
write '$(touch pwned)/CMakeLists.txt' <<<x
write '.gitlab-ci.yml' <<<'x: y'
commit "a name"
run 0 init
says "how it is built: the job has CMake's words"
is "it is in no job" [ -z "$(grep -r pwned .gitlab .patchgate)" ]
git clone -q --bare . ../bare.git
run 2 init --repo ../bare.git
says "a bare repository has no files to write to"
end_of_story
