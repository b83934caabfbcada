#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyzers/model/calendar_state.h"
#include "analyzers/model/code_change.h"
#include "analyzers/model/data_at_risk.h"
#include "analyzers/model/fact.h"
#include "analyzers/model/irreversible.h"
#include "analyzers/model/patch.h"
#include "analyzers/model/pictures.h"
#include "analyzers/model/recovery_step.h"
#include "analyzers/model/rollout.h"
#include "analyzers/model/test_evidence.h"
#include "analyzers/model/touched.h"
#include "analyzers/model/unread_place.h"
#include "analyzers/model/way_back.h"
#include "gate/reports/leave_taken.h"
#include "policies/engine/verdict.h"

namespace patchgate {

struct Judged {
  std::string level;  ///< or "unknown"
  std::optional<double> percentile;
  bool calibrated = false;
  std::vector<std::string> why;
  std::vector<std::string> remarks{};  ///< those of `why` that no other part of the report tells
};

struct Report {
  std::string version;
  // inputs
  Oid base, head, merge_base;
  std::string target_ref, source_ref;
  std::string policy_source, policy_oid;
  std::string policy_digest;             ///< "sha256:…" over its text and that of all it extends
  std::string now;                       ///< RFC 3339; empty = no rule needed the time
  std::string digest;                    ///< "sha256:…" over all inputs
  std::vector<std::string> input_notes;  ///< sandbox, borrowed compile commands, …
  bool patch_scope = false;              ///< --scope patch
  std::optional<std::uint32_t> budget;   ///< --budget, seconds
  // what was looked at
  std::vector<FileChange> files;
  std::uint64_t lines_added = 0, lines_deleted = 0;
  std::optional<bool> hotfix;
  std::optional<Oid> revert_of;
  std::vector<RevertedCommit> reverted;  ///< what the patch undoes exactly, newest first
  std::vector<TouchedSymbol> symbols;    ///< highest impact first
  CodeChanges code_changes;
  Facts facts;
  RolloutFindings rollout;
  CalendarState calendar;
  Judged impact, likelihood, risk;
  Verdict verdict;
  LeaveTaken leave;
  // how much was seen
  std::uint32_t units_total = 0, units_parsed = 0, units_failed = 0;
  std::uint32_t hunks_total = 0, hunks_mapped = 0;
  std::vector<UnreadPlace> unread;
  std::string left_out;         ///< what of the base was not looked at, and why; empty = nothing
  bool budget_ran_out = false;  ///< something would have been looked at with more time
  std::vector<std::string> blind_spots;
  std::vector<std::pair<std::string, std::string>> failed_units;  ///< main file, why; at most 20
  Oid index_rev;
  std::uint32_t index_units = 0;
  DataAtRisk data_at_risk;
  TestEvidenceFound test_evidence;
  // the way back
  std::string revert = "unknown";  ///< clean, conflicts, unknown
  std::vector<RecoveryStep> recovery_steps;
  std::vector<std::string> recovery_watch;
  std::vector<std::string> recovery_who;   ///< who knows this code, the best first
  std::vector<Irreversible> irreversible;  ///< what a revert of the code leaves
  Pictures pictures;                       ///< for pages; the JSON report has none of it
};

/// A report format: a pure function of a finished report. It neither sorts nor filters nor decides.
struct Writer {
  const char* name;   ///< what follows --report
  const char* about;  ///< one line for --help
  std::string (*write)(const Report& report, bool color);
};

/// All formats, in the order of --help. A new one is a file, a line in writers.cpp, and a golden.
const std::vector<Writer>& writers();

}  // namespace patchgate
