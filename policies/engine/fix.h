#pragma once

#include <optional>
#include <vector>

#include "policies/engine/document.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// Reads `fix`: a text, or a list of {"when", "text"}. Nothing where it is wrong; the errors then say why, among them a
/// {details} without a `when` that says of which facts.
std::optional<std::vector<Fix>> read_fixes(const JsonNode& node);

/// What to do, for these facts, in the order of the policy: each fix without a condition or whose condition holds.
/// {details} is filled in with the details of the facts that its condition asks about.
std::vector<std::string> advice(const std::vector<Fix>& fixes, const Facts& facts);

}  // namespace patchgate
