#pragma once

#include <vector>

#include "analyzers/model/result.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// No facts whatever meet it: `all` asks two things of one fact that exclude each other. A doubt counts as no.
bool never_holds(const Condition& condition);

/// Warnings about rules that are well formed but cannot do anything: a `when` or a `require` that never holds, a
/// `require` that always does.
void find_odd_rules(const Policy& policy, std::vector<Error>& warnings);

}  // namespace patchgate
