#pragma once

#include <vector>

#include "analyzers/guards/lost_guards.h"
#include "analyzers/model/code_change.h"

namespace patchgate {

/// What else went wrong before, by comparing what stays: values that became null, zero or empty, fallbacks of
/// value_or() and the like with another value, results that nobody looks at any more, emptied catches, loops whose
/// bound was raised. `symbol`, files and sinks of the changes are left to the caller.
std::vector<CodeChange> other_changes(const ComparedBody& body);

}  // namespace patchgate
