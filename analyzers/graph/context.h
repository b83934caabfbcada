#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzers/graph/fan_in.h"
#include "analyzers/graph/graph.h"
#include "analyzers/model/body_shape.h"
#include "analyzers/model/code_change.h"
#include "analyzers/model/data_at_risk.h"
#include "analyzers/model/fact.h"
#include "analyzers/model/irreversible.h"
#include "analyzers/model/patch.h"
#include "analyzers/model/recovery_step.h"
#include "analyzers/model/risk_table.h"
#include "analyzers/model/rollout.h"
#include "analyzers/model/test_evidence.h"
#include "analyzers/model/touched.h"
#include "analyzers/model/unread_place.h"
#include "analyzers/model/way_back.h"

namespace patchgate {

/// A rollout manifest or other evidence file, already read.
struct EvidenceFile {
  std::string path;  ///< as named; relative to the repository where it lies in it
  std::string text;
  std::string source;    ///< "head", "base" or "file": where it was read from
  std::string unread{};  ///< why `text` is not there: "larger than 4 MiB"; empty = it is
};

/// A file of assembler, which no unit reads.
struct AssemblerFile {
  std::string path;
  std::vector<std::string> words;  ///< names of touched symbols in it, without scopes; sorted
};

/// All that an analyzer may look at. Opened by the pipeline; analyzers do no input or output.
struct Context {
  const Patch* patch = nullptr;
  const Graph* base = nullptr;  ///< at the merge base; never null, may be empty
  const Graph* head = nullptr;  ///< base with the patch laid over it
  const FanInRanks* base_ranks = nullptr;
  const FanInRanks* head_ranks = nullptr;
  RiskTable risk;
  /// Why the graph is not there at all (no compile database, …); empty = it is there.
  std::string no_graph;
  /// Why a part of the base is not in the graph (--scope patch, --budget); empty = nothing was left out. What was seen
  /// of each symbol's users is in TouchedSymbol::seen; ranks and percentiles are not known then.
  std::string left_out;
  std::vector<std::uint64_t> recent_sizes;  ///< lines added by this repository's recent commits
  std::vector<EvidenceFile> rollouts;
  TestEvidenceInputs test_evidence;
  RolloutInputs rollout_inputs;
  std::vector<std::pair<std::string, std::string>>
      sink_catalogues;  ///< (name for messages, JSON text); the built-in one first
  SqlInput sql;
  std::vector<AssemblerFile> assembler;  ///< of the base, sorted by path
  std::vector<TouchedBody> bodies;       ///< of the touched symbols, in their order; empty where there is no graph
  WayBack way_back;
  std::uint32_t hunks_total = 0, hunks_mapped = 0;
  std::vector<UnreadPlace> unread;
  std::uint32_t units_total = 0, units_failed = 0;
  std::uint64_t units_left_out = 0;  ///< units of the base: see left_out
  bool hotfix = false;
  bool hotfix_claimed = false;  ///< only the source branch said so
};

/// What the analyzers say. Each adds to what those before it said, in the order of the list in the pipeline.
struct Findings {
  std::vector<TouchedSymbol> touched;
  Facts facts;
  CodeChanges code_changes;
  std::vector<std::string> impact_why, likelihood_why;
  std::vector<std::string> impact_remarks;  ///< those of impact_why that neither `touched` nor the unread places tell
  std::vector<std::string> blind_spots;
  DataAtRisk data_at_risk;
  TestEvidenceFound test_evidence;
  std::vector<RecoveryStep> recovery_steps;
  std::vector<std::string> recovery_watch;
  std::vector<std::string> recovery_who;   ///< who knows this code, the best first
  std::vector<Irreversible> irreversible;  ///< what a revert of the code leaves; each analyzer adds its own
  RolloutFindings rollout;
};

/// Looks at a change and says what it saw; pure, and cannot fail: what it cannot see it states as Unknown.
struct Analyzer {
  const char* name;   ///< its folder and file: "tests/reaching"
  const char* about;  ///< one line
  void (*run)(const Context&, Findings&);
};

}  // namespace patchgate
