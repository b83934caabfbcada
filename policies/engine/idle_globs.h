#pragma once

#include <string>
#include <vector>

#include "analyzers/model/result.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// Warnings about patterns of paths that match no file of `paths`, those of the base: a rule that names them may never
/// apply. Of rules of built-in policies only where none of their patterns does. Gives up, without a word, after some
/// fifty million steps.
void find_idle_globs(const Policy& policy, const std::vector<std::string>& paths, std::vector<Error>& warnings);

}  // namespace patchgate
