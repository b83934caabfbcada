#pragma once

#include <string>

#include "gate/cli/flags.h"

namespace patchgate {

/// All commands, one line each, and the exit codes.
std::string help_text();

/// Usage, flags by group, examples.
std::string help_text(const Command& command);

}  // namespace patchgate
