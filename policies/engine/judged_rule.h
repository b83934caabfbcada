#pragma once

#include <string>
#include <vector>

#include "policies/engine/headline.h"
#include "policies/engine/policy.h"
#include "policies/engine/row_table.h"
#include "policies/engine/touched_paths.h"
#include "policies/engine/verdict.h"

namespace patchgate {

/// What one rule says, and what it has to say in the headline.
struct JudgedRule {
  RuleOutcome outcome;
  Objection objection;  ///< of meaning where the outcome has an effect
};

/// Total. `when` is judged by the first facts, `require` by the second ones; mostly they are the same.
JudgedRule judge_rule(const Rule& rule, const FactsInOrder& for_when, const FactsInOrder& for_require,
                      TouchedPaths& paths);

/// The verdict of all rules of the policy, in its order.
Verdict conclude(const Policy& policy, std::vector<JudgedRule> rules);

/// Names of all facts and fields that a condition asks for, sorted.
std::vector<std::string> names_in(const Condition& condition);

}  // namespace patchgate
