#pragma once

#include <string>
#include <vector>

#include "gate/reports/report.h"

namespace patchgate {

// What a rule that did not pass has against the patch, before what it asks for. All texts are as they came: escape them
// where they are written.

/// "no test reaches crm::encode_field"; for a rule about checks the check: "the check `p` is gone before `use(p)`,
/// which feeds http_write; and 2 more". Where the rule has no words for it: "needed: " and its title. May be empty.
std::string what_is_wrong(const Report& report, const RuleOutcome& rule);

/// "required: a test reaches each touched symbol"; empty where what_is_wrong says it already.
std::string what_is_required(const Report& report, const RuleOutcome& rule);

/// A rule that asks for facts of single symbols.
bool is_about_symbols(const RuleOutcome& rule);

/// What the patch takes away on the way to a data sink, first of all: one line; empty where there is nothing of that
/// kind.
std::string gravest_loss(const Report& report);

/// In one short line what was not seen: "unread src/a.cpp:3; no test was recognised in this project; 2 more"; may be
/// empty.
std::string not_seen_in_short(const Report& report);

}  // namespace patchgate
