#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gate/cli/flags.h"

namespace patchgate {

/// What the codes of all commands mean, in order.
const std::vector<std::pair<const char*, const char*>>& exit_codes();

/// All commands, one line each, and the exit codes.
std::string help_text();

/// Usage, flags by group, examples.
std::string help_text(const Command& command);

}  // namespace patchgate
