#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzers/model/rollout.h"

namespace patchgate {

/// What a file of feature flags says about one flag.
struct FlagShare {
  std::string system;  ///< "flagd", "launchdarkly"
  std::string key;
  Place at;
  /// Of those who ask, how many get true, in percent; none: not known, `unknown` says why.
  std::optional<double> gets_true;
  std::string unknown;
  std::vector<RolloutNote> traps, remarks;
};

/// The flag as a rollout of code that runs where it is `when`. A flag waits until a person moves it, and nothing moves
/// it back by itself. One whose share is not known is weak.
RolloutPlan plan_of(const FlagShare& share, bool when);

}  // namespace patchgate
