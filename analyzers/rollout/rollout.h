#pragma once

#include "analyzers/graph/context.h"

namespace patchgate {

/// How the change would be rolled out, by the manifests in Context::rollouts: Argo Rollouts (YAML or JSON) and
/// rollout.json (rollout.schema.json). `rollout.level`:
/// - none: no manifest was given; or everything is replaced at once
/// - weak: pods are replaced one after the other, or a share is named that nothing waits at
/// - staged: a first, partial stage that waits
/// - staged_abort: and a measurement that stops the rollout by itself while the first stage runs
/// Of several rollouts the weakest counts. The percent, bake time and abort are those of its first stage that waits.
///
/// A file that cannot be read, has templates in it or is of another format makes every fact unknown. What a manifest
/// seems to promise and does not keep (a metric in dryRun, a template that is not there) is a blind spot with its line.
extern const Analyzer rollout_manifests;

}  // namespace patchgate
