#include <gtest/gtest.h>

#include "said.h"

namespace patchgate {
namespace {

std::string step(const std::string& type, const std::string& spec = "{}", const std::string& more = "") {
  return "          - step: {name: s, type: " + type + ", spec: " + spec + more + "}\n";
}

/// A Harness pipeline of one stage; `rest` stands below the stage.
std::string harness(const std::string& steps, const std::string& rest = "") {
  return "pipeline:\n  stages:\n  - stage:\n      name: prod\n      type: Deployment\n      spec:\n        execution:\n"
         "          steps:\n" +
         steps + "          rollbackSteps:\n" + step("K8sCanaryDelete") + rest;
}
const std::string kCanary = step("K8sCanaryDeploy", "{instanceSelection: {type: Percentage, spec: {percentage: 5}}}");
const std::string kVerify = step("Verify", "{type: Canary, spec: {duration: 15m}}");
const std::string kRolling = step("K8sRollingDeploy");

std::string strategy(const std::string& action, const std::string& errors = "AllErrors") {
  return "      failureStrategies:\n      - onFailure:\n          errors: [" + errors +
         "]\n          action: {type: " + action + "}\n";
}
const std::string kBack = strategy("StageRollback");

struct Case {
  const char* name;
  std::string text;
  std::string expected;
};

const Case kHarnessCases[] = {
    {"a canary that is verified", harness(kCanary + kVerify + kRolling, kBack),
     "staged_abort; 5 % of pods; 15 min; s (Harness verification) |"},
    {"nothing between", harness(kCanary + step("K8sCanaryDelete") + kRolling, kBack),
     "weak | p.yaml:9 no Verify, approval or wait follows the canary: the rest follows at once; p.yaml:3 nothing waits "
     "between the canary and the rest;"},
    {"no canary", harness(kRolling, kBack),
     "weak | p.yaml:3 the stage has no canary step: everything follows without a stop;"},
    {"a person", harness(kCanary + step("HarnessApproval") + kRolling, kBack),
     "staged; 5 % of pods; until somebody goes on |"},
    {"a wait", harness(kCanary + step("Wait", "{duration: 30m}") + kRolling, kBack), "staged; 5 % of pods; 30 min |"},
    {"a number of pods",
     harness(step("K8sCanaryDeploy", "{instanceSelection: {type: Count, spec: {count: 1}}}") + kVerify, kBack),
     "staged_abort; ? the canary is a number of pods, and how many there are in all is not given; 15 min; s (Harness "
     "verification) |"},
    {"a share that is given at run time",
     harness(step("K8sCanaryDeploy", "{instanceSelection: {type: Percentage, spec: {percentage: <+input>}}}") + kVerify,
             kBack),
     "staged_abort; ? the percentage is given when the pipeline runs; 15 min; s (Harness verification) |"},
    {"no strategy", harness(kCanary + kVerify + kRolling),
     "staged; 5 % of pods; 15 min | p.yaml:10 no failureStrategies say what a failed Verify does: nothing is taken "
     "back;"},
    {"a strategy for other errors", harness(kCanary + kVerify + kRolling, strategy("StageRollback", "Timeout")),
     "staged; 5 % of pods; 15 min | p.yaml:10 no failureStrategies say what a failed Verify does: nothing is taken "
     "back;"},
    {"a failure that is ignored", harness(kCanary + kVerify + kRolling, strategy("Ignore")),
     "staged; 5 % of pods; 15 min | p.yaml:17 Ignore: a failed Verify does not stop the rollout by itself;"},
    {"the step's own strategy first",
     harness(kCanary +
                 step("Verify", "{spec: {duration: 15m}}",
                      ", failureStrategies: [{onFailure: {errors: [Verification], action: {type: "
                      "ManualIntervention}}}]") +
                 kRolling,
             kBack),
     "staged; 5 % of pods; 15 min | p.yaml:10 ManualIntervention: a failed Verify does not stop the rollout by "
     "itself;"},
    {"a stop that takes nothing back", harness(kCanary + kVerify + kRolling, strategy("Abort")),
     "staged; 5 % of pods; 15 min | p.yaml:17 Abort: a failed Verify stops the pipeline and takes nothing back;"},
    {"groups of steps, and the last of two stages",
     "pipeline:\n  stages:\n  - stage: {type: Deployment, name: dev, spec: {execution: {steps: []}}}\n"
     "  - stage:\n      type: Deployment\n      name: prod\n      spec: {execution: {steps: [{stepGroup: {steps: [\n"
     "        {step: {type: K8sCanaryDeploy, spec: {instanceSelection: {type: Percentage, spec: {percentage: 10}}}}},\n"
     "        {step: {type: Wait, spec: {duration: 1h}}}]}}]}}\n",
     "staged; 10 % of pods; 60 min |"},
    {"a template of a stage",
     "template:\n  type: Stage\n  spec:\n    type: Deployment\n    spec:\n      execution:\n        steps:\n"
     "        - step: {type: EcsCanaryDeploy}\n        - step: {type: EcsCanaryDelete}\n",
     "weak | p.yaml:8 no Verify, approval or wait follows the canary: the rest follows at once; p.yaml:3 nothing waits "
     "between the canary and the rest;"},
    {"nothing that deploys", "pipeline:\n  stages:\n  - stage: {type: Approval}\n",
     "weak | p.yaml:1 no stage of the pipeline deploys anything that is written here;"},
};

std::string spinnaker(const std::string& stage) {
  return "{\"application\": \"crm\", \"stages\": [\n{\"refId\": \"1\", \"type\": \"deployManifest\"},\n" + stage + "]}";
}
std::string kayenta(const std::string& config, const std::string& more = "") {
  return "{\"refId\": \"2\", \"type\": \"kayentaCanary\"" + more + ",\n\"canaryConfig\": {" + config + "}}";
}
const std::string kLife = "\"lifetimeDuration\": \"PT1H30M\"";
const std::string kPass = ", \"scoreThresholds\": {\"marginal\": \"50\", \"pass\": \"75\"}";

const Case kSpinnakerCases[] = {
    {"a canary that is judged", spinnaker(kayenta(kLife + kPass)),
     "staged_abort; ? how many servers the canary gets is not in the pipeline; 90 min; score below 75 (kayenta) |"},
    {"no score", spinnaker(kayenta(kLife)),
     "staged; ? how many servers the canary gets is not in the pipeline; 90 min | p.json:4 no score above 0 is needed "
     "to "
     "pass: the canary never fails;"},
    {"a failure that is passed over", spinnaker(kayenta(kLife + kPass, ", \"continuePipeline\": true")),
     "staged; ? how many servers the canary gets is not in the pipeline; 90 min | p.json:3 the pipeline goes on when "
     "the "
     "canary fails;"},
    {"a look back", spinnaker(kayenta(kLife + kPass, ", \"analysisType\": \"retrospective\"")),
     "weak | p.json:3 a retrospective analysis looks at what is over: nothing waits for it; p.json:1 no stage of the "
     "pipeline judges a canary;"},
    {"a person alone", spinnaker("{\"refId\": \"2\", \"type\": \"manualJudgment\"}"),
     "weak | p.json:3 only a person's judgment: nothing is measured, and for which share is not said;"},
    {"hours, as older pipelines have them", spinnaker(kayenta("\"lifetimeHours\": \"2\"" + kPass)),
     "staged_abort; ? how many servers the canary gets is not in the pipeline; 120 min; score below 75 (kayenta) |"},
};

TEST(Pipelines, Harness) {
  for (const Case& c : kHarnessCases) EXPECT_EQ(in_short({{"p.yaml", c.text}}), c.expected) << c.name;
}

TEST(Pipelines, Spinnaker) {
  for (const Case& c : kSpinnakerCases) EXPECT_EQ(in_short({{"p.json", c.text}}), c.expected) << c.name;
}

}  // namespace
}  // namespace patchgate
