#pragma once

#include "analyzers/rollout/formats.h"

namespace patchgate {

/// Flags of LaunchDarkly as its REST API gives them (launchdarkly.com/docs/api/feature-flags): one flag, or `items`.
/// They live outside of the repository, so an export says at its top when it was made: `"exportedAt": RFC 3339`;
/// without it no share is known. Of several environments the one named `production` counts, else the largest share.
extern const RolloutFormat launchdarkly_flags;

}  // namespace patchgate
