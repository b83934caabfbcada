#pragma once

#include <string>
#include <vector>

#include "gate/commands/reported_verdict.h"
#include "gate/pipeline/open_calendar.h"
#include "policies/engine/policy.h"

namespace patchgate {

/// Whether a rule that can block asks for the time or for the calendar.
bool time_may_block(const Policy& policy);

/// The rules that ask for calendar.* or clock.* and block at the time that `calendar` was opened at, a line each. They
/// are judged again by the report's own facts and the calendar's; a list that such a rule asks for besides is unknown.
/// What the report has an override or an exception for is left out.
std::vector<std::string> blocked_now(const ReportedVerdict& verdict, const Policy& policy,
                                     const OpenedCalendar& calendar, const std::string& target);

}  // namespace patchgate
