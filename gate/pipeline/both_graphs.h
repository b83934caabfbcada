#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analyzers/graph/graph.h"
#include "gate/pipeline/choose_units.h"
#include "gate/pipeline/chunk_feed.h"
#include "gate/pipeline/merged_graph.h"
#include "gate/pipeline/overlay_input.h"

namespace patchgate {

/// The graph of the base, and that graph with the files of the patch replaced by what head's units saw: what can be
/// known before these are parsed is made ready piece by piece meanwhile, the rest when it is needed.
class BothGraphs {
 public:
  /// `input` and `base_units` must outlive it, where they are. With --scope patch nothing is stored.
  BothGraphs(const OverlayInput& input, const std::vector<IndexedUnit>& base_units);

  /// One piece of what is only of use where units are parsed; false when nothing is left to do. What fails is tried
  /// again by who asks for it.
  bool step();

  Result<RankedGraph> base();
  /// `chunks`: of each of `units`.
  Result<RankedGraph> head(const std::vector<IndexedUnit>& units, const std::vector<Chunks>& chunks);

 private:
  Result<void> start_head();
  Hash128 salt_of(const std::vector<IndexedUnit>& head_units, const std::vector<std::string>& reread) const;
  Keep keep(Keep where_all_is_read) const { return input_.limits.patch_scope ? Keep::no : where_all_is_read; }

  const OverlayInput& input_;
  const std::vector<IndexedUnit>& base_units_;
  std::set<std::string, std::less<>> replaced_;  // files of the patch, by both names; and those read anew
  ChunkFeed feed_;
  std::optional<RankedGraph> base_;
  bool looked_for_base_ = false;
  std::optional<GraphBuilder> builder_;  // has the base without those files
};

}  // namespace patchgate
