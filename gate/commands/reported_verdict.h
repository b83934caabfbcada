#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "analyzers/git/repository.h"
#include "analyzers/model/fact.h"
#include "analyzers/model/result.h"

namespace patchgate {

/// A rule that an override lifts, as a report says it.
struct ReportedOverride {
  std::string rule, approved_by;
  std::string not_after;  ///< RFC 3339
  std::int64_t ends = 0;  ///< the same, seconds since 1970
};

/// What a report says of one rule, in its own words.
struct ReportedRule {
  std::string id, level, result, effect;
  bool overridden = false;
  bool excepted = false;  ///< exceptions cover all that the rule objects to
};

/// What a deploy asks of a report (`--report json`).
struct ReportedVerdict {
  std::string decision;  ///< allow, warn, block, none
  std::string headline;
  Oid base, merge_base, head;  ///< empty where the report has none
  std::string target;          ///< short name of the branch; may be empty
  std::string policy_source;   ///< "base:.patchgate/policy.json", "file:NAME", "builtin:hotfix@1"
  std::string policy_digest;   ///< see OpenedPolicy::digest
  std::vector<ReportedOverride> overrides{};
  std::vector<ReportedRule> rules{};  ///< in the order of the report
  Oid calendar{}, exceptions{};       ///< git's ids of the files that it was made by; empty where it had none
  Facts facts{};  ///< those with one value; lists are unknown, for a report does not hold all of them
  std::vector<std::string> paths{};  ///< of the patch, old and new names
};

inline constexpr std::size_t kMostReportBytes = 256U << 20U;

/// Reads the text of a report. Errors (config) name the file and the line: not JSON, another schema, fields missing.
Result<ReportedVerdict> read_verdict(const std::string& file, std::string_view text);

/// What is about to be deployed.
struct Deploy {
  Oid head;
  std::string target;         ///< empty: the one that the report names
  std::string policy_digest;  ///< of the policy in force there
  Oid merge_base;             ///< where all that it brings begins; empty: that cannot be told
  std::int64_t now = 0;       ///< seconds since 1970
};

/// Why the verdict does not speak for this deploy, a line each; empty = it does: it passes, and it is on this commit
/// and all that comes with it, this target and this policy, and no override that it needs has ended. A verdict "none"
/// is not among them: nothing was judged.
std::vector<std::string> objections(const ReportedVerdict& verdict, const Deploy& deploy);

}  // namespace patchgate
