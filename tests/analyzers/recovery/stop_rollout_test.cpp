#include "analyzers/recovery/stop_rollout.h"

#include <gtest/gtest.h>

namespace patchgate {
namespace {

struct Case {
  const char* name;
  const char *system, *called, *space, *flag;
  const char* expected;
};

const Case kCases[] = {
    {"argo", "argo", "crm", "team", "",
     "stop the rollout crm (m.yaml:3), so that no more of the traffic gets the patch: kubectl argo rollouts abort crm "
     "-n "
     "team && kubectl argo rollouts undo crm -n team"},
    {"argo without a name", "argo", "", "", "",
     "stop the rollout (m.yaml:3), so that no more of the traffic gets the patch"},
    {"a hostile name is one word", "argo", "a;b $(c)", "x y", "",
     "stop the rollout a;b $(c) (m.yaml:3), so that no more of the traffic gets the patch: kubectl argo rollouts abort "
     "'a;b $(c)' -n 'x y' && kubectl argo rollouts undo 'a;b $(c)' -n 'x y'"},
    {"a name that is an option", "argo", "--all", "", "",
     "stop the rollout --all (m.yaml:3), so that no more of the traffic gets the patch"},
    {"a Deployment", "kubernetes", "crm", "", "",
     "turn the Deployment crm back (m.yaml:3), so that no more of the traffic gets the patch; -n and its namespace: "
     "kubectl rollout undo deployment/crm"},
    {"flagger", "flagger", "crm", "", "",
     "stop the canary crm (m.yaml:3), so that no more of the traffic gets the patch: apply the pod spec from before; "
     "Flagger then sends all requests to the primary and starts over"},
    {"codedeploy", "codedeploy", "crm", "", "",
     "stop the deployment crm (m.yaml:3), so that no more of the traffic gets the patch: aws deploy stop-deployment "
     "--auto-rollback-enabled --deployment-id and its id"},
    {"a flag", "launchdarkly", "new-encoding", "", "new-encoding",
     "turn the flag new-encoding off (m.yaml:3), so that no more of the traffic gets the patch"},
    {"another system", "spinnaker", "crm", "", "",
     "stop the rollout crm (m.yaml:3), so that no more of the traffic gets the patch"},
};

TEST(StopRollout, InTheWordsOfTheSystem) {
  for (const Case& c : kCases) {
    RolloutFindings found;
    found.plans.resize(2);
    RolloutPlan& plan = found.plans.front();
    plan.system = c.system;
    plan.name = c.called;
    plan.space = c.space;
    plan.flag = c.flag;
    plan.at = {"m.yaml", 3, 0};
    const auto step = stop_rollout(found);
    EXPECT_EQ(step ? in_one_line(*step) : "none", c.expected) << c.name;
  }
}

TEST(StopRollout, NothingIsStoppedThatIsNotDeclared) {
  EXPECT_FALSE(stop_rollout({}).has_value());
  RolloutFindings found;
  found.plans.resize(1);
  found.plans.front().at_once = true;
  EXPECT_FALSE(stop_rollout(found).has_value());
}

}  // namespace
}  // namespace patchgate
