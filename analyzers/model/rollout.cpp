#include "analyzers/model/rollout.h"

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

const char* name_of(RolloutLink link) {
  switch (link) {
    case RolloutLink::unknown:
      return "unknown";
    case RolloutLink::yes:
      return "yes";
    case RolloutLink::no:
      return "no";
  }
  return "unknown";
}

RolloutLevel level_of(const RolloutPlan& plan) {
  if (plan.at_once) return RolloutLevel::none;
  if (plan.stages.empty()) return RolloutLevel::weak;
  const RolloutStage& first = plan.stages.front();
  if (!first.waits || (first.percent && *first.percent >= 100)) return RolloutLevel::weak;
  return first.aborts ? RolloutLevel::staged_abort : RolloutLevel::staged;
}

bool is_weaker(const RolloutPlan& a, const RolloutPlan& b) {
  if (level_of(a) != level_of(b)) return level_of(a) < level_of(b);
  const auto share = [](const RolloutPlan& plan) {
    return plan.stages.empty() || !plan.stages.front().percent ? 100.0 : *plan.stages.front().percent;
  };
  return share(a) > share(b);
}

}  // namespace patchgate
