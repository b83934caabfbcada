#!/usr/bin/env bash
# How a hotfix of high risk would be rolled out, declared in each system that is understood: what counts, what does not, and
# what the report says about it.
# shellcheck source=tests/stories/lib.sh
. "$(dirname "$0")/lib.sh"

new_repository service
write .patchgate/policy.json <<'J'
{ "policy": 1, "extends": ["builtin:hotfix@1"] }
J
write CMakeLists.txt <<'C'
add_library(encoder src/encode.cpp)
add_executable(crm src/forms.cpp)
target_link_libraries(crm PRIVATE encoder)
add_executable(billing src/billing.cpp)
C
write src/encode.h <<'C'
struct Body { int size; };
int encode(Body& body, const char* value);
bool enabled(const char* flag);
C
write src/encode.cpp <<'C'
#include "encode.h"

int encode(Body& body, const char* value) {
  if (!value) return 0;
  return body.size += 1;
}
C
{
  echo '#include "encode.h"'
  for i in $(seq 1 40); do
    echo "int form$i(Body& body) { return encode(body, \"$i\"); }"
    echo "int leaf$i() { return $i; }"
  done
  echo 'int main() { Body body{}; return form1(body); }'
} | write src/forms.cpp
write src/billing.cpp <<'C'
int main() { return 0; }
C
write tests/encode_test.cpp <<'C'
#include "../src/encode.h"
#define TEST(suite, name) struct suite##_##name##_Test { void TestBody(); }; void suite##_##name##_Test::TestBody()
TEST(Encode, Adds) { Body body{}; encode(body, "x"); }
C
write deploy/argo.yaml <<'Y'
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: web
        image: registry.example.org/team/crm:1.4
  strategy:
    canary:
      trafficRouting: {nginx: {stableIngress: web}}
      steps:
      - setWeight: 5
      - pause: {duration: 10m}
      - analysis: {templates: [{templateName: errors}]}
      - setWeight: 50
      - pause: {}
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata:
  name: errors
spec:
  metrics:
  - name: error-rate
    interval: 1m
    count: 5
    failureCondition: result[0] > 0.01
    provider: {prometheus: {query: errors}}
Y
write deploy/flagger.yaml <<'Y'
apiVersion: flagger.app/v1beta1
kind: Canary
metadata:
  name: crm
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: crm}
  analysis:
    interval: 5m
    threshold: 2
    stepWeight: 5
    maxWeight: 50
    metrics:
    - name: request-success-rate
      thresholdRange: {min: 99}
Y
write deploy/deployment.yaml <<'Y'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: crm
spec:
  replicas: 4
Y
write deploy/billing.yaml <<'Y'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: billing
Y
write deploy/sam.yaml <<'Y'
Transform: AWS::Serverless-2016-10-31
Resources:
  Encoder:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ./src/
      AutoPublishAlias: live
      DeploymentPreference:
        Type: !Ref Slow
        Alarms: [!Ref Errors]
  Slow:
    Type: AWS::CodeDeploy::DeploymentConfig
    Properties:
      TrafficRoutingConfig:
        Type: TimeBasedCanary
        TimeBasedCanary: {CanaryPercentage: 5, CanaryInterval: 30}
  Errors:
    Type: AWS::CloudWatch::Alarm
Y
write deploy/harness.yaml <<'Y'
pipeline:
  stages:
  - stage:
      name: prod
      type: Deployment
      spec:
        service: {serviceRef: crm}
        execution:
          steps:
          - step: {name: canary, type: K8sCanaryDeploy, spec: {instanceSelection: {type: Percentage, spec: {percentage: 5}}}}
          - step: {name: errors, type: Verify, spec: {type: Canary, spec: {duration: 15m}}}
          - step: {name: rest, type: K8sRollingDeploy}
          rollbackSteps:
          - step: {name: back, type: K8sCanaryDelete}
      failureStrategies:
      - onFailure: {errors: [AllErrors], action: {type: StageRollback}}
Y
write deploy/spinnaker.json <<'J'
{ "application": "crm", "stages": [
  { "refId": "1", "type": "kayentaCanary", "canaryConfig": { "lifetimeDuration": "PT1H", "scoreThresholds": { "pass": "75" } } }
] }
J
write deploy/rollout.json <<'J'
{ "rollout": 1, "ships": ["crm"],
  "stages": [{ "percent": 1, "bake": "30m", "abort": { "metric": "null_fields", "when": "> 0" } }] }
