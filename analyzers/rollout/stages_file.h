#pragma once

#include <string>

#include "analyzers/model/result.h"
#include "analyzers/rollout/document.h"
#include "analyzers/rollout/plan.h"

namespace patchgate {

/// Whether a document is of rollout.schema.json.
bool is_stages_file(const DocNode& document);

/// Strict: a key, type or value that the schema does not allow is an error (config) with its line.
Result<RolloutPlan> read_stages_file(const std::string& path, const DocNode& document);

}  // namespace patchgate
