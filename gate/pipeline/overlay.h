#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/model/body_shape.h"
#include "analyzers/model/unread_place.h"
#include "analyzers/patch/touched.h"
#include "gate/pipeline/merged_graph.h"
#include "gate/pipeline/overlay_input.h"

namespace patchgate {

/// Both graphs of a patch, and the text of its files on both sides.
struct TwoSides {
  std::vector<IndexedUnit> base_units;
  std::vector<IndexedUnit> head_units;  ///< parsed for the touched files only
  RankedGraph base;
  RankedGraph head;                   ///< base with what head's units saw laid over it, file by file
  std::vector<FileSides> files;       ///< the C and C++ files of the patch that have text to compare
  TouchedReading touched;             ///< find_touched of these
  std::vector<TouchedBody> bodies;    ///< of touched.symbols, in their order
  std::vector<UnreadPlace> rerouted;  ///< what the patch does to units without a word of theirs; see rerouted.h
  std::vector<std::string> notes;     ///< borrowed compile commands
  std::size_t commands = 0;           ///< of the base, read or not
  std::string left_out;               ///< why not all of them were read; empty = they were
  std::size_t units_left_out = 0;
  bool budget_ran_out = false;  ///< some of them, or of head's units, would have been read with more time
  std::optional<std::set<std::string>> covered;  ///< with --scope patch: the files that some command would read
};

/// Indexes the base, parses what the patch touches on head, and lays one over the other.
Result<TwoSides> lay_over(const OverlayInput& input);

/// The base's graph alone: for `index`, `graph` and `explain`.
Result<std::pair<RankedGraph, std::vector<IndexedUnit>>> graph_of_base(const OverlayInput& input);

}  // namespace patchgate
