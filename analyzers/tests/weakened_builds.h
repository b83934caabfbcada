#pragma once

#include <vector>

#include "analyzers/model/test_evidence.h"

namespace patchgate {

/// Tests that CMake files run on the base and no longer on head, switch off, expect to fail, or give more time.
std::vector<WeakenedTest> weakened_in_builds(const std::vector<ChangedText>& texts);

}  // namespace patchgate
