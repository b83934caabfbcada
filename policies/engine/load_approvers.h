#pragma once

#include <string>
#include <vector>

#include "policies/engine/document.h"

namespace patchgate {

/// Reads `override` of a policy, { "approvers": ["bo@example.org"] }: the addresses, in lower case, each once. Errors
/// for what is no address.
std::vector<std::string> read_approvers(const JsonNode& node);

}  // namespace patchgate
