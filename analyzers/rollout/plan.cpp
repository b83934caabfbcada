#include "analyzers/rollout/plan.h"

namespace patchgate {

const char* name_of(RolloutLevel level) {
  switch (level) {
    case RolloutLevel::none:
      return "none";
    case RolloutLevel::weak:
      return "weak";
    case RolloutLevel::staged:
      return "staged";
    case RolloutLevel::staged_abort:
      return "staged_abort";
  }
  return "none";
}

RolloutLevel level_of(const RolloutPlan& plan) {
  if (plan.at_once) return RolloutLevel::none;
  if (plan.stages.empty()) return RolloutLevel::weak;
  const RolloutStage& first = plan.stages.front();
  if (!first.waits || (first.percent && *first.percent >= 100)) return RolloutLevel::weak;
  return first.aborts ? RolloutLevel::staged_abort : RolloutLevel::staged;
}

}  // namespace patchgate
