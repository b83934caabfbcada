#include <algorithm>
#include <string>

#include "analyzers/history/history.h"

namespace patchgate {

namespace {

std::string counted(std::uint64_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

/// Why the size cannot be ranked; empty when it can.
std::string why_unknown(const Context& context) {
  for (const FileChange& file : context.patch->files) {
    if (file.c_family && file.unread) return "the lines of " + file.path + " were not counted: " + *file.unread;
  }
  const auto commits = context.recent_sizes.size();
  if (commits == 0 || commits < context.risk.likelihood_min_commits) {
    return "only " + counted(commits, "earlier commit") + ", " + std::to_string(context.risk.likelihood_min_commits) +
           " are needed";
  }
  return {};
}

void run(const Context& context, Findings& findings) {
  if (const std::string why = why_unknown(context); !why.empty()) {
    findings.facts.set("likelihood.percentile", Unknown{why});
    findings.facts.set("likelihood.level", Unknown{why});
    findings.likelihood_why.push_back("not known: " + why + "; judged as moderate");
    return;
  }
  const std::uint64_t added = context.patch->lines_added();
  const auto smaller = std::count_if(context.recent_sizes.begin(), context.recent_sizes.end(),
                                     [added](std::uint64_t size) { return size < added; });
  const auto commits = static_cast<double>(context.recent_sizes.size());
  const double percentile = 100.0 * static_cast<double>(smaller) / commits;
  const char* level = percentile >= context.risk.likelihood_high       ? "high"
                      : percentile >= context.risk.likelihood_moderate ? "moderate"
                                                                       : "low";
  findings.facts.set("likelihood.percentile", percentile);
  findings.facts.set("likelihood.level", std::string(level));
  // "More than 0 %" would have to be read twice.
  const std::string than =
      smaller == 0 ? "no more than any" : "more than " + std::to_string(static_cast<int>(percentile)) + " %";
  findings.likelihood_why.push_back("added " + counted(added, "line") + ": " + than + " of this repository's last " +
                                    counted(context.recent_sizes.size(), "commit") + "; not calibrated");
}

}  // namespace

const Analyzer history_size{"history/size", "how large the patch is among this repository's recent commits", run};

}  // namespace patchgate
