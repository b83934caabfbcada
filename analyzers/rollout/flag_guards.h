#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analyzers/graph/context.h"
#include "analyzers/rollout/flag_catalogue.h"

namespace patchgate {

/// Whether feature flags decide if what the patch changes runs.
struct GuardedPatch {
  /// (key, the value for which the new code runs): all of them, sorted. They stage the patch only where `unguarded` is
  /// empty.
  std::vector<std::pair<std::string, bool>> keys;
  std::vector<FlagGuard> guards;  ///< by place
  std::vector<Place> unguarded;   ///< the first changed line of each place outside of tests that no flag guards
};

/// A changed place is guarded when, without the tokens that run only for a flag's value and those that choose, what is
/// left of it is exactly what stood there before: so the code is the old one for whoever does not have the flag. A
/// function that is new is guarded when all its calls are. See guard_regions.h for what counts as a guard.
GuardedPatch find_guards(const Context& context, const std::vector<TouchedSymbol>& touched,
                         const std::vector<FlagFunction>& functions);

}  // namespace patchgate
