#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "policies/engine/debts.h"
#include "policies/engine/leave.h"

namespace patchgate {

/// An override that was read, whatever became of it.
struct ReadOverride {
  std::string source;  ///< `file:NAME`, or a ref, with the path where it names a commit
  std::string digest;  ///< "sha256:…" over its text
  /// elsewhere: it is for another commit, and was kept in the repository.
  enum class State { in_force, refused, elsewhere } state = State::elsewhere;
  std::vector<std::string> why;  ///< refused: a line each, with its place
};

/// A standing exception, and what became of it.
struct ReportedException {
  std::string rule, symbol, reason, owner, ticket;
  std::vector<std::string> paths;  ///< patterns
  std::string expires;             ///< "2026-11-30"
  std::int64_t days_left = 0;
  ExceptionState state = ExceptionState::idle;
  bool matches_nothing = false;  ///< no file of the base lies in its paths
  Place at;
};

/// What a policy that the patch brings along would say. It binds nobody.
struct PolicyPreview {
  std::vector<std::string> errors;  ///< of the policy and of what lies beside it, with places; then nothing was judged
  std::vector<std::string> warnings;
  std::uint32_t tests_passed = 0;
  std::vector<std::string> tests_failed;  ///< a line each
  bool taken_away = false;                ///< the patch removes the policy
  std::string headline;                   ///< under the new policy, the verdict's word in front
  std::vector<std::string> changes;       ///< what the two verdicts differ in, a rule a line
};

/// What lifts rules, what is to be done for it, and what touches the gate itself.
struct LeaveTaken {
  std::vector<ReadOverride> overrides;  ///< files by name, then refs by name
  std::vector<Debt> debts;              ///< that are not paid, and those that this patch pays
  std::string exceptions_source, exceptions_oid;
  std::vector<ReportedException> exceptions;  ///< in the order of the file
  std::string context;                        ///< how a report calls the context file
  std::optional<PolicyPreview> preview;
};

}  // namespace patchgate
