#pragma once

#include <string>
#include <vector>

#include "policies/engine/policy.h"

namespace patchgate {

/// True where `now` can be shown to hold only where `before` did: the same shape, with the same or harder thresholds,
/// fewer choices, more under `all`, less under `any`. A doubt counts as no.
bool at_least_as_strict(const Condition& before, const Condition& now);

/// What of `before` asks less in `now`, for a person: "level block → warn", "require". Empty: nothing does.
std::vector<std::string> what_is_loosened(const Rule& before, const Rule& now);

/// What a rule does where it cannot be told whether it holds.
Effect effect_of_unknown(const Rule& rule);
/// What a rule does where it does not hold.
Effect effect_of_failure(const Rule& rule);

}  // namespace patchgate
