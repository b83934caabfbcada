#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gate/cli/options.h"
#include "gate/pipeline/open_patch.h"
#include "gate/pipeline/open_policy.h"
#include "gate/pipeline/time_of_run.h"
#include "gate/reports/leave_taken.h"
#include "policies/engine/review_context.h"

namespace patchgate {

inline constexpr const char* kExceptionsPath = ".patchgate/exceptions.json";

/// What may lift rules, opened.
struct OpenedLeave {
  Leave leave;
  LeaveTaken report;                  ///< all but what the verdict says
  std::vector<std::string> makers;    ///< addresses of the authors of the patch's commits
  std::vector<std::string> warnings;  ///< refused overrides, PATH:LINE:COL: text
  std::vector<std::pair<std::string, std::string>> digests;
};

/// Reads overrides (--override, and those that the repository keeps), debts and the exceptions at the base's tip. What
/// is wrong with a file of --override or with the exceptions goes into `errors`; a kept override that is wrong is
/// refused and does not stop anybody. The time is asked for only where there is something that depends on it.
Result<OpenedLeave> open_leave(const Repository& repository, const OpenedPatch& opened, const Policy& policy,
                               const CheckOptions& options, TimeOfRun& time, std::vector<Error>& errors);

/// The facts review.* and override.debts.*. `context`: null where none was given.
void state_leave(const OpenedLeave& opened, const ReviewContext* context, const Oid& head, Facts& facts);

/// What a report says about the exceptions. `base`: the files that they may match.
std::vector<ReportedException> reported_exceptions(const Leave& leave, const std::vector<ExceptionState>& states,
                                                   const Snapshot& base);

/// Leave::moved.
std::map<std::string, std::set<std::string>> moved_files(const Patch& patch, const std::vector<TouchedSymbol>& touched);

}  // namespace patchgate
