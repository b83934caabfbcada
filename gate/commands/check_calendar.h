#pragma once

#include "gate/cli/options.h"

namespace patchgate {

/// Of `policy check`: the calendar beside the policy's file, else that of the revision. Says what is wrong with it on
/// standard error, and of a right one how many windows it has on standard output. 0, also where there is none; else
/// the exit code.
int check_calendar_of(const PolicyOptions& options);

}  // namespace patchgate
