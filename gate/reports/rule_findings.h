#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gate/reports/report.h"

namespace patchgate {

/// A rule that did not pass, at one place of the patch: what formats for code hosts are made of. All texts are as they
/// came: escape them where they are written.
struct RuleFinding {
  std::string rule;      ///< its id
  std::string wrong;     ///< "no test reaches f"
  std::string required;  ///< "required: a test reaches each touched symbol"; may be empty
  Effect effect = Effect::none;
  bool unknown = false;              ///< it could not be told
  Place at;                          ///< a line that the patch changes, where one is known; from 1 on
  std::string symbol;                ///< the touched symbol there; may be empty
  std::vector<std::string> missing;  ///< what is, and what is needed
  std::vector<std::string> advice;   ///< what would make it pass
  /// Of that symbol, directly, where the rule is about symbols; at most 10.
  std::vector<std::pair<std::string, Place>> users;
  /// 32 hex digits, the same as long as rule, file and symbol are; two findings of one report never share it.
  std::string fingerprint;
};

/// The rule that stands for a patch that could not be judged.
inline constexpr const char* kNotJudged = "patchgate/not-judged";

/// Every rule that asks for a reader's time, at each place of the patch that it objects to, or that the facts which it
/// asks for were read from (at most 20 a rule); else where the most fundamental touched symbol is; the gravest first.
/// One with rule kNotJudged where nothing was judged. A patch without files has them at `.patchgate/policy.json`.
std::vector<RuleFinding> rule_findings(const Report& report);

/// In one line: what is wrong, what is required, what was found, what to do. Visible text, at most `most` characters.
std::string in_one_line(const RuleFinding& finding, std::size_t most);

}  // namespace patchgate
