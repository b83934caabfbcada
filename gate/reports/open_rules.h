#pragma once

#include <string>
#include <vector>

#include "gate/reports/report.h"

namespace patchgate {

// The rules that did not pass, arranged so that what concerns several of them is said once. All texts are as they came:
// escape them where they are written.

/// Lines that hold for each of these rules.
struct RuleLines {
  std::vector<const RuleOutcome*> rules;  ///< what blocks first, then in the verdict's order
  std::vector<std::string> lines;
};

/// A rule that asks for a reader's time: it did not pass, and is not one that only observes and could not be told.
bool concerns_the_reader(const RuleOutcome& rule);

/// What they miss; rules that miss the same stand together, at the place of the first.
std::vector<RuleLines> missing_by_rules(const Verdict& verdict);

/// Why it is not known whether they apply, a line each: "risk: at least high, which is not known". The reason follows
/// where the top of the report does not tell it.
std::vector<RuleLines> doubts_by_rules(const Verdict& verdict);

/// Why they apply, one line each.
std::vector<RuleLines> grounds_by_rules(const Verdict& verdict);

/// What to do.
std::vector<RuleLines> advice_by_rules(const Verdict& verdict);

/// "hotfix/rollout, hotfix/all-read".
std::string ids_of(const std::vector<const RuleOutcome*>& rules);

/// One line a rule that only observes and could not be told.
std::vector<std::string> observed_unknown(const Verdict& verdict);

}  // namespace patchgate
