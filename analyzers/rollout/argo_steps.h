#pragma once

#include <string>

#include "analyzers/rollout/analysis_templates.h"
#include "analyzers/rollout/document.h"
#include "analyzers/rollout/plan.h"

namespace patchgate {

/// Fills the stages of `plan` from `spec.strategy.canary` of a Rollout. A weight that nothing waits at is no stage: the
/// next weight follows at once. Without traffic routing a weight is a share of the pods, rounded up to whole ones.
void read_canary(const std::string& path, const DocNode& spec, const DocNode& canary,
                 const AnalysisTemplates& templates, RolloutPlan& plan);

}  // namespace patchgate
