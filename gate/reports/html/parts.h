#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gate/reports/html/html.h"
#include "gate/reports/report.h"

namespace patchgate {

// The parts of the page, in the order in which they stand. Each is bounded whatever the report holds, says what it left
// out, and is empty where the report says nothing about it.

/// What was decided, of what, and how sure that is.
Html verdict_part(const Report& report);
/// Rules that did not pass, and what would make them.
Html why_part(const Report& report);
Html to_pass_part(const Report& report);
/// Overrides, exceptions, and what the patch does to the gate itself.
Html lifted_part(const Report& report);
Html touched_part(const Report& report);
Html picture_part(const Report& report);
Html tests_part(const Report& report);
Html diff_part(const Report& report);
Html sinks_part(const Report& report);
Html taken_away_part(const Report& report);
Html data_part(const Report& report);
Html rollout_part(const Report& report);
Html way_back_part(const Report& report);
Html not_seen_part(const Report& report);
Html rules_part(const Report& report);
Html again_part(const Report& report);

/// Its bars: how many symbols of that kind have so many users; the one of `symbol` is marked. Empty where its rank is
/// not known.
Html sparkline(const Report& report, const TouchedSymbol& symbol);

// Shared pieces.

/// `<code>` with the name in it.
Html code_piece(std::string_view name, std::size_t most = 160);
/// "src/a.cpp:12".
Html place_piece(const Place& at);
/// `<li>`s, at most `most` of them; the last one says how many more there are.
Html items(const std::vector<std::string>& lines, std::size_t most = 40);
/// "3 more symbols, see the JSON report": empty for 0.
Html more_piece(std::size_t count, std::string_view what);
/// The id of the n-th touched symbol on the page.
Html symbol_id(std::size_t number);

}  // namespace patchgate
