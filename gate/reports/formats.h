#pragma once

#include <string>

#include "gate/reports/report.h"

namespace patchgate {

// One function a format; the list of them is writers.cpp. `color` counts for text only.

/// A verdict in the first line, then no more than a tired person reads in ten seconds. Safe for a terminal and a log.
std::string write_text(const Report& report, bool color);

/// patchgate-report/1 (see schema/report.schema.json). ASCII only.
std::string write_json(const Report& report, bool color);

/// GitHub and GitLab flavoured Markdown, at most 60,000 bytes; begins with a hidden marker by which a comment is found
/// again. Holds no HTML from any input.
std::string write_markdown(const Report& report, bool color);

}  // namespace patchgate
