#pragma once

#include <string>
#include <vector>

#include "gate/cli/options.h"
#include "gate/replay/replay.h"

namespace patchgate {

/// Judges the patches that came to a branch after `options.since` along its first parents, newest first: each merge and
/// each single commit against its first parent, as it would have been judged then, at the time of its commit, with the
/// calendar and catalogues of that base, but under the policies of today: what is seen is looked at once. What is
/// parsed goes into the index at once, so that a run that was interrupted costs nothing the next time.
///
/// Errors (config) are in `errors`, all of them; (usage) `since` is the tip or later.
Result<Replay> replay_patches(const ReplayOptions& options, std::vector<Error>& errors,
                              std::vector<std::string>& warnings);

}  // namespace patchgate
