#pragma once

#include <string>

#include "gate/cli/options.h"

namespace patchgate {

/// "check base=main worktree reports=text,json>r.json": the command, then all that differs from the defaults.
std::string printed(const Options& options);

/// Words parted by blanks, parsed and printed; the whole text of the error where there is one.
std::string parsed(const std::string& line);

}  // namespace patchgate
