#include "analyzers/rollout/flag_share.h"

#include "analyzers/rollout/values.h"

namespace patchgate {

RolloutPlan plan_of(const FlagShare& share, bool when) {
  RolloutPlan plan;
  plan.system = share.system;
  plan.name = share.key;
  plan.flag = share.key;
  plan.at = share.at;
  plan.share_of = "users";
  plan.traps = share.traps;
  plan.remarks = share.remarks;
  if (!share.gets_true) {
    plan.plain_why = "the share of the flag " + share.key + " is not known: " + share.unknown;
    return plan;
  }
  const double percent = when ? *share.gets_true : 100 - *share.gets_true;
  if (percent >= 100) {
    plan.at_once = true;
    plan.plain_why =
        "the flag " + share.key + " is " + (when ? "on" : "off") + " for everybody: the new code runs at once";
    plan.traps.emplace_back(plan.at, plan.plain_why);
    return plan;
  }
  if (percent <= 0) {
    plan.remarks.emplace_back(plan.at, "nobody gets the new code until a person moves the flag " + share.key +
                                           ": that step is not seen here");
  }
  RolloutStage stage;
  stage.percent = percent;
  stage.waits = true;
  stage.at = stage.bake_at = stage.abort_at = share.at;
  plan.stages.push_back(std::move(stage));
  return plan;
}

}  // namespace patchgate
