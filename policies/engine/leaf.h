#pragma once

#include <string>

#include "policies/engine/condition.h"
#include "policies/engine/judge.h"

namespace patchgate {

/// Judges a leaf against the value of its fact. `must_hold` false: the leaf stands under a `none`, and its contrary is
/// what is wanted.
Assessment judge_leaf(const Condition& leaf, const Value& value, bool must_hold, Voice voice);

/// The truth of judge_leaf alone.
Truth truth_of(const Condition& leaf, const Value& value, bool must_hold);

}  // namespace patchgate
