#pragma once

#include <string>

#include "gate/cli/options.h"

namespace patchgate {

/// `pack/name`: no symbol has a single slash in its name, and a file is followed by a line.
bool is_rule_name(const std::string& what);

/// Prints the rule's conditions and where it stands; gives the exit code.
int explain_rule(const ExplainOptions& options);

}  // namespace patchgate
