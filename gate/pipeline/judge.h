#pragma once

#include <map>
#include <string>
#include <vector>

#include "analyzers/model/patch.h"
#include "gate/cli/options.h"
#include "gate/pipeline/ci_environment.h"
#include "gate/reports/report.h"

namespace patchgate {

/// What `check` found out, whatever became of it.
struct Judgement {
  Report report;                          ///< always there; decision none where it could not be judged
  std::vector<Error> errors;              ///< why it could not be judged, all of them
  std::vector<std::string> warnings;      ///< for standard error: the cache, odd rules
  std::map<std::string, double> seconds;  ///< by phase
  std::size_t units_parsed = 0, units_reused = 0, symbols = 0, edges = 0;
  double worker_cpu_seconds = 0;
  std::uint64_t worker_max_rss_kb = 0;
};

/// open → look → judge: everything but writing. Progress goes to standard error unless options.quiet. `environment`: CI
/// variables (see ci_variables).
Judgement judge_patch(const CheckOptions& options, const EnvironmentVariables& environment);

}  // namespace patchgate
