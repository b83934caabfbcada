#pragma once

#include <string_view>

#include "analyzers/graph/context.h"

namespace patchgate {

/// How the change would be rolled out, by the manifests in Context::rollouts (rollout_formats()) and by the feature
/// flags that the changed code asks for. `rollout.level`:
/// - none: no manifest was given; or everything is replaced at once
/// - weak: pods are replaced one after the other, or a share is named that nothing waits at
/// - staged: a first, partial stage that waits
/// - staged_abort: and a measurement that stops the rollout by itself while the first stage runs
/// Of several rollouts those that provably ship the patch count, else all whose link is not known; of these the
/// weakest. Flags that guard all that is touched count where they are stronger. The percent, bake time and abort are
/// those of the first stage that waits.
///
/// A file that cannot be read, has templates in it or is of another format makes every fact unknown. What a manifest
/// seems to promise and does not keep (a metric in dryRun, a template that is not there) is a blind spot with its line.
extern const Analyzer rollout_manifests;

/// The functions that ask for flags which ship with the program, as JSON of flags.schema.json.
std::string_view builtin_flag_catalogue();

}  // namespace patchgate
