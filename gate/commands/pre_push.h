#pragma once

#include "gate/cli/options.h"

namespace patchgate {

/// Judges what git is about to push, by the lines that git gives on standard input (or by what pre-commit says in its
/// variables), and not what lies in the work tree. Gives the worst exit code: 0 lets the push go on.
int run_pre_push(const HookOptions& options);

}  // namespace patchgate
