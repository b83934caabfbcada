#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analyzers/graph/context.h"
#include "gate/pipeline/analysis.h"
#include "gate/reports/report.h"

namespace patchgate {

/// What a report is made of beside the facts.
struct ReportParts {
  const Patch& patch;
  const Analysis& analysis;
  Findings findings;
  Verdict verdict;
  std::string policy_source, policy_oid, policy_digest;
  std::string now;
  std::string digest;
  std::vector<std::string> notes;
  Oid index_rev;
};

Report assemble(ReportParts parts);

/// A report of something that could not be judged: decision none, and the errors as its reason, without absolute paths.
/// `repository`: its folder; may be empty.
Report cannot_judge(const Patch& patch, const std::vector<Error>& errors, const std::filesystem::path& repository);

}  // namespace patchgate
