#pragma once

#include "analyzers/rollout/formats.h"

namespace patchgate {

/// rollout.schema.json. Strict: a key, type or value that the schema does not allow is an error (config) with its line.
extern const RolloutFormat stages_file;

}  // namespace patchgate
