#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "policies/engine/policy_tests.h"
#include "policies/engine/verdict.h"

namespace patchgate {

/// What a test of a policy expects; what it does not name may be anything.
struct Expectation {
  std::optional<Decision> decision;
  std::optional<std::string> headline;
  std::map<std::string, RuleResult> rules;
};

/// A test that was run.
struct TestedCase {
  Facts facts;
  std::vector<std::string> paths;
  Expectation expected;
  Verdict verdict;  ///< of the policy as it is
};

/// Tries each mistake in each of the rules (of `policy`) on the tests, all of which passed. Those that none of them
/// would notice, by a result or a decision that it expects, go into `report`.
void try_mistakes(const Policy& policy, const std::vector<const Rule*>& rules, const std::vector<TestedCase>& cases,
                  PolicyTestReport& report);

}  // namespace patchgate
