#pragma once

#include "gate/cli/options.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// `policy test`: runs tests/*.json beside the policy. 0 where all pass, each of the policy's own rules has a test that
/// it passes and one that it fails, and the tests notice every small mistake in a rule; 1 where not; 2 where a file
/// cannot be read, or there are no tests.
int test_policy(const PolicyOptions& options, const Policy& policy);

}  // namespace patchgate
