#pragma once

#include <string>

#include "gate/reports/report.h"

namespace patchgate {

// One function a format; the list of them is writers.cpp. `color` counts for text only.

/// A verdict in the first line, then no more than a tired person reads in ten seconds. Safe for a terminal and a log.
std::string write_text(const Report& report, bool color);

/// patchgate-report/1 (see schema/report.schema.json). ASCII only.
std::string write_json(const Report& report, bool color);

/// patchgate-facts/1 (see schema/facts.schema.json): every fact of the catalogue, known or not, and no verdict. ASCII
/// only.
std::string write_facts(const Report& report, bool color);

/// GitHub and GitLab flavoured Markdown, at most 60,000 bytes; begins with a hidden marker by which a comment is found
/// again. Holds no HTML from any input.
std::string write_markdown(const Report& report, bool color);

/// One page that needs nothing else: no network, no script to be read. At most 2 MiB.
std::string write_html(const Report& report, bool color);

/// SARIF 2.1.0: a result for each place that a rule objects to. ASCII only.
std::string write_sarif(const Report& report, bool color);

/// GitLab Code Quality (a subset of Code Climate's issues). ASCII only.
std::string write_gitlab(const Report& report, bool color);

/// JUnit XML: a case a rule; a rule fails where it blocks. A patch that could not be judged is an error.
std::string write_junit(const Report& report, bool color);

/// reviewdog's Diagnostic Format (github.com/reviewdog/reviewdog, proto/rdf). ASCII only.
std::string write_rdjson(const Report& report, bool color);

/// Workflow commands for the ten gravest findings, then the verdict. The one format whose lines command a runner: its
/// own commands alone.
std::string write_github(const Report& report, bool color);

}  // namespace patchgate
