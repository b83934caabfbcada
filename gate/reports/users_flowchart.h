#pragma once

#include <string>

#include "gate/reports/report.h"

namespace patchgate {

/// Who depends on the touched code, as a flowchart of Mermaid in a fenced block of Markdown, which GitHub and GitLab
/// draw: at most 1,800 bytes and 40 symbols, the nearest first, with how many direct users are not in it. Labels are
/// quoted and hold nothing that Mermaid or Markdown would read. Empty where nothing is known to use the touched code.
std::string users_flowchart(const Report& report);

}  // namespace patchgate
