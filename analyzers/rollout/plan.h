#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/model/result.h"

namespace patchgate {

/// A share of the traffic at which the rollout waits.
struct RolloutStage {
  std::optional<double> percent;  ///< none: not known, `percent_unknown` says why
  std::string percent_unknown;
  std::optional<double> bake_minutes;  ///< none: until a person, or a measurement without a set length, goes on
  bool waits = false;
  bool aborts = false;  ///< a measurement stops the rollout by itself while this stage runs
  Place at, bake_at, abort_at;
};

enum class RolloutLevel { none, weak, staged, staged_abort };
const char* name_of(RolloutLevel level);

/// What one manifest promises, whatever its format.
struct RolloutPlan {
  Place at;
  bool at_once = false;                              ///< everything is replaced in one step
  std::string plain_why;                             ///< for a plan without stages: why it is weak or none
  std::vector<RolloutStage> stages;                  ///< only those that wait, in order
  std::vector<std::pair<Place, std::string>> traps;  ///< what seems to protect and does not
};

RolloutLevel level_of(const RolloutPlan& plan);

}  // namespace patchgate
