#include "analyzers/recovery/stop_rollout.h"

#include <string>

#include "analyzers/recovery/words.h"

namespace patchgate {

namespace {

std::string place_in_words(const Place& at) {
  if (at.file.empty()) return {};
  return " (" + at.file + (at.line == 0 ? "" : ":" + std::to_string(at.line)) + ")";
}

/// " -n team"; nothing where the manifest leaves the namespace to who applies it.
std::string in_space(const RolloutPlan& plan) {
  const std::string space = shell_word(plan.space);
  return space.empty() ? "" : " -n " + space;
}

std::string space_hint(const RolloutPlan& plan) { return plan.space.empty() ? "; -n and its namespace" : ""; }

}  // namespace

std::optional<RecoveryStep> stop_rollout(const RolloutFindings& found) {
  if (found.plans.empty() || level_of(found.plans.front()) == RolloutLevel::none) return std::nullopt;
  const RolloutPlan& plan = found.plans.front();
  const std::string where = place_in_words(plan.at);
  const std::string so = ", so that no more of the traffic gets the patch";
  if (!plan.flag.empty()) return RecoveryStep{"turn the flag " + plan.flag + " off" + where + so};
  const std::string name = shell_word(plan.name);
  const std::string called = plan.name.empty() ? "" : " " + plan.name;
  if (plan.system == "argo" && !name.empty()) {
    const std::string object = name + in_space(plan);
    return RecoveryStep{"stop the rollout" + called + where + so + space_hint(plan),
                        "kubectl argo rollouts abort " + object + " && kubectl argo rollouts undo " + object};
  }
  if (plan.system == "kubernetes" && !name.empty()) {
    return RecoveryStep{"turn the Deployment" + called + " back" + where + so + space_hint(plan),
                        "kubectl rollout undo deployment/" + name + in_space(plan)};
  }
  if (plan.system == "flagger") {
    return RecoveryStep{
        "stop the canary" + called + where + so +
        ": apply the pod spec from before; Flagger then sends all requests to the primary and starts over"};
  }
  if (plan.system == "codedeploy") {
    return RecoveryStep{"stop the deployment" + called + where + so +
                        ": aws deploy stop-deployment --auto-rollback-enabled --deployment-id and its id"};
  }
  return RecoveryStep{"stop the rollout" + called + where + so};
}

}  // namespace patchgate
