#pragma once

#include "analyzers/rollout/analysis_templates.h"
#include "analyzers/rollout/plan_reading.h"

namespace patchgate {

/// Fills the stages of `plan` from `spec.strategy.canary` of a Rollout. A weight that nothing waits at is no stage: the
/// next weight follows at once. Without traffic routing a weight is a share of the pods, rounded up to whole ones.
void read_canary(const DocNode& spec, const DocNode& canary, const AnalysisTemplates& templates, PlanReading& reading);

}  // namespace patchgate
