#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/graph/fan_in.h"
#include "analyzers/graph/graph.h"
#include "analyzers/graph/store.h"
#include "analyzers/model/patch.h"
#include "analyzers/patch/touched.h"
#include "gate/pipeline/indexer.h"

namespace patchgate {

/// A graph and the ranks of its symbols.
struct RankedGraph {
  Graph graph;
  std::optional<FanInRanks> ranks;  ///< always there once it was made
};

/// Both graphs of a patch, and the text of its files on both sides.
struct TwoSides {
  std::vector<IndexedUnit> base_units;
  std::vector<IndexedUnit> head_units;  ///< parsed for the touched files only
  RankedGraph base;
  RankedGraph head;                ///< base with what head's units saw laid over it, file by file
  std::vector<FileSides> files;    ///< the C and C++ files of the patch that have text to compare
  std::vector<std::string> notes;  ///< borrowed compile commands
};

struct OverlayInput {
  const Repository& repository;
  const Sides& sides;
  const Patch& patch;
  const CompileDatabase& commands;
  Store& store;
  WorkerPool& pool;
  Indexer& indexer;
  Progress progress;
  std::map<std::string, double>* seconds = nullptr;  ///< phases: "parse", "graph"
};

/// Indexes the base, parses what the patch touches on head, and lays one over the other.
Result<TwoSides> lay_over(const OverlayInput& input);

/// The base's graph alone: for `index`, `graph` and `explain`.
Result<std::pair<RankedGraph, std::vector<IndexedUnit>>> graph_of_base(const OverlayInput& input);

}  // namespace patchgate
