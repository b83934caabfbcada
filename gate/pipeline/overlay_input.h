#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "analyzers/graph/store.h"
#include "analyzers/model/patch.h"
#include "gate/pipeline/indexer.h"
#include "gate/pipeline/look_limits.h"

namespace patchgate {

/// What reading both sides of a patch needs.
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
  LookLimits limits{};
  std::vector<std::filesystem::path> build_folders{};  ///< outside of the repository, that units may read
};

}  // namespace patchgate
