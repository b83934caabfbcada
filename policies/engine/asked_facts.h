#pragma once

#include <set>
#include <string>

#include "policies/engine/policy.h"

namespace patchgate {

/// Adds the names of the facts and fields that the condition asks for.
void collect_names(const Condition& condition, std::set<std::string>& names);

/// Names of all facts and fields that the rules of a policy ask for, in their conditions and their advice.
std::set<std::string> asked_facts(const Policy& policy);

/// A rule asks for a fact whose name begins so: "clock.".
bool asks_for_any(const Policy& policy, std::string_view beginning);

}  // namespace patchgate
