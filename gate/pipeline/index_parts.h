#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "gate/cli/options.h"
#include "gate/pipeline/merged_graph.h"
#include "gate/pipeline/overlay_input.h"

namespace patchgate {

/// Brings the units of one shard of the base into the store.
Result<std::vector<IndexedUnit>> index_shard(const OverlayInput& input, const Shard& shard);

/// What the store holds is replaced by the units of the base, all of them out of `parts`: indexes of shards. Nothing is
/// parsed, and nothing that a part says is believed: a unit is taken where it was made from exactly the sources,
/// headers and flags that this revision has on this machine, by the same versions, and where what was stored about it
/// is whole and decodes; every hash is computed anew. (That it is what the worker saw cannot be told from the outside:
/// parts come from machines that may say what the code does.) Errors (io) name the part, the unit and what to do: one
/// that is none or damaged, one of another revision or configuration, two that contradict each other, units that no
/// part has. The store is then as it was.
Result<std::pair<RankedGraph, std::vector<IndexedUnit>>> graph_of_parts(
    const OverlayInput& input, const std::vector<std::filesystem::path>& parts);

}  // namespace patchgate