J
write deploy/flagd.json <<'J'
{ "flags": { "new-encoding": {
  "state": "ENABLED", "variants": { "on": true, "off": false }, "defaultVariant": "off",
  "targeting": { "fractional": [["on", 5], ["off", 95]] } } } }
J
write deploy/launchdarkly.json <<'J'
{ "exportedAt": "2026-01-05T09:00:00Z", "key": "new-encoding", "variations": [{ "value": true }, { "value": false }],
  "environments": { "production": { "on": true, "fallthrough": { "rollout": { "variations": [
    { "variation": 0, "weight": 2000 }, { "variation": 1, "weight": 98000 }] } } } } }
J
write .patchgate/flags.json <<'J'
{ "flags": 1, "groups": [{ "of": "our own", "functions": ["enabled"], "argument": 0 }] }
J
git switch -qc release/1
commit "forms"
compile_database src/encode.cpp src/forms.cpp src/billing.cpp tests/encode_test.cpp
printf '%s\n' compile_commands.json '*.report' >.git/info/exclude
git switch -qc hotfix/encode
sed -i 's/if (!value) return 0;//' src/encode.cpp
git commit -qam "encode all values"

# declared EXIT FILES...: the verdict with these manifests, in text and JSON
declared() {
  local expected=$1
  shift
  run "$expected" check --base release/1 --head hotfix/encode --rollout "$@" --report text json=../rollout.report
}
# level, system, linked
facts_are() {
  json_is ../rollout.report "['facts']['rollout.level']['value']" "$1"
  json_is ../rollout.report "['facts']['rollout.system']['value']" "$2"
  json_is ../rollout.report "['rollout']['plans'][0]['linked']" "$3"
}

# Without any: blocked, and told what would do.
run 1 check --base release/1 --head hotfix/encode
says 'no staged rollout is declared'
says 'Name its manifest with --rollout'

# Argo: an image that CMake builds, a first stage of 5 %, a metric that stops it.
declared 0 deploy/argo.yaml
facts_are staged_abort argo yes
says 'argo web (deploy/argo.yaml:2): staged_abort, 5 % of the requests first, waits until a person or a measurement goes on, stops by itself by error-rate (prometheus)'
says 'it ships the patched code: crm is an executable (CMakeLists.txt:2), which all that is touched belongs to'
says 'the first deploy of a Rollout skips its steps'

# The same with its traps: the advice is one for Argo.
sed 's/failureCondition: .*/failureLimit: -1\n    successCondition: result[0] < 1/' deploy/argo.yaml >../trap.yaml
declared 1 ../trap.yaml
facts_are staged argo yes
says 'has failureLimit -1: failures never abort'
says 'In the Rollout: trafficRouting'

# Flagger, with the Deployment that it steers.
declared 0 deploy/flagger.yaml deploy/deployment.yaml
facts_are staged_abort flagger yes
says '5 % of the requests first, waits 5 min, stops by itself by request-success-rate (prometheus)'
sed 's/^spec:/spec:\n  skipAnalysis: true/' deploy/flagger.yaml >../trap.yaml
declared 1 ../trap.yaml
facts_are weak flagger yes
says 'skipAnalysis: the new version is promoted without a stage'

# A Deployment alone; and one of something else, which is no rollout of this.
declared 1 deploy/deployment.yaml
facts_are weak kubernetes yes
says 'A Deployment replaces pods, whoever uses them'
declared 1 deploy/billing.yaml
json_is ../rollout.report "['facts']['rollout.level']['value']" none
says 'rolls out something else: billing is an executable (CMakeLists.txt:4), and nothing that is touched belongs to it'

# SAM with the tags of CloudFormation; Harness; Spinnaker, which does not say the share.
declared 0 deploy/sam.yaml
facts_are staged_abort codedeploy unknown
says '5 % of the requests first, waits 30 min, stops by itself by Errors (cloudwatch)'
sed '/Alarms:/d' deploy/sam.yaml >../trap.yaml
declared 1 ../trap.yaml
facts_are staged codedeploy unknown
says 'no alarm stops it: the stages only delay'
declared 0 deploy/harness.yaml
facts_are staged_abort harness yes
declared 1 deploy/spinnaker.json
facts_are staged_abort spinnaker yes
says 'a rollout.json can say what the pipeline does not'
declared 0 deploy/rollout.json
facts_are staged_abort stages yes
says 'ALLOW'
says 'stops by itself by null_fields > 0'

