#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/git/repository.h"
#include "analyzers/graph/graph.h"
#include "gate/cli/options.h"
#include "gate/pipeline/overlay.h"
#include "gate/pipeline/workbench.h"

namespace patchgate {

/// The call graph of one revision, for the commands that only ask it.
struct Reading {
  std::optional<Repository> repository;
  Oid commit;
  Snapshot tree;
  RankedGraph ranked;
  std::vector<IndexedUnit> units;
  std::filesystem::path index_file;  ///< where it is kept, nobody has it open any more; empty = nowhere
  std::vector<std::string> warnings;
  std::map<std::string, double> seconds;
  double worker_cpu_seconds = 0;
  std::uint64_t worker_max_rss_kb = 0;
};

/// `rev`: default the merge base of HEAD with the default branch, else HEAD. Error where nothing could be read at all:
/// an empty graph is no answer.
Result<Reading> read_graph(const std::optional<std::string>& repo, const std::optional<std::string>& rev,
                           const GraphSource& source, bool quiet);

/// For `index`: of one shard the units alone, without a graph; with parts their graph, made without the sources.
Result<Reading> read_for_index(const IndexOptions& options);

}  // namespace patchgate
