#pragma once

#include <string>

#include "analyzers/model/fact.h"
#include "policies/engine/document.h"

namespace patchgate {

/// Reads the facts of a policy test (see policy_tests.h) into `facts`. Errors: names that are not in the catalogue,
/// values that do not fit it.
void read_facts(const JsonNode& node, Facts& facts);

/// Reads the members of `set` over `facts`.
void read_set(const JsonNode& node, Facts& facts);

}  // namespace patchgate
