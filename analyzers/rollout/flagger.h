#pragma once

#include "analyzers/rollout/formats.h"

namespace patchgate {

/// A Flagger `Canary` (flagger.app/v1beta1; docs.flagger.app/usage/how-it-works): the share rises by stepWeight every
/// interval, and `threshold` failed checks of a metric roll it back. A metric counts when it can fail and its template
/// is among the files.
extern const RolloutFormat flagger_canary;

}  // namespace patchgate
