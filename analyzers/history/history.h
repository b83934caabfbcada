#pragma once

#include "analyzers/graph/context.h"

namespace patchgate {

/// How large the patch is for this repository: `likelihood.percentile` is the share of recent commits that added fewer
/// lines, `likelihood.level` its band. Not calibrated: a rank, not a probability. Unknown with fewer earlier commits
/// than Context::risk asks for, and when the lines of a changed source file were not counted.
extern const Analyzer history_size;

}  // namespace patchgate
