#pragma once

#include <map>
#include <string>
#include <vector>

#include "analyzers/model/patch.h"
#include "gate/cli/options.h"
#include "gate/pipeline/ci_environment.h"
#include "gate/pipeline/open_policy.h"
#include "gate/reports/report.h"

namespace patchgate {

/// What `check` found out, whatever became of it.
struct Judgement {
  Report report;                          ///< always there; decision none where it could not be judged
  std::vector<Error> errors;              ///< why it could not be judged, all of them
  std::vector<std::string> warnings;      ///< for standard error: the cache, odd rules
  std::map<std::string, double> seconds;  ///< by phase
  std::size_t units_parsed = 0, units_reused = 0, symbols = 0, edges = 0;
  std::vector<Verdict> by_others;  ///< of judge_under: the second policy's verdict, and so on
  double worker_cpu_seconds = 0;
  std::uint64_t worker_max_rss_kb = 0;
};

/// open → look → judge: everything but writing. Progress goes to standard error unless options.quiet. `environment`: CI
/// variables (see ci_variables).
Judgement judge_patch(const CheckOptions& options, const EnvironmentVariables& environment);

/// The same patch under several policies (at least one, each loaded): what is seen is looked at once. The report is by
/// the first, the verdicts of the others are beside it. Of the environment nothing is asked.
Judgement judge_under(const CheckOptions& options, const std::vector<OpenedPolicy>& policies);

}  // namespace patchgate
