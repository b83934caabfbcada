#pragma once

#include <string>
#include <vector>

#include "policies/engine/document.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// What of a policy decides for all its rules: which patches are risky, and the verdict where none applies.
struct PolicyFrame {
  RiskTable risk;
  Decision if_no_rule_applies = Decision::none;
};

PolicyFrame frame_of(const Policy& policy);

/// `node`: a policy that extends others; `before`: what those say. Where it asks for less in risk or
/// if_no_rule_applies, its 'loosens' has to say why, and the reason becomes a line of `now.notes`; a reason for nothing
/// is a warning.
void check_frame(const JsonNode& node, const PolicyFrame& before, Policy& now, std::vector<Error>& warnings);

}  // namespace patchgate
