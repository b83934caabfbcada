#include <string>
#include <utility>
#include <vector>

#include "analyzers/recovery/recovery.h"
#include "analyzers/recovery/words.h"

namespace patchgate {

namespace {

std::string lines_in_words(const LineRange& lines) {
  if (lines.count < 2) return "line " + std::to_string(lines.first);
  return "lines " + std::to_string(lines.first) + "-" + std::to_string(lines.first + lines.count - 1);
}

std::string in_words(const RevertConflict& conflict) {
  std::string text = place_of(conflict.path, conflict.patch);
  if (conflict.target.first != 0) text += " against " + lines_in_words(conflict.target) + " of the target";
  return text + ": " + conflict.why;
}

void run(const Context& context, Findings& findings) {
  const WayBack& way = context.way_back;
  if (!way.clean) {
    findings.facts.set("recovery.revert",
                       Unknown{way.committed ? "undoing the patch was not tried" : "the patch is not committed yet"});
  } else if (*way.clean) {
    findings.facts.set("recovery.revert", std::string("clean"));
  } else {
    std::vector<Place> from;
    std::vector<std::string> details;
    for (const RevertConflict& conflict : way.conflicts) {
      from.push_back({conflict.path, conflict.patch.first, 0});
      details.push_back(in_words(conflict));
    }
    findings.facts.set("recovery.revert", std::string("conflicts"), std::move(from), std::move(details));
  }
}

}  // namespace

const Analyzer recovery_revert{"recovery/revert", "whether the patch can be taken back", run};

}  // namespace patchgate