# Another name: it counts, and the report says that nothing proves what it ships.
sed 's/"crm"/"web"/' deploy/rollout.json >../other.json
declared 0 ../other.json
facts_are staged_abort stages unknown
says 'not provable that it rolls out the patched code: it ships web, which is no program that this repository is seen to build'
says 'stops by itself, not provable that it ships this code [claimed]'
says 'baseline/rollout-fits'

# So does one that is gone in a second, for next to nobody; and an abort that measures nothing is none.
sed 's/"percent": 1,/"percent": 0.001,/; s/30m/1s/' deploy/rollout.json >../other.json
declared 0 ../other.json
facts_are staged_abort stages yes
says '0.001 % of the traffic first, waits 1 s'
says 'the first stage of the rollout waits 0.0167 minutes only'
sed 's/"> 0"/"1 == 2"/' deploy/rollout.json >../trap.json
declared 1 ../trap.json
facts_are staged stages yes
says 'trap.json:2: the abort condition 1 == 2 is never true: it measures nothing'
sed 's/failureCondition: .*/failureCondition: result[0] > 1 \&\& false/' deploy/argo.yaml >../trap.yaml
declared 1 ../trap.yaml
facts_are staged argo yes
says 'has failureCondition result[0] > 1 && false, which is never true: it never aborts'
sed 's/"crm"/"src\/"/' deploy/rollout.json >../other.json
declared 0 ../other.json
facts_are staged_abort stages unknown
says 'it ships src/, a folder, which is only claimed'

# Templates, bombs, tags, two objects of one name: unknown, with the place; never a pass.
echo 'replicas: {{ .Values.replicas }}' >../bad.yaml
declared 1 ../bad.yaml
says 'bad.yaml:1: has templates in it that are not filled in'
printf 'a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n' >../bad.yaml
declared 1 ../bad.yaml
says 'bad.yaml:5: expands its aliases to more than 10000 values'
printf 'kind: !!python/object:os.system x\n' >../bad.yaml
declared 1 ../bad.yaml
says 'bad.yaml:1: has a tag: tags are not accepted'
head -c 2000000 /dev/zero | tr '\0' '#' >../bad.yaml
declared 1 ../bad.yaml
says 'bad.yaml: is larger than 1048576 bytes'
head -c 5000000 /dev/zero | tr '\0' '#' >../bad.yaml
declared 1 ../bad.yaml
says 'bad.yaml: too large to be read: more than 4 MiB'
cat deploy/argo.yaml <(echo ---) deploy/argo.yaml >../bad.yaml
declared 1 ../bad.yaml
says 'gives the Rollout web a second time'

# A manifest that the hotfix itself adds: its first deploy skips the stages.
cp deploy/argo.yaml deploy/fresh.yaml
git add deploy/fresh.yaml
git commit -qm "a Rollout"
declared 1 "$PWD/deploy/fresh.yaml"
facts_are weak argo yes
says 'this patch adds the manifest: its first deploy skips the stages'

# Behind a flag: all that changed runs for 5 % alone, and nothing but a rollout that is watched makes it pass.
git switch -qc hotfix/flag release/1
sed -i 's/  if (!value) return 0;/  if (enabled("new-encoding")) {\n    if (!value) value = "";\n  }\n  if (!value) return 0;/' src/encode.cpp
git commit -qam "encode empty values, for some"
run 1 check --base release/1 --head hotfix/flag --rollout deploy/flagd.json deploy/deployment.yaml --report text json=../rollout.report
facts_are staged flagd yes
says 'flagd flag new-encoding (deploy/flagd.json:3): staged, 5 % of the users first'
says 'what the patch touches runs only where enabled (src/encode.cpp:4) says true'
says 'A flag stops nothing by itself'
run 1 check --base release/1 --head hotfix/flag --rollout deploy/launchdarkly.json --report text json=../rollout.report
facts_are staged launchdarkly yes
json_is ../rollout.report "['facts']['rollout.first_stage.percent']['value']" 2.0
json_is ../rollout.report "['rollout']['guards'][0]['key']" new-encoding
run 1 check --base release/1 --head hotfix/flag --report text json=../rollout.report
facts_are weak flag yes

# One more change that no flag guards: the flag does not count.
sed -i 's/body.size += 1/body.size += 2/' src/encode.cpp
git commit -qam "and count twice"
run 1 check --base release/1 --head hotfix/flag --rollout deploy/flagd.json --report text json=../rollout.report
json_is ../rollout.report "['facts']['rollout.level']['value']" none
says 'the flag new-encoding guards only a part of what is touched; not guarded: src/encode.cpp:8'

end_of_story
