#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gate/reports/report.h"

namespace patchgate {

// Words that the formats for people share. All of them hold names as they came: escape them where they are written.

/// "ALLOW", "WARN", "BLOCK", "CANNOT JUDGE".
std::string verdict_word(Decision decision);

/// The headline without the verdict in front of it; the reason where nothing was judged. May be empty.
std::string verdict_rest(const Verdict& verdict);

/// Why it could not be judged, where the headline does not say so already; else empty.
std::string further_reason(const Verdict& verdict);

/// "src/a.cpp:12", "src/a.cpp" where the line is not known.
std::string at_place(const Place& place);

/// "41" where both ends are the same, else "41..44".
std::string interval(const Interval& interval);
/// The same; "41 or more" where the upper end is open.
std::string interval(const Interval& ends, bool open);

/// "1 call", "2 calls".
std::string counted(std::uint64_t count, std::string_view noun);

/// At most one decimal: "99.2", "100".
std::string one_decimal(double number);

/// "body changed", "added".
std::string change_of(const TouchedSymbol& symbol);

/// "12 by virtual overrides, 38 by pointers of the same type": the rules that make the upper end of who uses it; empty
/// where all of it is proven, or where it has no upper end.
std::string why_wide(const TouchedSymbol& symbol);

/// "used by 41..44 directly, 210..260 in all (possible: 50 by virtual overrides); #12 of 1530 functions", or that it is
/// not known, and why.
std::string use_of(const TouchedSymbol& symbol);

/// The nearest test with its place and distance and how many there are; or that there is none, or that it is not known.
std::string tests_of(const TouchedSymbol& symbol);

/// "feeds http_write by data: crm::sync → crm::send → curl_easy_perform at src/send.cpp:12; audit: the CRM's history".
std::string feeds(const FedSink& sink);

/// `feeds` of each sink that is proven; what only possible calls feed in one line, by kinds that are not proven.
std::vector<std::string> feeds_in_short(const TouchedSymbol& symbol);

/// "impact critical, likelihood moderate (percentile 71, not calibrated)".
std::string risk_terms(const Report& report);

/// "a plain revert applies cleanly".
std::string way_back(const Report& report);

/// What neither the touched symbols nor the rules tell about the risk, a line each.
std::vector<std::string> remarks(const Report& report);

/// What was not looked at, one line a reason, the gravest first: what was left out on purpose or for time, unread
/// places, units that failed for another reason, files of other kinds, blind spots, rules that only observe and could
/// not be told.
std::vector<std::string> not_seen(const Report& report);

/// "exact revert of 5ed1f8776247 by Ana and 2 more commits"; only for a patch that is one.
std::string exact_revert(const Report& report);

/// What was judged by what: range, policy, rules, hunks, units. Only what is known.
std::vector<std::string> account(const Report& report);

/// Whether there is anything to say about the patch: not where it could not even be read.
bool looked_at(const Report& report);

/// A rule that did not pass, and that no standing exception lifts.
bool is_open(const RuleOutcome& rule);

}  // namespace patchgate
