#pragma once

#include "gate/reports/report.h"

namespace patchgate {

/// One of each: rules that pass, warn, block, are unknown, do not apply; a path with blanks, a name that is not ASCII,
/// hostile names. A block.
Report sample_report();

/// A leaf patch that nothing speaks against.
Report allow_report();

/// A patch that could not be judged at all.
Report none_report();
/// An allow of high risk that a test and a rollout earned.
Report proven_report();

/// Texts that each attack a terminal, a log, or Markdown.
const std::vector<std::string>& hostile_texts();

/// Every text of the report is `text`; what a format must survive.
Report report_of(const std::string& text);

/// One of each: symbols and arrows of all kinds, lines of all states, files without text.
Pictures sample_pictures();
Pictures pictures_of(const std::string& text);

/// A rollout that is declared with a trap, and ships what no build file names.
RolloutFindings sample_rollout();
/// One in which every text is that one.
RolloutFindings rollout_of(const std::string& text);

}  // namespace patchgate
