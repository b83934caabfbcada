#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace patchgate {

/// How far `check` may look.
struct LookLimits {
  bool patch_scope = false;  ///< only what can matter to the patch
  bool fast_lane = false;  ///< with patch_scope, for an exact revert: users of what it removes, and one round of others
  std::optional<std::uint32_t> budget;                            ///< seconds, as they were asked for
  std::optional<std::chrono::steady_clock::time_point> deadline;  ///< when they are over
  /// Transitive fan-in from which on the rank in the whole project decides about the impact, which a part of the
  /// project cannot tell: nothing is gained by following more users.
  std::uint32_t deciding_fan_in = 0;

  /// There was a deadline, and it is over.
  bool over() const { return deadline && std::chrono::steady_clock::now() >= *deadline; }
};

/// What is said of everything that there was no time for.
inline std::string out_of_budget(const LookLimits& limits) {
  return "the time was over (--budget " + std::to_string(limits.budget.value_or(0)) + ")";
}

}  // namespace patchgate
